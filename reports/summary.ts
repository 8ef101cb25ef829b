import { type CheckVerdict, checkVerdicts, verdictCounts } from '../core/validation/check.ts';
import type { CheckReport, Report, TableReport, Totals } from './model.ts';
import { counted, grouped } from './wording.ts';

/** The checks of one validator, in the order of `checkVerdicts`. */
export interface ValidatorSummary {
  readonly check: string;
  /** The worst verdict among them; a check with nothing to look at counts only if there is no other. */
  readonly verdict: CheckVerdict;
  readonly counts: Readonly<Record<CheckVerdict, number>>;
  readonly checks: readonly CheckReport[];
}

const worstFirst = ['fail', 'incomplete', 'pass'] as const;

/** Groups the checks by validator, in the order in which the validators first appear. */
export function byValidator(checks: readonly CheckReport[]): readonly ValidatorSummary[] {
  const groups = new Map<string, CheckReport[]>();
  for (const check of checks) {
    const group = groups.get(check.check);
    if (group === undefined) groups.set(check.check, [check]);
    else group.push(check);
  }
  return [...groups].map(([check, group]) => {
    const counts = verdictCounts(group);
    const verdict = worstFirst.find((one) => counts[one] > 0) ?? 'not-applicable';
    return { check, verdict, counts, checks: checkVerdicts.flatMap((v) => group.filter((one) => one.verdict === v)) };
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
  const found = (wanted: CheckVerdict) => checks.filter((one) => one.verdict === wanted).length;
  if (verdict === 'pass') return 'Every row and every value is accounted for.';
  if (checks.length === 0) return 'Nothing was checked.';
  const [failed, blind] = [found('fail'), found('incomplete')];
  const parts = [
    ...(failed === 0 ? [] : [`${counted(failed, 'check')} failed`]),
    ...(blind === 0 ? [] : [`${failed === 0 ? counted(blind, 'check') : grouped(blind)} could not look at everything`]),
  ];
  return `${parts.length === 0 ? 'The run did not finish' : parts.join('; ')}.`;
}
