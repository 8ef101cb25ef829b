import type { CellReading } from './cells.ts';
import type { EncodedRows, RowFormat } from './encoded.ts';
import type { SourceOptions, TargetOptions } from './open-options.ts';
import type { ReplayTarget } from './replay.ts';
import type { Column, TableName, TableSchema } from './schema.ts';
import type { Row } from './value.ts';

/**
 * The ports that connectors implement. The engine and the validators know databases only through them. All keys and
 * range ends are canonical text, one per key column. Every method may throw a `WaybillError`; none leaks a cell value.
 */

/**
 * A key range of one table: rows with `after` < key ≤ `upTo` in the source's own key order; null is an open end. A table
 * without a key has one part with both ends open. The parts of a table cover it exactly once and are numbered from 1.
 */
export interface Part {
  readonly number: number;
  readonly after: readonly string[] | null;
  readonly upTo: readonly string[] | null;
}

export interface Snapshot {
  /** Whether all reads of this source see one moment. */
  readonly isConsistent: boolean;
  /** In words, how it was had or why it could not be. */
  readonly note: string;
}

/** Rows in reading order; at least one, and few enough (250, or 256 KB unless a single row is larger) to be young garbage. */
export type RowBatch = readonly Row[];

/** One side of a migration that can be asked questions. */
export interface Inspector {
  /** The tables of the named logical schemas (all columns, keys, estimates), in name order; none of one that does not exist. */
  tables(schemas: readonly string[]): Promise<readonly TableSchema[]>;
  /** Exact number of rows. */
  count(table: TableName): Promise<number>;
  /** Facts of each named column, as the database computes them; null extremes when all values are null. */
  aggregates(table: TableSchema, columns: readonly string[]): Promise<readonly Aggregate[]>;
  /** Child rows whose reference has no parent. Null parts and `none` values never count. */
  orphans(question: OrphanQuestion, limit: number): Promise<Findings>;
  /** Groups of rows that share a value of columns that ought to be unique; nulls never collide. */
  duplicates(table: TableSchema, columns: readonly string[], limit: number): Promise<Findings>;
}

export interface Aggregate {
  readonly column: string;
  readonly nonNull: number;
  /** Canonical text. */
  readonly min: string | null;
  readonly max: string | null;
  /** Exact decimal text; null for kinds that are not integers or decimals. */
  readonly sum: string | null;
}

export interface OrphanQuestion {
  readonly child: TableSchema;
  readonly columns: readonly string[];
  readonly parent: TableSchema;
  readonly parentColumns: readonly string[];
  /** Child values, per column alike, that mean "no parent": `0`, ``. Compared after folding. */
  readonly none: readonly string[];
  /** Only rows where this column has one of these values take part; the flag that chooses between two parents. */
  readonly when?: { readonly column: string; readonly equals: readonly string[] };
}

export interface Findings {
  readonly count: number;
  /** Keys of the first ones in key order, `column=value` joined by `, `; at most the limit asked for. */
  readonly keys: readonly string[];
  /** False when the question could not be answered in full; `note` says why. */
  readonly isComplete: boolean;
  readonly note?: string;
}

/** A database or a directory to read from, all of it within one snapshot. */
export interface Source {
  /** Where it is, without credentials: `mysql://host:3306/c01`. */
  readonly label: string;
  readonly snapshot: Snapshot;
  /** Whether a reading that broke may begin again at the same moment; absent means no. */
  readonly rereads?: boolean;
  readonly inspector: Inspector;
  /** Cuts a table into parts of about `maxRows` rows; the same cut for the same data. */
  parts(table: TableSchema, maxRows: number): Promise<readonly Part[]>;
  /**
   * The rows of one part, all columns of `table` in its order, in key order (without a key: ordered by all columns, so
   * that equal rows are neighbours). Values are canonical. Stops reading when the consumer stops.
   * @throws WaybillError 'source-interrupted' when the connection breaks: never the end of the data.
   */
  read(table: TableSchema, part: Part): AsyncIterable<RowBatch>;
  /** The same rows as `read`, as cells that nobody has decoded; absent where a source has values only. */
  cells?(table: TableSchema, part: Part): CellReading;
  /**
   * The same rows, these columns of them, as the source itself sends them in the format of a target; absent where it can
   * not, null where it does not know this format. Batches are as those of `TargetInspector.encoded`. @throws as `read` does.
   */
  encoded?(
    table: TableSchema,
    part: Part,
    columns: readonly string[],
    format: RowFormat,
  ): AsyncIterable<EncodedRows> | null;
  /** May be called twice. Whatever is asked afterwards throws a WaybillError. */
  close(): Promise<void>;
}

/** What one part came to. */
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

/**
 * One part being loaded, in one target transaction. Either `write`* then `finish`, or `tryWrite`*; then `commit` or
 * `rollback`, exactly one of them. A refusal in `write` or `finish` leaves only `rollback`.
 */
export interface PartWriter {
  /** Resolves when the target can take more. @returns a refusal when the target has refused a row already. */
  write(rows: EncodedRows): Promise<Refusal | null>;
  /** Ends the load of this part. @returns the refusal if any row was refused. */
  finish(): Promise<Refusal | null>;
  /** Loads a batch whole or not at all, within the transaction. @returns null when it was loaded. */
  tryWrite(rows: EncodedRows): Promise<Refusal | null>;
  /**
   * Writes the ledger row and commits: durable when it resolves.
   * @throws WaybillError 'target-interrupted' when the acknowledgement was lost; ask the ledger.
   */
  commit(entry: LedgerEntry): Promise<void>;
  rollback(): Promise<void>;
}

