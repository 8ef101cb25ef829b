/** pass: looked and found no difference. fail: the data differs. incomplete: could not look, or not at all of it. */
export type Verdict = 'pass' | 'fail' | 'incomplete';

/** One validator's verdict on one subject. */
export interface Check {
  /** The validator: `counts`, `checksums`. */
  readonly check: string;
  /** What was looked at: a mapping, a target table, a column, a relation. */
  readonly subject: string;
  readonly verdict: Verdict;
  /** Counts or digests, never a cell value of a single row; null when there is nothing to compare. */
  readonly expected: string | number | null;
  readonly actual: string | number | null;
  /** Keys of the first differing rows, source keys where they are known. */
  readonly sampleKeys: readonly string[];
  /** An explanation, when the verdict is not pass or a pass needs a remark. */
  readonly note?: string;
}

/** Combines verdicts: fail outweighs incomplete, which outweighs pass; no checks at all is incomplete. */
export function verdictOf(checks: readonly Check[]): Verdict {
  if (checks.length === 0) return 'incomplete';
  if (checks.some((c) => c.verdict === 'fail')) return 'fail';
  return checks.some((c) => c.verdict === 'incomplete') ? 'incomplete' : 'pass';
}
