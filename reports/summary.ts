import type { Verdict } from '../core/validation/check.ts';
import type { CheckReport, Report, TableReport, Totals } from './model.ts';
import { counted, grouped } from './wording.ts';

/** The checks of one validator, failed ones first, then incomplete ones. */
export interface ValidatorSummary {
  readonly check: string;
  readonly verdict: Verdict;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly checks: readonly CheckReport[];
}

/** The order in which verdicts are listed. */
export const verdicts = ['fail', 'incomplete', 'pass'] as const satisfies readonly Verdict[];

/** Groups the checks by validator, in the order in which the validators first appear. */
export function byValidator(checks: readonly CheckReport[]): readonly ValidatorSummary[] {
  const groups = new Map<string, CheckReport[]>();
  for (const check of checks) {
    const group = groups.get(check.check);
    if (group === undefined) groups.set(check.check, [check]);
    else group.push(check);
  }
  return [...groups].map(([check, group]) => {
    const counts = { fail: 0, incomplete: 0, pass: 0 };
    for (const { verdict } of group) counts[verdict] += 1;
    const verdict = verdicts.find((one) => counts[one] > 0) ?? 'incomplete';
    return { check, verdict, counts, checks: verdicts.flatMap((v) => group.filter((one) => one.verdict === v)) };
  });
}

/** Counts rows read that are neither loaded, rejected nor filtered; negative when more rows came out than went in. */
export function unaccounted(counts: Totals): number {
  return counts.read - counts.loaded - counts.rejected - counts.filtered;
}

/** Whether a table has rejects, filters, adjustments or unaccounted rows. */
export function isNotable(table: TableReport): boolean {
  return table.rejected + table.filtered + table.adjusted > 0 || unaccounted(table) !== 0;
}

/** Puts the verdict into one sentence; for a failed run it includes the number of incomplete checks. */
export function verdictSentence({ verdict, checks }: Report): string {
  const found = (wanted: Verdict) => checks.filter((one) => one.verdict === wanted).length;
  if (verdict === 'pass') return 'Every row and every value is accounted for.';
  if (checks.length === 0) return 'Nothing was checked.';
  const [failed, blind] = [found('fail'), found('incomplete')];
  const parts = [
    ...(failed === 0 ? [] : [`${counted(failed, 'check')} found that the data differs`]),
    ...(blind === 0 ? [] : [`${failed === 0 ? counted(blind, 'check') : grouped(blind)} could not look at everything`]),
  ];
  return `${parts.length === 0 ? 'The run did not finish' : parts.join('; ')}.`;
}
