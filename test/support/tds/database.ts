import { catalogViews } from './catalog-views.ts';
import type { Answer } from './server.ts';
import { storedValue } from './sql/convert.ts';
import { parseSelect } from './sql/parse-query.ts';
import { type Names, type Relation, SqlError } from './sql/relation.ts';
import { runQuery } from './sql/run-query.ts';
import { baseOf, defaultCollation, type SqlValue, sizesOf } from './sql/values.ts';

/** A column of a table: its name, its type as DDL writes it, and what else its catalog row has. */
export interface ColumnFacts {
  readonly name: string;
  readonly type: string;
  readonly isNullable?: boolean;
  readonly collation?: string;
  readonly facts?: CatalogRow;
}

export interface TableFacts {
  readonly name: string;
  readonly schema?: string;
  readonly columns: readonly ColumnFacts[];
  readonly key?: readonly string[];
  readonly unique?: readonly (readonly string[])[];
  readonly facts?: CatalogRow;
  /** Canonical values, or those of the interpreter. */
  readonly rows?: readonly (readonly SqlValue[])[];
}

/** A row of a view of the catalog; what it does not name is 0, or NULL where it is text. */
export type CatalogRow = Readonly<Record<string, string | number | null>>;

/** The facts of a database. */
export interface DatabaseFacts {
  readonly name: string;
  /** By schema name; `dbo` has the id 1. */
  readonly schemas?: readonly string[];
  readonly tables: readonly TableFacts[];
  readonly allowsSnapshots?: boolean;
  readonly isReadOnly?: boolean;
  /** Whether the user sees values that are masked; true when absent. */
  readonly mayUnmask?: boolean;
  /** Views of the catalog that the server does not have. */
  readonly absentViews?: readonly string[];
  /** Further rows of the catalog's views. */
  readonly catalog?: Readonly<Record<string, readonly CatalogRow[]>>;
}

/** Ids of the types in `sys.types`. */
const typeIds: Readonly<Record<string, number>> = {
  image: 34,
  text: 35,
  uniqueidentifier: 36,
  date: 40,
  time: 41,
  datetime2: 42,
  datetimeoffset: 43,
  tinyint: 48,
  smallint: 52,
  int: 56,
  smalldatetime: 58,
  real: 59,
  money: 60,
  datetime: 61,
  float: 62,
  sql_variant: 98,
  ntext: 99,
  bit: 104,
  decimal: 106,
  numeric: 108,
  smallmoney: 122,
  bigint: 127,
  hierarchyid: 128,
  geometry: 129,
  geography: 130,
  varbinary: 165,
  varchar: 167,
  binary: 173,
  char: 175,
  timestamp: 189,
  nvarchar: 231,
  nchar: 239,
  xml: 241,
};

/** The types of the common language runtime share one system type. */
function systemTypeOf(id: number): number {
  return id >= 128 && id <= 130 ? 240 : id;
}

/** Makes the answers of a database to the connector's questions. */
export function answersOf(database: DatabaseFacts): (sql: string) => Answer {
  const schemas = database.schemas ?? ['dbo'];
  const schemaId = (name: string): number => schemas.indexOf(name) + 1;
  const views = catalogOf(database, schemas);
  const tables = new Map(
    database.tables.map((table, i) => [
      `${table.schema ?? 'dbo'}.${table.name}`.toLowerCase(),
      { id: tableId(i), relation: relationOf(table) },
    ]),
  );
  const tableNamed = (names: readonly string[]) => {
    const [schema = 'dbo', name = ''] = names.length > 1 ? names.slice(-2) : ['dbo', names[0] as string];
    return schemaId(schema) === 0 ? undefined : tables.get(`${schema}.${name}`.toLowerCase());
  };
  const names: Names = {
    database: database.name,
    mayUnmask: database.mayUnmask !== false,
    idOf: (quoted) => {
      const view = /^sys\.(\w+)$/.exec(quoted)?.[1];
      if (view !== undefined) return storedValue('int', views.has(view) ? '-1' : null);
      const parts = [...quoted.matchAll(/\[((?:[^\]]|\]\])*)\]/g)].map(([, part = '']) => part.replaceAll(']]', ']'));
      return storedValue('int', tableNamed(parts)?.id.toString() ?? null);
    },
    relation: (parts) => {
      const view = parts.length === 2 && parts[0] === 'sys' ? views.get(parts[1] as string) : undefined;
      const found = view ?? tableNamed(parts)?.relation;
      if (found === undefined) throw new SqlError(208, `Invalid object name '${parts.join('.')}'.`);
      return found;
    },
  };
  return (sql) => (/^\s*select\b/i.test(sql) ? runQuery(parseSelect(sql), names) : { columns: [], rows: [] });
}

