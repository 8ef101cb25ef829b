import type { CellReading } from '../model/cells.ts';
import type { EncodedRows, RowFormat } from '../model/encoded.ts';
import type { KeyFold } from '../model/key-fold.ts';
import type { TableName, TableSchema } from '../model/schema.ts';
import type { Row } from '../model/value.ts';
import type { ColumnFacts, Structure } from './structure.ts';

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
  /** How the snapshot was taken, or why it could not be. */
  readonly note: string;
}

/** Rows in reading order; at least one, and few enough (250, or 256 KB unless a single row is larger) to be young garbage. */
export type RowBatch = readonly Row[];

/** The server behind a connection, and how the connection is protected. */
export interface ServerFacts {
  /** As the server reports it: `11.4.2-MariaDB`. */
  readonly version: string;
  /** `TLSv1.3`, or `TLS` where the version is not known; null when nothing encrypts the rows on their way. */
  readonly encryption: string | null;
  /** Whether the connection is a socket of this machine, which nobody else can read. */
  readonly isLocal: boolean;
}

/** One side of a migration that can be asked questions. */
export interface Inspector {
  /** Facts about the server; null where there is none, as with files. */
  server(): Promise<ServerFacts | null>;
  /** The tables of the named logical schemas (all columns, keys, estimates), in name order; none of one that does not exist. */
  tables(schemas: readonly string[]): Promise<readonly TableSchema[]>;
  /** The same tables with everything that the schemas hold except rows; null where there is nothing else, as in files. */
  structure(schemas: readonly string[]): Promise<Structure | null>;
  /**
   * Looks at all rows of a table for values that decide about its columns, in one scan. Columns without any are left out;
   * absent where every value is what its type says.
   */
  profile?(table: TableSchema): Promise<ReadonlyMap<string, ColumnFacts>>;
  /** Exact number of rows. */
  count(table: TableName): Promise<number>;
  /** Facts of each named column, as the database computes them; null extremes when all values are null. */
  aggregates(table: TableSchema, columns: readonly string[]): Promise<readonly Aggregate[]>;
  /** Child rows whose reference has no parent. Null parts and `none` values never count. */
  orphans(question: OrphanQuestion, limit: number): Promise<Findings>;
  /** Child rows whose parent has their key in another spelling. `limit` is the number of pairs that are returned at most. */
  spellings(question: OrphanQuestion, limit: number): Promise<Spellings>;
  /** The sequences of the named logical schemas, by name; null where the source cannot know them, as a file cannot. */
  sequences(schemas: readonly string[]): Promise<readonly Sequence[] | null>;
  /** Groups of rows that share a value of columns that must be unique; nulls never collide. */
  duplicates(table: TableSchema, columns: readonly string[], limit: number): Promise<Findings>;
}

/** A generator of numbers: an auto-increment counter, an identity, or a sequence. */
export interface Sequence {
  /** Of a sequence its name, on a source with its schema; of a counter its column, `c01.orders.id`. */
  readonly name: string;
  /** The value that it gives next, beyond its limit once it is used up; null when this user may not read it. */
  readonly next: string | null;
  /** Negative when it counts down. */
  readonly increment: string;
  /** Whether it begins again when it is used up. */
  readonly cycles: boolean;
  /** The columns that take their values from it, in an expression too. */
  readonly columns: readonly { readonly table: TableName; readonly column: string }[];
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
  /** How a source compares keys that has no comparison of its own, as a file has not. Databases compare as their columns do. */
  readonly fold?: KeyFold;
}

export interface Findings {
  readonly count: number;
  /** Keys of the first ones in key order, `column=value` joined by `, `; at most the limit asked for. */
  readonly keys: readonly string[];
  /** False when the answer is incomplete; `note` says why. */
  readonly isComplete: boolean;
  readonly note?: string;
}

/** Keys that a source treats as equal although they are written differently. */
export interface Spellings {
  /** Number of child rows. */
  readonly count: number;
  /** The different pairs of keys, one text per column. */
  readonly pairs: readonly { readonly child: readonly string[]; readonly parent: readonly string[] }[];
  /** False when the answer is incomplete; `note` says why. */
  readonly isComplete: boolean;
  readonly note?: string;
}

/** A database or a directory to read from, all of it within one snapshot. */
export interface Source {
  /** Where it is, without credentials: `mysql://host:3306/c01`. */
  readonly label: string;
  readonly snapshot: Snapshot;
  /** Whether an interrupted read can begin again on the same snapshot; absent means no. */
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
  /** The same rows as `read`, as undecoded cells; absent where a source has values only. */
  cells?(table: TableSchema, part: Part): CellReading;
  /**
   * The same rows, these columns of them, as the source itself sends them in the format of a target; absent where it
   * cannot, null where it does not know this format. Batches are as those of `TargetInspector.encoded`. @throws as `read` does.
   */
  encoded?(
    table: TableSchema,
    part: Part,
    columns: readonly string[],
    format: RowFormat,
  ): AsyncIterable<EncodedRows> | null;
  /** May be called twice. Every later call of another method throws a WaybillError. */
  close(): Promise<void>;
}
