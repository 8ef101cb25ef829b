/**
 * The kinds of value that waybill distinguishes, whatever a database calls them. The canonical text of each is in
 * `docs/formats.md`: `int*`, `uint64`, `decimal`, `float*`, `date`, `time`, `timestamp` (no zone), `timestamptz` (in UTC,
 * ending in +00), `bits` (0s and 1s), `uuid`, `interval`, `inet`, `cidr` and `macaddr` are text; `set` and `textArray` are
 * arrays. `other` is a type without a form of its own, whose text only the same type reads back.
 */
export const kinds = [
  'boolean',
  'int16',
  'int32',
  'int64',
  'uint64',
  'decimal',
  'float32',
  'float64',
  'text',
  'enum',
  'set',
  'textArray',
  'json',
  'bytes',
  'bits',
  'date',
  'time',
  'timestamp',
  'timestamptz',
  'uuid',
  'interval',
  'inet',
  'cidr',
  'macaddr',
  'other',
] as const;

export type Kind = (typeof kinds)[number];

/** A column's type as waybill sees it. */
export interface ColumnType {
  readonly kind: Kind;
  /** What the database calls it, in lower case, for messages and contracts: `tinyint(1)`, `numeric(18,2)`. */
  readonly native: string;
  /** Characters of a text, bits of a `bits`; absent when unbounded. */
  readonly length?: number;
  /** Decimal digits in all; absent on an unconstrained numeric. */
  readonly precision?: number;
  /** Decimal digits after the point; of a time or timestamp, digits of the fraction. */
  readonly scale?: number;
  /** Labels of an enum or set, in declared order. */
  readonly labels?: readonly string[];
  /** What the database itself makes of a value; absent where it keeps the value as it is. */
  readonly form?: StoredForm;
}

/**
 * - `jsonb`: the meaning of JSON without its source text
 * - `padded`: text that is filled up with blanks, so that blanks at its end do not count
 * - `fixed`: bits of exactly this length
 */
export type StoredForm = 'jsonb' | 'padded' | 'fixed';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** Whether the database fills the column itself when nothing is given. */
  readonly hasDefault?: boolean;
  /** Whether its values refer to large objects, which the server keeps outside the table. */
  readonly hasLargeObjects?: boolean;
}

/** `schema.table`; the schema of a source is its logical name (`c01`), whatever the live one is called. */
export type TableName = string;

export interface TableSchema {
  readonly name: TableName;
  readonly columns: readonly Column[];
  /** Columns of the primary key in key order; empty when the table has none. */
  readonly key: readonly string[];
  /** Further unique keys, each a list of columns. */
  readonly unique: readonly (readonly string[])[];
  /** Rows as the database estimates them; null when it has no estimate. */
  readonly estimatedRows: number | null;
  /** As in its contract. */
  readonly leftBehind?: string;
  /** As in its contract. */
  readonly leavesHistory?: string;
  /** Whether the server keeps old versions of its rows, which a reading does not give. */
  readonly hasHistory?: boolean;
  /** The tables whose rows this one shows again (MERGE of MySQL). */
  readonly repeats?: readonly TableName[];
}

/** A table as a contract writes it down: column name → `native type[ not null]`, in column order. */
export interface TableContract {
  readonly key: readonly string[];
  readonly unique?: readonly (readonly string[])[];
  readonly columns: Readonly<Record<string, string>>;
  /** Why no mapping reads this source table, which may be missing or differ: a tool's own bookkeeping. */
  readonly leftBehind?: string;
  /** Why the old versions of its rows stay behind, where the server keeps them (system versioning). */
  readonly leavesHistory?: string;
}

/** What a pipeline believes one database schema looks like: table → contract. */
export type SchemaContract = Readonly<Record<string, TableContract>>;

/**
 * Reads a contract into table schemas; `parseType` is the connector's parser of its type names.
 * A column is nullable unless its text ends in ` not null`.
 */
export function tablesOfContract(
  schema: string,
  contract: SchemaContract,
  parseType: (native: string) => ColumnType,
): TableSchema[] {
  return Object.entries(contract).map(([table, spec]) => ({
    name: schema === '' ? table : `${schema}.${table}`,
    key: spec.key,
    unique: spec.unique ?? [],
    estimatedRows: null,
    columns: Object.entries(spec.columns).map(([name, text]) => columnOfContract(name, text, parseType)),
    ...(spec.leftBehind === undefined ? {} : { leftBehind: spec.leftBehind }),
    ...(spec.leavesHistory === undefined ? {} : { leavesHistory: spec.leavesHistory }),
  }));
}

function columnOfContract(name: string, text: string, parseType: (native: string) => ColumnType): Column {
  const hasDefault = text.endsWith(' default');
  const bare = hasDefault ? text.slice(0, -' default'.length) : text;
  const isRequired = bare.endsWith(' not null');
  const native = isRequired ? bare.slice(0, -' not null'.length) : bare;
  return { name, type: parseType(native), nullable: !isRequired, ...(hasDefault ? { hasDefault } : {}) };
}
