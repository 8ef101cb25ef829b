/**
 * How a run that was loaded into a schema of its own (the shadow) becomes the live one, and how it is taken back.
 *
 *     loaded ──swap/append──▶ live ──rollback──▶ rolled back ──swap/append──▶ live
 *        └──────────drop─────────┴───────drop──────────┴──▶ gone
 *
 * Each arrow is one transaction that also writes the record, so a crash leaves the state before it or the one after it.
 */

/** A copy of the live schema that was made before it was touched. */
export interface Backup {
  readonly file: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** What the database remembers of one cutover. */
export interface Cutover {
  readonly run: string;
  readonly pipeline: string;
  /** swap: the shadow became the live schema. append: its rows were added to the live schema. */
  readonly kind: 'swap' | 'append';
  readonly live: string;
  /** Where the run was loaded, and where a rollback puts it back. */
  readonly shadow: string;
  /** What the live schema of before was called then; null where there was none, and for an append. It may be dropped by now. */
  readonly before: string | null;
  /** The tenant that was added; null for a swap. */
  readonly tenant: string | null;
  readonly state: 'live' | 'rolled-back' | 'gone';
  /** Why a run was taken that was not proved; null when it was. */
  readonly reason: string | null;
  /** Null where there was nothing to lose. */
  readonly backup: Backup | null;
  /** ISO 8601 UTC; of the last change of state. */
  readonly at: string;
}

/** Told between the steps of a change; the tests end the process in one. */
export type OnStep = (step: 'locked' | 'moved' | 'recorded' | 'committed') => void;

/** A shadow that becomes the live schema. */
export interface Swap {
  readonly cutover: Cutover;
  /** Objects that a hand made in the live schema, as its catalog calls them, to be made in the new one as well. */
  readonly carries: readonly string[];
}

/** Rows of one tenant that are added to a live schema. */
export interface Append {
  readonly cutover: Cutover & { readonly tenant: string };
  readonly tenancy: Tenancy;
}

/** Which rows of a target are a tenant's. */
export interface Tenancy {
  /** The column that names the tenant; tables without it are shared by all. */
  readonly column: string;
  /** The tenant's value there. */
  readonly id: string;
}

/**
 * The schemas of one target database as they become live and are taken back. What takes locks gives up after less than a
 * second, so that no reader ever becomes the victim of a deadlock, and is tried again.
 */
export interface LiveSchemas {
  readonly label: string;
  /** Major version of the server. */
  readonly version: number;
  /** Environment variables by which a client program reaches the same database; one of them is the password. */
  readonly environment: Readonly<Record<string, string>>;
  exists(schema: string): Promise<boolean>;
  /** Where the rows of a run are; null when the ledger does not know it. */
  schemaOf(run: string): Promise<string | null>;
  /** Every cutover, the oldest first. */
  cutovers(): Promise<readonly Cutover[]>;
  /** What of other schemas hangs on `live` and could not be carried over, or would not hold in `incoming`; each by name. */
  obstacles(live: string, incoming: string): Promise<readonly string[]>;
  /**
   * The live schema takes the name `before`, the shadow takes its name, and all that other schemas hang on the one is
   * hung on the other.
   * @throws WaybillError 'target-busy' when the locks could not be had; nothing is changed.
   */
  swap(swap: Swap, onStep?: OnStep): Promise<void>;
  /** The reverse of a swap: the live schema is the shadow again, and the one before it the live one. */
  swapBack(cutover: Cutover, onStep?: OnStep): Promise<void>;
  /**
   * Adds the tenant's rows, and those shared rows that are not there yet. The shadow keeps its own.
   * @throws WaybillError 'shared-differs' naming tables and keys of shared rows that are there with another content.
   */
  append(append: Append, onStep?: OnStep): Promise<void>;
  /** The reverse: takes out the tenant's rows, and the shared ones that no other tenant brought as well. */
  takeOut(append: Append, onStep?: OnStep): Promise<void>;
  /**
   * Tables of the live schema that were written to since the cutover; null when that cannot be told. For a swap the
   * server's own counters are asked, which leave out what a session wrote in its last seconds.
   */
  writtenSince(cutover: Cutover, tenancy: Tenancy | null): Promise<readonly string[] | null>;
  /**
   * Drops a schema with the ledger rows of what was loaded into it; `gone` is the cutover that is over with it.
   * @throws WaybillError 'cutover-refused' naming what other schemas hang on it.
   */
  drop(schema: string, gone: Cutover | null): Promise<void>;
  close(): Promise<void>;
}
