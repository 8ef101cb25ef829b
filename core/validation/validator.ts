import type { Pipeline } from '../mapping/pipeline.ts';
import type { Plan, PlannedMapping } from '../mapping/plan/plan.ts';
import type { Problem } from '../mapping/plan/problem.ts';
import type { EncodedRows, RowFormat } from '../model/encoded.ts';
import type { RowRecord } from '../model/records.ts';
import type { TableSchema } from '../model/schema.ts';
import type { Row } from '../model/value.ts';
import type { LedgerEntry, ResolvedRow } from '../ports/ledger.ts';
import type { Part, Source } from '../ports/source.ts';
import type { SchemaDifference, Target } from '../ports/target.ts';
import type { CheckDescription, Finding } from './check.ts';

/** Hashes one canonical line to 64 bits. */
export type RowHash = (line: string) => bigint;

/** What a validator works with: both databases, and what the run recorded. */
export interface ValidationContext {
  readonly pipeline: Pipeline;
  readonly plan: Plan;
  readonly run: string;
  readonly source: Source;
  readonly target: Target;
  /** All ledger rows of the run. */
  readonly ledger: readonly LedgerEntry[];
  readonly resolved: readonly ResolvedRow[];
  /** Streams the run's records of one mapping in part order. */
  records(mapping: string): AsyncIterable<RowRecord>;
  /** With a key drawn for this validation, as `hashRows`: no collision can be prepared for it. */
  readonly hashRow: RowHash;
  /** The sum of the hashes of encoded rows, modulo 2⁶⁴. */
  readonly hashRows: (rows: EncodedRows) => bigint;
  /** The same without a key: the ledger's digests are made of such sums. */
  readonly ledgerHash: (rows: EncodedRows) => bigint;
  /**
   * Reads the source of a mapping again and maps it as the load did, without rejected and filtered rows. A batch is valid
   * until the next one is requested.
   */
  encodeAgain(
    planned: PlannedMapping,
    format: RowFormat,
    options: { readonly hasOrigins: boolean },
  ): AsyncIterable<RowsAgain>;
  /** How the live target differs from what its DDL makes. */
  schemaDifferences(): Promise<readonly SchemaDifference[]>;
  /** Table → the rows that the DDL and the hooks of the run insert into it; tables without such rows are left out. */
  ddlRows(): Promise<Readonly<Record<string, number>>>;
  /** As `TargetInspector.boundTables`, before any check began to read; empty in a live schema, which is not locked for it. */
  boundTables(): Promise<ReadonlyMap<string, number>>;
  /** How the live source differs from its contract. */
  sourceProblems(): Promise<readonly Problem[]>;
  /** Sample keys per check, at most. */
  readonly maxKeys: number;
  /** The parts in which the run read a source table. */
  parts(table: TableSchema): Promise<readonly Part[]>;
}

/** Rows that were mapped again. */
export interface RowsAgain {
  readonly rows: EncodedRows;
  /** The source row of an encoded row. @throws TypeError unless rows with origins were requested. */
  origin(index: number): Row;
}

/**
 * A check and its description. `run` yields one finding per subject, and throws only when it cannot begin at all; the engine
 * then reports an incomplete check.
 */
export interface Validator extends CheckDescription {
  run(context: ValidationContext): AsyncIterable<Finding>;
}

/** What a pipeline's module exports. */
export interface PipelineModule extends Pipeline {
  /** The pipeline's additional checks. They run after those that every pipeline has. */
  readonly validators?: readonly Validator[];
}
