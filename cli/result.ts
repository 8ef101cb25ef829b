import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodes, WaybillError } from '../core/errors.ts';
import { readHead } from '../engine/log-head.ts';
import type { RunResult } from '../engine/run.ts';
import { reportJson } from '../reports/json.ts';
import { parseReport, type Report } from '../reports/model.ts';
import { reportText } from '../reports/text.ts';

/** @throws WaybillError 'run-unfinished' when the run has no report yet. */
export async function readReport(folder: string, run: string): Promise<Report> {
  const text = await readFile(join(folder, 'report.json'), 'utf8').catch((cause: unknown) => {
    throw new WaybillError('run-unfinished', `Run ${run} has no report.`, {
      hint: 'A report is written when a run has been validated.',
      cause,
    });
  });
  return parseReport(JSON.parse(text));
}

/** Prints how a run ended on stdout, where its report lies, and sets the exit code by its verdict. */
export async function finish({ run, folder, verdict }: RunResult, asJson: boolean): Promise<void> {
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
    if (head !== null && head !== 'misfit') process.stdout.write(`head    ${head.head}\n`);
  }
  process.exitCode = { pass: exitCodes.passed, fail: exitCodes.failed, incomplete: exitCodes.incomplete }[verdict];
}
