import type { Pipeline } from '../mapping/pipeline.ts';
import type { Plan, PlannedMapping } from '../mapping/plan/plan.ts';
import type { EncodedRows, RowFormat } from '../model/encoded.ts';
import type { RowRecord } from '../model/records.ts';
import type { TableSchema } from '../model/schema.ts';
import type { Row } from '../model/value.ts';
import type { LedgerEntry, ResolvedRow } from '../ports/ledger.ts';
import type { Part, Source } from '../ports/source.ts';
import type { Target } from '../ports/target.ts';
import type { Check } from './check.ts';

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
  readonly resolved: readonly ResolvedRow[];
  /** The records that the run kept for one mapping, streamed in part order. */
  records(mapping: string): AsyncIterable<RowRecord>;
  readonly hashRow: RowHash;
  /** Sums the hashes of encoded rows modulo 2⁶⁴, as the ledger's digests do. */
  readonly hashRows: (rows: EncodedRows) => bigint;
  /**
   * Reads the source of a mapping again and maps it as the load did; rejected and filtered rows are left out. A batch is
   * valid until the next one is requested.
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

/** A validator, which checks all its subjects. It throws only when it cannot begin; the engine reports that as incomplete. */
export interface Validator {
  readonly name: string;
  run(context: ValidationContext): AsyncIterable<Check>;
}

/** What a pipeline's module exports. */
export interface PipelineModule extends Pipeline {
  /** The pipeline's additional checks, which run after those that every pipeline has. */
  readonly validators?: readonly Validator[];
}