/** A reference of the target that must hold before its foreign key is made. */
export interface Reference {
  readonly table: string;
  /** The column that becomes null when it has no parent. */
  readonly column: string;
  readonly parent: string;
  readonly parentColumn: string;
  /** Further columns that the same parent row must match; where any of them is null, the reference holds. */
  readonly also?: readonly { readonly column: string; readonly parentColumn: string }[];
  readonly orphan: 'null' | 'reject';
}

/** A row that settling changed or took out. */
export interface Settled {
  readonly table: string;
  readonly column: string;
  readonly parent: string;
  readonly action: 'null' | 'reject';
  /** Primary key of the row, in key order. */
  readonly key: readonly string[];
  /** The reference that had no parent. */
  readonly value: string;
  /** The whole row in canonical text when it was taken out, else null. */
  readonly row: string | null;
}

/** The run as the target remembers it. */
export interface RunRecord {
  readonly run: string;
  readonly pipeline: string;
  /** Hash over everything that decides the result: mappings, contracts, parameters, waybill's version. */
  readonly fingerprint: string;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
}

/** A PostgreSQL schema being filled. */
export interface Target extends ReplayTarget {
  readonly label: string;
  readonly inspector: TargetInspector;
  /** Keeps other processes off a run until the close, or the end of this process. @throws 'run-locked' while another has it. */
  claim(run: string): Promise<void>;
  /** Runs the versioned DDL up to and including `version`, each told of when committed; 0 takes all down. Safe to repeat. */
  migrate(directory: string, version: number, onVersion?: () => void): Promise<void>;
  /** Takes down all versions above this one, the last first. Safe to repeat. */
  takeDown(directory: string, version: number): Promise<void>;
  /** The versions of the DDL in order, and which of them stand; none stand where the schema does not exist. */
  versions(directory: string): Promise<readonly SchemaVersion[]>;
  /** Inserts rows that the pipeline itself brings (the tenant); rows that are there already stay. */
  seed(table: string, rows: readonly Readonly<Record<string, string>>[]): Promise<void>;
  /** Drops the schema and this run's ledger rows. */
  drop(): Promise<void>;
  recordRun(run: RunRecord): Promise<void>;
  /** Keeps the server from tending the tables of the schema by itself until `finish`. Safe to repeat. */
  beginLoad(): Promise<void>;
  /** The schema that the rows of a run are in by now; null when the ledger does not know it. */
  schemaOf(run: string): Promise<string | null>;
  /** Ledger rows of a run, in mapping and part order. */
  ledger(run: string): Promise<readonly LedgerEntry[]>;
  /** How this target wants the rows of these columns; the same for the same table. */
  rowFormat(table: string, columns: readonly Column[]): Promise<RowFormat>;
  /** @param format what `rowFormat` gave for these columns. */
  openPart(table: string, columns: readonly string[], format: RowFormat): Promise<PartWriter>;
  /**
   * Makes references hold: an orphan becomes null or its row is taken out, until nothing changes any more (taking a
   * row out can orphan others, through cycles too). One transaction with the record of each (`waybill.settled`).
   * @returns all that was settled for this run, this time or before.
   */
  settle(run: string, references: readonly Reference[]): Promise<readonly Settled[]>;
  /** Brings the statistics of these tables up to date and sets every sequence above the highest value in use; the load is over. */
  finish(tables: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** One pair of do and undo files. */
export interface SchemaVersion {
  readonly number: number;
  readonly name: string;
  readonly isDone: boolean;
}

/** An object of a schema and the text that makes it, schema names taken out: `column customers.id` → `uuid not null`. */
export interface CatalogEntry {
  readonly object: string;
  readonly definition: string;
}

export interface TargetInspector extends Inspector {
  /** All objects of the schema by name, but for waybill's own; none when it does not exist. */
  catalog(): Promise<readonly CatalogEntry[]>;
  /**
   * All rows of a table, the named columns, as canonical lines, in no order; rows of other tenants are left out when
   * the session has a tenant.
   */
  lines(table: string, columns: readonly string[]): AsyncIterable<readonly string[]>;
  /** The same rows in the format in which they were loaded. */
  encoded(table: string, columns: readonly Column[]): AsyncIterable<EncodedRows>;
  /** Columns that ought never to be null and hold nulls, with the number of them. */
  nulls(table: string, columns: readonly string[]): Promise<readonly { column: string; count: number }[]>;
  constraints(): Promise<readonly Constraint[]>;
  /** What the application role sees of a table with the setting at `tenant`, at another tenant, and unset. */
  rowSecurity(table: string, probe: RowSecurityProbe): Promise<RowSecurityFacts>;
  /** Sequences that would next give a value already in use. */
  lowSequences(): Promise<readonly string[]>;
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

/** One kind of database or file: what a folder under `connectors/` exports. */
export interface Connector {
  readonly name: string;
  /** Reads this engine's own type names; unknown ones are 'text' with their native name. */
  parseType(native: string): import('./schema.ts').ColumnType;
  openSource(url: string, options: SourceOptions): Promise<Source>;
  /** Absent where waybill does not load into this kind. */
  openTarget?(url: string, options: TargetOptions): Promise<Target>;
  openLiveSchemas?(url: string, settings: TargetOptions['settings']): Promise<import('./cutover.ts').LiveSchemas>;
}