function tableId(place: number): number {
  return 1000 + place;
}

function relationOf({ columns, rows = [] }: TableFacts): Relation {
  return {
    columns: columns.map(({ name, type, collation }) => ({
      name,
      type: type === 'rowversion' ? 'varbinary(8)' : type,
      collation: collationOf(type, collation),
    })),
    rows: rows.map((row) => row.map((value, i) => storedValue(columns[i]?.type as string, value))),
  };
}

function collationOf(type: string, collation = defaultCollation): string | null {
  return /char|text/.test(baseOf(type)) ? collation : null;
}

function catalogOf(database: DatabaseFacts, schemas: readonly string[]): ReadonlyMap<string, Relation> {
  const rows: Record<string, CatalogRow[]> = {
    databases: [
      {
        name: database.name,
        snapshot_isolation_state: database.allowsSnapshots === false ? 0 : 1,
        is_read_only: database.isReadOnly === true ? 1 : 0,
      },
    ],
    schemas: schemas.map((name, i) => ({ schema_id: i + 1, name })),
    types: Object.entries(typeIds).map(([name, id]) => ({ name, user_type_id: id, system_type_id: systemTypeOf(id) })),
    ...Object.fromEntries(
      ['tables', 'objects', 'columns', 'indexes', 'index_columns', 'partitions'].map((view) => [view, []]),
    ),
  };
  database.tables.forEach((table, i) => {
    addTable(rows, table, tableId(i), schemas);
  });
  for (const [view, more] of Object.entries(database.catalog ?? {})) rows[view] = [...(rows[view] ?? []), ...more];
  const present = Object.entries(catalogViews).filter(([view]) => !database.absentViews?.includes(view));
  return new Map(present.map(([view, columns]) => [view, viewOf(columns, rows[view] ?? [])]));
}

function addTable(rows: Record<string, CatalogRow[]>, table: TableFacts, id: number, schemas: readonly string[]): void {
  const own = { object_id: id, name: table.name, schema_id: schemas.indexOf(table.schema ?? 'dbo') + 1 };
  rows.tables?.push({ ...own, ...table.facts });
  rows.objects?.push({ ...own, type: 'U ' });
  rows.partitions?.push({ object_id: id, index_id: 0, rows: table.rows?.length ?? 0 });
  table.columns.forEach((column, i) => {
    rows.columns?.push({ object_id: id, column_id: i + 1, ...columnRow(column) });
  });
  const indexes = [
    ...(table.key === undefined ? [] : [{ columns: table.key, name: `PK_${table.name}`, is_primary_key: 1 }]),
    ...(table.unique ?? []).map((columns, i) => ({ columns, name: `UQ_${table.name}_${i + 1}`, is_primary_key: 0 })),
  ];
  indexes.forEach(({ columns, ...index }, i) => {
    rows.indexes?.push({ object_id: id, index_id: i + 1, type_desc: 'NONCLUSTERED', is_unique: 1, ...index });
    columns.forEach((name, place) => {
      const column = table.columns.findIndex((each) => each.name === name) + 1;
      rows.index_columns?.push({
        ...{ object_id: id, index_id: i + 1, index_column_id: place + 1 },
        ...{ column_id: column, key_ordinal: place + 1 },
      });
    });
  });
}

function columnRow({ name, type, isNullable = true, collation, facts }: ColumnFacts): CatalogRow {
  const base = type === 'rowversion' ? 'timestamp' : baseOf(type);
  const id = typeIds[base];
  if (id === undefined) throw new Error(`the double has no type ${type}`);
  const [first = 0, second = 0] = sizesOf(type);
  const isExact = base === 'decimal' || base === 'numeric';
  const bytes = type.endsWith('(max)') ? -1 : first * (base.startsWith('n') ? 2 : 1);
  return {
    ...{ name, system_type_id: systemTypeOf(id), user_type_id: id, is_nullable: isNullable ? 1 : 0 },
    ...{ max_length: bytes, precision: first || 0, scale: isExact ? second : first || 0 },
    collation_name: collationOf(type, collation),
    ...facts,
  };
}

function viewOf(columns: string, rows: readonly CatalogRow[]): Relation {
  const typed = columns.split(' ').map((text) => {
    const [name = '', type = 'nvarchar(4000)'] = text.endsWith('*') ? [text.slice(0, -1), 'bit'] : text.split(':');
    return { name, type, collation: null };
  });
  return {
    columns: typed,
    rows: rows.map((row) =>
      typed.map(({ name, type }) => {
        const value = row[name] ?? (type.startsWith('nvarchar') || name.endsWith('_value') ? null : 0);
        return storedValue(type, value === null ? null : String(value));
      }),
    ),
  };
}
