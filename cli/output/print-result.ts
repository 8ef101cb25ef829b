import { join } from 'node:path';
import { exitCodes } from '../../core/model/errors.ts';
import type { Verdict } from '../../core/validation/check.ts';
import { readHead } from '../../engine/journal/log-head.ts';
import type { RunOutcome } from '../../operations/run.ts';
import { reportJson } from '../../reports/json-report.ts';
import type { Report } from '../../reports/model.ts';
import { reportText } from '../../reports/text-report.ts';
import { type GivenArguments, nextCommand } from '../next-command.ts';
import { hasColour } from '../terminal.ts';

type Printed = Omit<RunOutcome, 'run'>;
type PrintArguments = GivenArguments & { readonly json: boolean; readonly full: boolean };

/**
 * Prints the report of a run and its path on stdout, and sets the exit code from the verdict.
 * @param next the command to type next, or null for none; by default the one that the verdict calls for.
 */
export async function printResult(outcome: Printed, args: PrintArguments, next?: string | null): Promise<void> {
  if (args.json) printJson([outcome.report]);
  else await printText(outcome, args, next);
  setExitCode([outcome.verdict]);
}

/** Prints a report as text, with the paths of its files, the head of its log, and the command to type next. */
export async function printText(
  { folder, report }: Printed,
  args: PrintArguments,
  next?: string | null,
): Promise<void> {
  const { stdout } = process;
  stdout.write(reportText(report, { width: stdout.columns ?? 100, color: hasColour(stdout), isFull: args.full }));
  const head = await readHead(folder);
  const lines = [
    ['report', join(folder, 'report.html')],
    ...(head === null || head === 'unreadable' ? [] : [['head', head.head]]),
    ...(next === null ? [] : [['next', nextCommand(next ?? nextStep(report), args)]]),
  ];
  stdout.write(lines.map(([name = '', text]) => `  ${name.padEnd(8)}  ${text}\n`).join(''));
}

/** The command that a verdict calls for. */
function nextStep({ verdict, pipeline, runId }: Report): string {
  return verdict === 'pass' ? `waybill cutover ${runId}` : `waybill report ${pipeline} --run ${runId} --full`;
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
