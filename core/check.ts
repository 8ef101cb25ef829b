import type { EncodedRows, RowFormat } from './encoded.ts';
import type { Pipeline } from './pipeline.ts';
import type { Plan, PlannedMapping } from './plan.ts';
import type { LedgerEntry, Part, Settled, Source, Target } from './ports.ts';
import type { RowRecord } from './records.ts';
import type { TableSchema } from './schema.ts';
import type { Row } from './value.ts';

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
  /** Keys of the first differing rows, source keys where they can be told. */
  readonly sampleKeys: readonly string[];
  /** In words, when the verdict is not pass or when something is to be known about a pass. */
  readonly note?: string;
}

/** Sums of hashes: `hashRow` gives 64 bits of one canonical line. */
export type RowHash = (line: string) => bigint;

export interface ValidationContext {
  readonly pipeline: Pipeline;
  readonly plan: Plan;
  readonly run: string;
  readonly source: Source;
  readonly target: Target;
  /** All ledger rows of the run. */
  readonly ledger: readonly LedgerEntry[];
  readonly settled: readonly Settled[];
  /** The records that the run kept for one mapping, streamed in part order. */
  records(mapping: string): AsyncIterable<RowRecord>;
  readonly hashRow: RowHash;
  /** The sum of the hashes of encoded rows, which is what the ledger's digests are made of, modulo 2⁶⁴. */
  readonly hashRows: (rows: EncodedRows) => bigint;
  /**
   * Reads the source of a mapping again and maps it as the load did; rejected and filtered rows are left out. A batch is
   * good until the next one is asked for.
   */
  encodeAgain(
    planned: PlannedMapping,
    format: RowFormat,
    options: { readonly hasOrigins: boolean },
  ): AsyncIterable<RowsAgain>;
  /** Sample keys per check. */
  readonly maxKeys: number;
  /** A source table in the parts in which the run read it. */
  parts(table: TableSchema): Promise<readonly Part[]>;
}

/** Rows that were mapped again. */
export interface RowsAgain {
  readonly rows: EncodedRows;
  /** The source row of one of them. @throws TypeError unless rows with origins were asked for. */
  origin(index: number): Row;
}

/** A validator: looks at all its subjects; throws only when it could not even begin, which the engine reports as incomplete. */
export interface Validator {
  readonly name: string;
  run(context: ValidationContext): AsyncIterable<Check>;
}

/** fail outweighs incomplete, which outweighs pass; no checks at all is incomplete. */
export function verdictOf(checks: readonly Check[]): Verdict {
  if (checks.length === 0) return 'incomplete';
  if (checks.some((c) => c.verdict === 'fail')) return 'fail';
  return checks.some((c) => c.verdict === 'incomplete') ? 'incomplete' : 'pass';
}
