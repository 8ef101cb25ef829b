import type { DoneHook, Hook } from '../model/hook.ts';

/**
 * How a run that was loaded into a separate schema (the shadow) becomes the live one, and how it is rolled back.
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
  /** The name that the previous live schema got; null where there was none, and for an append. It may have been dropped since. */
  readonly before: string | null;
  /** The tenant that was added; null for a swap. */
  readonly tenant: string | null;
  readonly state: 'live' | 'rolled-back' | 'gone';
  /** Why an unproved run was made live; null when it was proved. */
  readonly reason: string | null;
  /** Null where there was nothing to back up. */
  readonly backup: Backup | null;
  /** ISO 8601 UTC; of the last change of state. */
  readonly at: string;
}

/** Called between the steps of a change; tests kill the process in one. */
export type OnStep = (step: 'locked' | 'moved' | 'recorded' | 'committed') => void;

export interface SchemaContents {
  readonly tables: number;
  readonly estimatedRows: number;
}

/** A shadow that becomes the live schema. */
export interface Swap {
  readonly cutover: Cutover;
  /** Unmanaged objects of the live schema, by their catalog names, to recreate in the new one. */
  readonly carries: readonly string[];
  /** The state of the shadow that was validated; null when an unproved run is forced. */
  readonly proved: string | null;
}

/** Rows of one tenant that are added to a live schema. */
export interface Append {
  readonly cutover: Cutover & { readonly tenant: string };
  readonly tenancy: Tenancy;
  /** As in `Swap`. */
  readonly proved?: string | null;
}

/** Which rows of a target are a tenant's. */
export interface Tenancy {
  /** The column that names the tenant; tables without it are shared by all. */
  readonly column: string;
  /** The tenant's value there. */
  readonly id: string;
}

/**
 * The schemas of one target database as they become live and are rolled back. An operation that takes locks gives up after
 * less than a second, so that no reader ever becomes the victim of a deadlock, and is retried.
 */
export interface LiveSchemas {
  readonly label: string;
  /** Major version of the server. */
  readonly version: number;
  /** Environment variables by which a client program reaches the same database; one of them is the password. */
  readonly environment: Readonly<Record<string, string>>;
  exists(schema: string): Promise<boolean>;
  /** Whether a schema holds nothing at all, as a new database's `public`. */
  isEmpty(schema: string): Promise<boolean>;
  /** What a schema holds, for a person who decides about it. Rows are the server's estimate. */
  contents(schema: string): Promise<SchemaContents>;
  /** Where the rows of a run are; null when the ledger does not know it. */
  schemaOf(run: string): Promise<string | null>;
  /** Every cutover, the oldest first. */
  cutovers(): Promise<readonly Cutover[]>;
  /** Names the objects of other schemas that depend on `live` and cannot be recreated, or would not hold in `incoming`. */
  obstacles(live: string, incoming: string): Promise<readonly string[]>;
  /**
   * Renames the live schema to `before` and the shadow to `live`, and moves the dependencies of other schemas from the one
   * to the other.
   * @throws WaybillError 'target-busy' when the locks could not be acquired; 'cutover-unproved' when the shadow is not in the state
   *   that was validated. Nothing is changed.
   */
  swap(swap: Swap, onStep?: OnStep): Promise<void>;
  /** Reverses a swap: the live schema becomes the shadow again, and the previous one becomes live. */
  swapBack(cutover: Cutover, onStep?: OnStep): Promise<void>;
  /**
   * Adds the tenant's rows, and those shared rows that are not there yet. The shadow keeps its own.
   * @throws WaybillError 'shared-differs' naming tables and keys of shared rows that are there with another content.
   */
  append(append: Append, onStep?: OnStep): Promise<void>;
  /** Reverses an append: deletes the tenant's rows, and the shared rows that no other tenant brought. */
  takeOut(append: Append, onStep?: OnStep): Promise<void>;
  /**
   * Tables of the live schema that were written to since the cutover; null when that is unknown. For a swap the
   * server's own counters are asked, which leave out what a session wrote in its last seconds.
   */
  writtenSince(cutover: Cutover, tenancy: Tenancy | null): Promise<readonly string[] | null>;
  /** Runs a hook of a run in the live schema, as `Target` does. */
  runHook(run: string, live: string, hook: Hook): Promise<DoneHook>;
  /**
   * Drops a schema with the ledger rows of what was loaded into it; `gone` is the cutover that ends with it.
   * @throws WaybillError 'cutover-refused' naming the objects of other schemas that depend on it.
   */
  drop(schema: string, gone: Cutover | null): Promise<void>;
  close(): Promise<void>;
}
