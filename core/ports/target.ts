import type { EncodedRows, RowFormat } from '../model/encoded.ts';
import type { DoneHook, Hook } from '../model/hook.ts';
import type { Column } from '../model/schema.ts';
import type { Blueprint } from './blueprint.ts';
import type { LedgerEntry, Reference, Refusal, RefusedRow, ResolvedRow, RunRecord } from './ledger.ts';
import type { ReplayTarget } from './replay.ts';
import type { Inspector, Sequence } from './source.ts';

/** A PostgreSQL schema being filled. */
export interface Target extends ReplayTarget {
  readonly label: string;
  readonly inspector: TargetInspector;
  /**
   * Locks the schema, and the run that works on it, against other processes until `close` or the end of this process.
   * @param run null for work without a run.
   * @throws 'run-locked' while another process holds one of the locks.
   */
  claim(run: string | null): Promise<void>;
  /**
   * Checks that the server has room for the locks of everything that the DDL makes up to a version: some transactions lock all of it.
   * Changes nothing.
   * @throws WaybillError 'configuration' with the setting to raise.
   */
  requireLockRoom(directory: string, version: number): Promise<void>;
  /**
   * Names what the user lacks to load into the schema, a sentence each; empty when nothing is missing. Changes nothing.
   * @param role the role that the DDL grants to; null for none.
   */
  missingRights(role: string | null): Promise<readonly string[]>;
  /** Runs the versioned DDL up to and including `version`, calling `onVersion` after each commit; 0 undoes all. Safe to repeat. */
  migrate(directory: string, version: number, onVersion?: () => void): Promise<void>;
  /** Undoes all versions above this one, the last first. Safe to repeat. */
  takeDown(directory: string, version: number): Promise<void>;
  /** The versions of the DDL in order, and which of them are applied; none are where the schema does not exist. */
  versions(directory: string): Promise<readonly SchemaVersion[]>;
  /** What the DDL makes up to and including `version`. Nothing of it stays in the target. */
  ddlState(directory: string, version: number): Promise<DdlState>;
  /**
   * Reads the schema, which another tool made, as DDL that makes it again under another name.
   * @param kept tables whose rows the DDL inserts.
   */
  blueprint(kept: readonly string[]): Promise<Blueprint>;
  /** Names what differs between the schema and the DDL of its blueprint in a folder; empty when nothing does. */
  changedSinceBlueprint(directory: string, kept: readonly string[]): Promise<readonly string[]>;
  /** Inserts the rows that the pipeline itself brings (the tenant); existing rows stay. */
  seed(table: string, rows: readonly Readonly<Record<string, string>>[]): Promise<void>;
  /** Drops the schema and this run's ledger rows. */
  drop(): Promise<void>;
  recordRun(run: RunRecord): Promise<void>;
  /** Disables autovacuum for the schema's tables until `finish`. Safe to repeat. */
  beginLoad(): Promise<void>;
  /** The schema that holds the rows of a run now; null when the ledger does not know it. */
  schemaOf(run: string): Promise<string | null>;
  /** The runs whose rows are in the schema. */
  runs(): Promise<SchemaRuns>;
  /** The state of the schema, objects and rows, for `LiveSchemas` to compare with; opaque to others. */
  provedState(): Promise<string>;
  /** Ledger rows of a run, in mapping and part order. */
  ledger(run: string): Promise<readonly LedgerEntry[]>;
  /** How this target wants the rows of these columns; the same for the same table. */
  rowFormat(table: string, columns: readonly Column[]): Promise<RowFormat>;
  /** @param format what `rowFormat` gave for these columns. */
  openPart(table: string, columns: readonly string[], format: RowFormat): Promise<PartWriter>;
  /**
   * Makes references hold: an orphan becomes null or its row is removed, until nothing changes any more (removing a
   * row can orphan others, through cycles too). One transaction with the record of each (`waybill.resolved`).
   * @returns all that was resolved for this run, this time or before.
   */
  resolveReferences(run: string, references: readonly Reference[]): Promise<readonly ResolvedRow[]>;
  /** Records which mapping loaded each of these rows, and why its reference did not hold. */
  classifyResolved(rows: readonly Pick<ResolvedRow, 'id' | 'mapping' | 'reason'>[]): Promise<void>;
  /** All rows that were resolved for this run, in the order of resolution. */
  resolvedRows(run: string): Promise<readonly ResolvedRow[]>;
  /**
   * Runs a hook of a run unless it ran before, in one transaction with the record of it.
   * @throws WaybillError 'target-refused' with file and line; 'drift' when it ran with another text.
   */
  runHook(run: string, hook: Hook): Promise<DoneHook>;
  /** What the DDL of the schema tried to make, as far as the server refused it. */
  leftBehind(): Promise<readonly LeftBehindObject[]>;
  /** The hooks that ran for a run. */
  hooks(run: string): Promise<readonly DoneHook[]>;
  /** Brings the statistics of these tables up to date; the load is over. */
  finish(tables: readonly string[]): Promise<void>;
  /** Sets the next values of sequences; one beyond a limit uses the sequence up. */
  setSequences(values: readonly SequenceValue[]): Promise<void>;
  close(): Promise<void>;
}

