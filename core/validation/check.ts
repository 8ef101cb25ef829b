/** pass: the check looked at everything and found no difference. fail: the data differs. incomplete: it could not look at everything. */
export type Verdict = 'pass' | 'fail' | 'incomplete';

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
  readonly verdict: Verdict;
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

/** Combines verdicts: fail outweighs incomplete, which outweighs pass; no checks at all is incomplete. */
export function verdictOf(checks: readonly Check[]): Verdict {
  if (checks.length === 0) return 'incomplete';
  if (checks.some((c) => c.verdict === 'fail')) return 'fail';
  return checks.some((c) => c.verdict === 'incomplete') ? 'incomplete' : 'pass';
}
