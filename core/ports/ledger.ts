import type { Part } from './source.ts';

/** The outcome of one part. */
export interface PartOutcome {
  readonly read: number;
  readonly loaded: number;
  readonly rejected: number;
  readonly filtered: number;
  readonly adjusted: number;
  /** Order-independent digest of the loaded rows, 16 hex digits: the sum of the rows' hashes modulo 2⁶⁴. */
  readonly digest: string;
}

/** A ledger row: exists if and only if the part's rows are in the target. */
export interface LedgerEntry extends PartOutcome {
  readonly run: string;
  /** `source table > target table`. */
  readonly mapping: string;
  readonly part: Part;
}

/** A row that the target refused: SQLSTATE, constraint and column where the server names them; never a value. */
export interface Refusal {
  readonly sqlstate: string;
  readonly constraint: string | null;
  readonly column: string | null;
}

/** A refused row, by its place among the rows that were written, from 0. */
export interface RefusedRow {
  readonly row: number;
  readonly refusal: Refusal;
}

/** A reference of the target that must hold before its foreign key is created. */
export interface Reference {
  readonly table: string;
  /** The only mapping that feeds the table; null when several do. */
  readonly mapping: string | null;
  /** The column that becomes null when it has no parent. */
  readonly column: string;
  readonly parent: string;
  readonly parentColumn: string;
  /** Further columns that the same parent row must match; where any of them is null, the reference holds. */
  readonly also?: readonly { readonly column: string; readonly parentColumn: string }[];
  /** The one of several columns that refers to the key of the parent by itself; null when there is none. */
  readonly identifying?: string | null;
  readonly orphan: 'null' | 'reject';
}

/**
 * Why a reference did not hold. `orphan`: the source has no such parent. `mismatched-reference`: each column finds its value
 * in the parent table, but no row has them together. The others: the parent was left out of the target.
 */
export type UnresolvedReason = 'orphan' | 'mismatched-reference' | 'parent-rejected' | 'parent-filtered';

/** A row that reference resolution changed or removed. */
export interface ResolvedRow {
  /** Of this record, in the order of resolution. */
  readonly id: string;
  /** The mapping that loaded the row; null until it is known, where several mappings feed the table. */
  readonly mapping: string | null;
  readonly reason: UnresolvedReason;
  readonly table: string;
  readonly column: string;
  /** All columns of the reference, and the values that they had. */
  readonly columns: readonly string[];
  readonly values: readonly string[];
  /** Of a mismatched reference: the columns whose values are not those of the parent; all of them if no column identifies one. */
  readonly disagreeing: readonly string[];
  readonly parent: string;
  readonly action: 'null' | 'reject';
  /** Primary key of the row, in key order. */
  readonly key: readonly string[];
  /** The value of `column`. */
  readonly value: string;
  /** The whole row in canonical text when it was removed, else null. */
  readonly row: string | null;
}

/** The target's record of a run. */
export interface RunRecord {
  readonly run: string;
  readonly pipeline: string;
  /** Hash over everything that decides the result: mappings, contracts, parameters, waybill's version. */
  readonly fingerprint: string;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
}
