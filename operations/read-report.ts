import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ErrorCode, WaybillError } from '../core/model/errors.ts';
import { readManifest } from '../engine/journal/manifest.ts';
import { parseReport, type Report } from '../reports/model.ts';

/** Reads a run's report. @throws WaybillError 'run-unfinished' when there is none yet, 'part-damaged' when it is unreadable. */
export async function readReport(folder: string, run: string): Promise<Report> {
  const text = await readFile(join(folder, 'report.json'), 'utf8').catch(async (cause: unknown) => {
    throw await withoutReport('run-unfinished', `Run ${run} has no report.`, { folder, run, cause });
  });
  try {
    return parseReport(JSON.parse(text));
  } catch (cause) {
    throw await withoutReport('part-damaged', `The report of run ${run} is damaged.`, { folder, run, cause });
  }
}

async function withoutReport(
  code: ErrorCode,
  message: string,
  { folder, run, cause }: { readonly folder: string; readonly run: string; readonly cause: unknown },
): Promise<WaybillError> {
  const { pipeline } = await readManifest(folder, run);
  return new WaybillError(code, message, { hint: `Make it: waybill validate ${pipeline} --run ${run}`, cause });
}
