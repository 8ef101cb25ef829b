import type { EncodedRows, RowFormat } from '../model/encoded.ts';
import type { Reference, Refusal } from './ledger.ts';

/** A reject that is none any more, as the target remembers it beside the row: exists if and only if the row was dealt with. */
export interface ReplayedRow {
  /** `source table > target table`. */
  readonly mapping: string;
  /** The ledger's part; 0 for a row that resolving had taken out, whose part counts it as loaded already. */
  readonly part: number;
  /** Where the run folder has its record, `000001:17`; unique within run and mapping. */
  readonly place: string;
  /** False when the mapping filters it now. */
  readonly isLoaded: boolean;
  /** By how much the part's adjustments change; may be negative. */
  readonly adjusted: number;
  /** The hash of the encoded row, 16 hex digits; all 0 when there is none to add. */
  readonly digest: string;
  /** What the run folder is to make of it, JSON; opaque to the target. */
  readonly note: string;
}

/** Rejects of one mapping to be dealt with in one transaction. */
export interface ReplayBatch {
  readonly run: string;
  readonly table: string;
  readonly rejects: readonly ReplayedRow[];
  readonly rows: ReplayRows;
  /** References of the table: what has no parent becomes null (recorded as resolved) or refuses the batch, as each says. */
  readonly references: readonly Reference[];
}

/** The rows to load, one for each reject that `isLoaded`: encoded, or as `Resolved.row` has them. */
export type ReplayRows =
  | { readonly encoded: EncodedRows; readonly columns: readonly string[]; readonly format: RowFormat }
  | { readonly lines: readonly string[] };

/** What a target does with rejects after the load, constraints in place. */
export interface ReplayTarget {
  /**
   * Loads the rows, remembers the rejects as replayed and corrects the ledger rows of their parts (or forgets that they were
   * resolved), in one transaction: all of it or nothing, however it ends.
   * @returns null when it is done; a refusal when the target took not all of the rows, and nothing is changed.
   * @throws WaybillError 'run-locked' when one of them was replayed already; 'target-interrupted' when the acknowledgement
   *   was lost: ask `replayed`.
   */
  replay(batch: ReplayBatch): Promise<Refusal | null>;
  /** All rejects of a run that were replayed, in the order in which it happened. */
  replayed(run: string): Promise<readonly ReplayedRow[]>;
  /**
   * Gives back the references that resolving made null and whose parent is there now; they are resolved no more.
   * @returns how many.
   */
  restoreReferences(run: string, references: readonly Reference[]): Promise<number>;
}
