/** The verdict on a run. pass: everything was looked at and nothing differs. fail: the data differs. incomplete: not everything was looked at. */
export type Verdict = 'pass' | 'fail' | 'incomplete';

/** The verdict of one check. not-applicable: there was nothing to look at, so it proves nothing and never counts as passed. */
export type CheckVerdict = Verdict | 'not-applicable';

/** Every verdict of a check, the worst first. */
export const checkVerdicts = [
  'fail',
  'incomplete',
  'not-applicable',
  'pass',
] as const satisfies readonly CheckVerdict[];

/** A check as people read about it; one or two plain sentences each. */
export interface CheckDescription {
  /** The name that its checks carry: `counts`, `checksums`. */
  readonly name: string;
  /** What is certain when all its checks pass. */
  readonly proves: string;
  /** Differences that it misses. */
  readonly cannotSee: string;
}

/** What a validator found out about one subject. */
export interface Finding {
  /** A mapping, a target table, a column or a relation. */
  readonly subject: string;
  readonly verdict: CheckVerdict;
  /** Counts or digests, never a cell value of a single row; null when there is nothing to compare. */
  readonly expected: string | number | null;
  readonly actual: string | number | null;
  /** Keys of the first differing rows; source keys where the source row is known. */
  readonly sampleKeys: readonly string[];
  /** Explains a verdict that is not pass, or qualifies a pass. */
  readonly note?: string;
}

/** A finding with the name of the check that made it. */
export interface Check extends Finding {
  readonly check: string;
}

/** Checks with the description of each kind of check among them. */
export interface CheckResults {
  readonly checks: readonly Check[];
  readonly descriptions: readonly CheckDescription[];
}

/** The results of one kind of check. */
export function resultsOf({ name, proves, cannotSee }: CheckDescription, findings: readonly Finding[]): CheckResults {
  return {
    checks: findings.map((finding) => ({ check: name, ...finding })),
    descriptions: findings.length === 0 ? [] : [{ name, proves, cannotSee }],
  };
}

/** All these results, in their order. */
export function joinResults(results: readonly CheckResults[]): CheckResults {
  return {
    checks: results.flatMap(({ checks }) => checks),
    descriptions: results.flatMap(({ descriptions }) => descriptions),
  };
}

/** Combines verdicts: fail outweighs incomplete, which outweighs pass. Without a check that looked at something: incomplete. */
export function verdictOf(checks: readonly Check[]): Verdict {
  const found = new Set(checks.map(({ verdict }) => verdict));
  if (found.has('fail')) return 'fail';
  return found.has('incomplete') || !found.has('pass') ? 'incomplete' : 'pass';
}

/** Counts the checks of each verdict. */
export function verdictCounts(checks: readonly Pick<Check, 'verdict'>[]): Record<CheckVerdict, number> {
  const counts = { fail: 0, incomplete: 0, 'not-applicable': 0, pass: 0 };
  for (const { verdict } of checks) counts[verdict] += 1;
  return counts;
}
