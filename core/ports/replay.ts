import type { EncodedRows, RowFormat } from '../model/encoded.ts';
import type { Reference, RefusedRow } from './ledger.ts';

/** A replayed reject, as the target records it next to the row: exists if and only if the replay was committed. */
export interface ReplayedRow {
  /** `source table > target table`. */
  readonly mapping: string;
  /** The ledger's part; 0 for a row that reference resolution had removed, whose part already counts it as loaded. */
  readonly part: number;
  /** Where the run folder has its record, `000001:17`; unique within run and mapping. */
  readonly place: string;
  /** False when the mapping filters it now. */
  readonly isLoaded: boolean;
  /** Change in the part's adjusted count; may be negative. */
  readonly adjusted: number;
  /** The hash of the encoded row, 16 hex digits; all 0 when there is none to add. */
  readonly digest: string;
  /** JSON for the run folder; opaque to the target. */
  readonly note: string;
}

/** Rejects of one mapping to replay in one transaction. */
export interface ReplayBatch {
  readonly run: string;
  readonly table: string;
  readonly rejects: readonly ReplayedRow[];
  readonly rows: ReplayRows;
  /** References of the table: a row without its parent gets null (recorded as resolved) or is refused, as each says. */
  readonly references: readonly Reference[];
}

/** The rows to load, one for each reject that `isLoaded`: encoded, or as `Resolved.row` has them. */
export type ReplayRows =
  | { readonly encoded: EncodedRows; readonly columns: readonly string[]; readonly format: RowFormat }
  | { readonly lines: readonly string[] };

/** What a target does with rejects after the load, constraints in place. */
export interface ReplayTarget {
  /**
   * Loads the rows that the target accepts, records their rejects as replayed and corrects the ledger rows of their parts (or
   * deletes the records of their resolution), in one transaction.
   * @returns the others, by their places in `rejects`; nothing of them is changed.
   * @throws WaybillError 'run-locked' when one of them was replayed already; 'target-interrupted' when the acknowledgement
   *   was lost: ask `replayed`.
   */
  replay(batch: ReplayBatch): Promise<readonly RefusedRow[]>;
  /** All rejects of a run that were replayed, in the order in which it happened. */
  replayed(run: string): Promise<readonly ReplayedRow[]>;
  /**
   * Restores the references that resolution set to null and whose parent exists now, and deletes their records.
   * @returns how many.
   */
  restoreReferences(run: string, references: readonly Reference[]): Promise<number>;
}