/** An object of the source that the server refused to make. */
export interface LeftBehindObject {
  /** As the inventory has them. */
  readonly kind: string;
  readonly name: string;
  /** The server's sentence, without cell values. */
  readonly why: string;
}

/**
 * One part being loaded, in one target transaction. Either `write`* then `finish`, or `writeIsolating`*; then `commit` or
 * `rollback`, exactly one of them. A refusal in `write` or `finish` leaves only `rollback`.
 */
export interface PartWriter {
  /** Resolves when the target can take more. @returns a refusal if the target has already refused a row. */
  write(rows: EncodedRows): Promise<Refusal | null>;
  /** Ends the load of this part. @returns the refusal if any row was refused. */
  finish(): Promise<Refusal | null>;
  /** Loads the rows of a batch that the target accepts. @returns the others, in row order. */
  writeIsolating(rows: EncodedRows): Promise<readonly RefusedRow[]>;
  /**
   * Writes the ledger row and commits: durable when it resolves.
   * @throws WaybillError 'target-interrupted' when the acknowledgement was lost; ask the ledger.
   */
  commit(entry: LedgerEntry): Promise<void>;
  rollback(): Promise<void>;
}

/** One version of the DDL: a pair of do and undo files. */
export interface SchemaVersion {
  readonly number: number;
  readonly name: string;
  readonly isDone: boolean;
}

/** An object of a schema and the text that creates it, without schema names: `column customers.id` → `uuid not null`. */
export interface CatalogEntry {
  readonly object: string;
  readonly definition: string;
}

/** What the DDL makes by itself. */
export interface DdlState {
  readonly objects: readonly CatalogEntry[];
  /** Table → the rows that the DDL inserts; tables without rows are left out. */
  readonly rows: Readonly<Record<string, number>>;
}

/** What the ledger knows of a schema. */
export interface SchemaRuns {
  readonly runs: readonly string[];
  /** Whether a cutover made the schema, or rows in it, live: its application may have written to it since. */
  readonly isLive: boolean;
}

/** A difference between an object of a live schema and its DDL. */
export interface SchemaDifference {
  readonly object: string;
  readonly how: 'missing' | 'unexpected' | 'changed';
  /** The definition in the DDL; null when the DDL has no such object. */
  readonly wanted: string | null;
  /** The definition in the live schema; null when it has no such object. */
  readonly found: string | null;
}

export interface TargetInspector extends Inspector {
  /** All objects of the schema by name; null when the schema does not exist. */
  catalog(): Promise<readonly CatalogEntry[] | null>;
  /**
   * All rows of a table, the named columns, as canonical lines, in no order; rows of other tenants are left out when
   * the session has a tenant.
   */
  lines(table: string, columns: readonly string[]): AsyncIterable<readonly string[]>;
  /** The same rows in the format in which they were loaded. */
  encoded(table: string, columns: readonly Column[]): AsyncIterable<EncodedRows>;
  /** Counts the nulls in columns that must not be null; columns without nulls are left out. */
  nulls(table: string, columns: readonly string[]): Promise<readonly { column: string; count: number }[]>;
  constraints(): Promise<readonly Constraint[]>;
  /**
   * The tables in which row-level security binds this session, and the number of all their rows, also of those that it may not
   * see. Locks each table while it is counted.
   */
  boundTables(): Promise<ReadonlyMap<string, number>>;
  /** What the application role sees of a table with the setting at `tenant`, at another tenant, and unset. */
  rowSecurity(table: string, probe: RowSecurityProbe): Promise<RowSecurityFacts>;
  /** The sequences of the schema, and those of other schemas that its columns use. */
  sequences(): Promise<readonly TargetSequence[]>;
}

/** A sequence of the target and what its columns hold. */
export interface TargetSequence extends Sequence {
  readonly next: string;
  readonly min: string;
  readonly max: string;
  /** The value in use that it would reach last; null when no number column uses it, or none holds a value. */
  readonly farthest: string | null;
  /** Whether a column that is not a number uses it and has rows: `farthest` does not show the values in use there. */
  readonly isHidden: boolean;
}

/** The value that a sequence of the target is to give next. */
export interface SequenceValue {
  readonly name: string;
  readonly next: string;
}

export interface Constraint {
  readonly table: string;
  readonly name: string;
  readonly kind: 'primary' | 'unique' | 'foreign' | 'check';
  readonly columns: readonly string[];
  readonly parent: string | null;
  readonly parentColumns: readonly string[];
  readonly isValidated: boolean;
}

export interface RowSecurityProbe {
  readonly role: string;
  readonly setting: string;
  readonly tenantColumn: string;
  readonly tenant: string;
  readonly otherTenant: string;
}

export interface RowSecurityFacts {
  readonly isEnabled: boolean;
  readonly isForced: boolean;
  readonly rows: number;
  readonly visibleToTenant: number;
  readonly visibleToOther: number;
  readonly visibleUnset: number;
}
