import { join } from 'node:path';
import { exitCodes } from '../../core/model/errors.ts';
import { readHead } from '../../engine/journal/log-head.ts';
import type { RunOutcome } from '../../operations/run.ts';
import { reportJson } from '../../reports/json-report.ts';
import { reportText } from '../../reports/text-report.ts';

/** Prints the report of a run and its path on stdout, and sets the exit code from the verdict. */
export async function printResult(
  { folder, verdict, report }: Omit<RunOutcome, 'run'>,
  asJson: boolean,
): Promise<void> {
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
