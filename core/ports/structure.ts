import type { schemaObjectKinds } from '../model/inventory.ts';
import type { Ignorable } from '../model/key-fold.ts';
import type { Column, TableName, TableSchema } from '../model/schema.ts';

/** Everything that the named schemas of a database hold except rows, as `copy` and `init` read it. */
export interface Structure {
  /** In name order. */
  readonly tables: readonly TableStructure[];
  /** What is neither a table nor a part of one, by kind and name. */
  readonly objects: readonly SchemaObject[];
}

/** A table with all that belongs to it. */
export interface TableStructure extends TableSchema {
  readonly columns: readonly ColumnStructure[];
  readonly comment: string | null;
  /** All of them, those of the primary key and of unique constraints included. */
  readonly indexes: readonly IndexStructure[];
  readonly foreignKeys: readonly ForeignKeyStructure[];
  readonly checks: readonly CheckStructure[];
  /** How its rows are divided among partitions, in the database's own SQL: `RANGE (day)`. Only of a PostgreSQL. */
  readonly partitionedBy?: string;
}

/** A column with all that its database knows of it. */
export interface ColumnStructure extends Column {
  readonly comment: string | null;
  /** What the database fills in; null without a default. */
  readonly default: ColumnDefault | null;
  /** `identity`: auto_increment, serial and identity columns. The value is `always` where the database refuses other values. */
  readonly identity: 'by-default' | 'always' | null;
  /** How the database computes the column, in its own SQL; null for a column that is written. */
  readonly generated: { readonly expression: string; readonly isStored: boolean } | null;
  /** The collation of a text column; null where it is the default of a PostgreSQL database. */
  readonly collation: { readonly name: string; readonly ignores: readonly Ignorable[] } | null;
  /** Whether an update sets the column to the current time (MySQL). */
  readonly isSetOnUpdate: boolean;
  /** The domain that is its type, as the object is called; the type is the domain's base type. Only of a PostgreSQL. */
  readonly domain?: string;
}

/**
 * - `literal`: a constant, as canonical text
 * - `now`: the time of the transaction or statement
 * - `expression`: SQL that only the same kind of database understands
 */
export type ColumnDefault =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'now' }
  | { readonly kind: 'expression'; readonly sql: string };

export interface IndexStructure {
  readonly name: string;
  readonly kind: 'primary' | 'unique' | 'plain';
  /** `btree`, `hash`, `gin`, `fulltext`, `spatial`: lower case. */
  readonly method: string;
  readonly parts: readonly IndexPart[];
  /** Further columns that the index only carries. */
  readonly includes: readonly string[];
  /** The condition of a partial index, in the database's own SQL; null for an index over all rows. */
  readonly predicate: string | null;
  /** The statement that creates it, without schema names, where the database is a PostgreSQL; null elsewhere. */
  readonly definition: string | null;
}

export interface IndexPart {
  /** Null for an expression. */
  readonly column: string | null;
  /** In the database's own SQL; null for a column. */
  readonly expression: string | null;
  /** The number of characters that count; null for all. */
  readonly prefix: number | null;
  readonly isDescending: boolean;
}

export type ForeignKeyAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';

export interface ForeignKeyStructure {
  readonly name: string;
  readonly columns: readonly string[];
  readonly parent: TableName;
  readonly parentColumns: readonly string[];
  readonly onDelete: ForeignKeyAction;
  readonly onUpdate: ForeignKeyAction;
  /** Whether the database holds all rows to it: false where it is not valid or not enforced. */
  readonly isValidated: boolean;
  /** When it is checked, where a transaction may defer that; absent elsewhere. */
  readonly deferrable?: 'immediate' | 'deferred';
}

export interface CheckStructure {
  readonly name: string;
  /** In the database's own SQL, without the word check. */
  readonly expression: string;
  /** Whether the database holds all rows to it: false where it is not valid or not enforced. */
  readonly isValidated: boolean;
}

export interface SchemaObject {
  readonly kind: (typeof schemaObjectKinds)[number];
  /** `schema.name` as tables are called; of a trigger, policy or rule its own name. */
  readonly name: string;
  /** The table that it belongs to; null for an object of the schema. */
  readonly table: TableName | null;
  /** The SQL that makes it, without the names of the schemas that are read; null where this user may not read it. */
  readonly definition: string | null;
  /** Why that SQL cannot be run elsewhere; absent where it can be tried. */
  readonly obstacle?: string;
}

/** What the rows of a column show, as numbers of rows; what its type cannot hold is 0. */
export interface ColumnFacts {
  /** Integers that are neither 0 nor 1. */
  readonly notBoolean: number;
  /** Dates with a zero year, month or day. */
  readonly zeroDates: number;
  /** Enum values of index 0. */
  readonly unknownLabels: number;
  /** Times before 0 or from 24 hours on. */
  readonly notTimeOfDay: number;
  /** Unsigned integers beyond a bigint. */
  readonly beyondBigint: number;
  /** Values that are not of the column's type (SQLite). Their rows are rejected. */
  readonly unreadable: number;
  /** Texts that are longer than declared (SQLite). */
  readonly tooLong: number;
}
