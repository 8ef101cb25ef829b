import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ErrorCode, exitCodes, WaybillError } from '../../core/model/errors.ts';
import { readHead } from '../../engine/journal/log-head.ts';
import { readManifest } from '../../engine/journal/manifest.ts';
import type { RunResult } from '../../engine/stages/run.ts';
import { reportJson } from '../../reports/json-report.ts';
import { parseReport, type Report } from '../../reports/model.ts';
import { reportText } from '../../reports/text-report.ts';

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

/** Prints the report of a run and its path on stdout, and sets the exit code from the verdict. */
export async function printResult({ run, folder, verdict }: RunResult, asJson: boolean): Promise<void> {
  const report = await readReport(folder, run);
  if (asJson) process.stdout.write(reportJson(report));
  else {
    process.stdout.write(
      reportText(report, {
        width: process.stdout.columns ?? 100,
        color: process.stdout.isTTY === true,
      }),
    );
    process.stdout.write(`\nreport  ${join(folder, 'report.html')}\n        ${join(folder, 'report.json')}\n`);
    const head = await readHead(folder);
    if (head !== null && head !== 'unreadable') process.stdout.write(`head    ${head.head}\n`);
  }
  process.exitCode = { pass: exitCodes.passed, fail: exitCodes.failed, incomplete: exitCodes.incomplete }[verdict];
}
