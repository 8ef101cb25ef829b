import { join } from 'node:path';
import { exitCodes } from '../../core/model/errors.ts';
import type { Verdict } from '../../core/validation/check.ts';
import { readHead } from '../../engine/journal/log-head.ts';
import type { RunOutcome } from '../../operations/run.ts';
import { reportJson } from '../../reports/json-report.ts';
import type { Report } from '../../reports/model.ts';
import { reportText } from '../../reports/text-report.ts';

type Printed = Omit<RunOutcome, 'run'>;

/** Prints the report of a run and its path on stdout, and sets the exit code from the verdict. */
export async function printResult(outcome: Printed, asJson: boolean): Promise<void> {
  if (asJson) printJson([outcome.report]);
  else await printText(outcome);
  setExitCode([outcome.verdict]);
}

/** Prints a report as text, with the paths of its files and the head of its log. */
export async function printText({ folder, report }: Printed): Promise<void> {
  const options = { width: process.stdout.columns ?? 100, color: process.stdout.isTTY === true };
  process.stdout.write(reportText(report, options));
  process.stdout.write(`\nreport  ${join(folder, 'report.html')}\n        ${join(folder, 'report.json')}\n`);
  const head = await readHead(folder);
  if (head !== null && head !== 'unreadable') process.stdout.write(`head    ${head.head}\n`);
}

/** Prints one report, or an array of several: one JSON document. */
export function printJson(reports: readonly Report[]): void {
  const texts = reports.map(reportJson);
  process.stdout.write(texts.length === 1 ? (texts[0] as string) : `[\n${texts.join(',\n')}]\n`);
}

/** Sets the exit code of the worst of these verdicts. */
export function setExitCode(verdicts: readonly Verdict[]): void {
  const worst = (['fail', 'incomplete', 'pass'] as const).find((each) => verdicts.includes(each)) ?? 'pass';
  process.exitCode = { pass: exitCodes.passed, fail: exitCodes.failed, incomplete: exitCodes.incomplete }[worst];
}
