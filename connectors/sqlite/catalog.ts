import type { SqliteDatabase } from './database.ts';
import { quoteName, quoteText } from './names.ts';
import { type ColumnDefinition, readTableSql } from './structure/table-sql.ts';
import { lookAtTable } from './values/look.ts';

type Text = string | null;

/** A column as the file declares it, with a type that says how its values are written. */
export interface LiveColumn {
  readonly name: string;
  /** What is declared; empty where nothing is. */
  readonly declared: string;
  /** The declared type, and the form of the values where they are not of it. */
  readonly native: string;
  readonly isRequired: boolean;
  /** SQL; null without a default. */
  readonly default: Text;
  readonly generated: 'virtual' | 'stored' | null;
  readonly definition: ColumnDefinition;
}

export interface LiveIndex {
  readonly name: string;
  readonly isUnique: boolean;
  /** What made it: a create index, a unique constraint, or the primary key. */
  readonly origin: 'c' | 'u' | 'pk';
  readonly isPartial: boolean;
  /** A null name is an expression. */
  readonly parts: readonly { readonly column: Text; readonly isDescending: boolean; readonly collation: string }[];
  /** The statement that created it; null where a constraint did. */
  readonly sql: Text;
}

export interface LiveForeignKey {
  readonly parent: string;
  readonly columns: readonly string[];
  /** Null where the parent's primary key is meant. */
  readonly parentColumns: readonly Text[];
  readonly onDelete: string;
  readonly onUpdate: string;
}

export interface LiveTable {
  readonly name: string;
  readonly sql: string;
  readonly columns: readonly LiveColumn[];
  /** In key order; empty where the table has no key, or one that holds NULL. */
  readonly key: readonly string[];
  /** A primary key that holds NULL, which SQLite allows: no more than a unique key. */
  readonly nullableKey: readonly string[];
  /** Whether the key is the number of the row, which SQLite gives. */
  readonly isRowid: boolean;
  readonly isAutoincrement: boolean;
  readonly indexes: readonly LiveIndex[];
  readonly foreignKeys: readonly LiveForeignKey[];
  readonly rows: number;
}

/** Something else that the file holds. */
export interface LiveObject {
  readonly kind: 'view' | 'trigger' | 'virtual table';
  readonly name: string;
  readonly table: Text;
  readonly sql: Text;
}

export interface Catalog {
  readonly tables: readonly LiveTable[];
  readonly objects: readonly LiveObject[];
}

const doing = 'list its tables';

/** Reads what the file holds, and looks once at the values of columns whose type leaves open how they are written. */
export async function readCatalog(database: SqliteDatabase): Promise<Catalog> {
  const ask = async (sql: string) => (await database.rows(sql, doing)) as readonly CatalogRow[];
  const listed = await ask(`
    select t.name as c0, t.type as c1, t.wr as c2, t.strict as c3, s.sql as c4 from pragma_table_list t
    left join main.sqlite_schema s on s.name = t.name and s.type = 'table'
    where t.schema = 'main' and t.name not like 'sqlite\\_%' escape '\\' order by t.name collate binary`);
  const tables: LiveTable[] = [];
  for (const [name, type, withoutRowid, strict, sql] of listed as readonly TableRow[])
    if (type === 'table') tables.push(await readTable(database, ask, { name, sql, withoutRowid, strict }));
  return { tables, objects: await readObjects(ask, listed as readonly TableRow[]) };
}

type CatalogRow = readonly (string | number | null)[];
type Ask = (sql: string) => Promise<readonly CatalogRow[]>;
type TableRow = readonly [name: string, type: string, withoutRowid: number, strict: number, sql: string];

interface TableEntry {
  readonly name: string;
  readonly sql: string;
  readonly withoutRowid: number;
  readonly strict: number;
}

async function readTable(database: SqliteDatabase, ask: Ask, entry: TableEntry): Promise<LiveTable> {
  const { name, sql, withoutRowid, strict } = entry;
  const text = quoteText(name);
  const info = await ask(`
    select name as c0, type as c1, "notnull" as c2, dflt_value as c3, pk as c4, hidden as c5
    from pragma_table_xinfo(${text}) order by cid`);
  const indexes = await readIndexes(ask, text);
  const key = info
    .filter((row) => row[4] !== 0)
    .sort((a, b) => Number(a[4]) - Number(b[4]))
    .map(([column]) => column as string);
  const isRowid = key.length === 1 && withoutRowid === 0 && indexes.every(({ origin }) => origin !== 'pk');
  const parsed = readTableSql(sql);
  const declared = info.map((row) => ({ name: row[0] as string, declared: (row[1] as string) ?? '' }));
  const looked = await lookAtTable(database, name, declared, { isStrict: strict === 1, skipped: isRowid ? key : [] });
  const required = new Set(info.filter((row) => row[2] !== 0).map(([column]) => column as string));
  const loose = isRowid ? [] : key.filter((column) => !required.has(column));
  const holdsNull = loose.length > 0 && (await hasNull(ask, name, loose));
  const columns = info.map((row, i): LiveColumn => {
    const [column, type, , initial, , hidden] = row as readonly [string, string, number, Text, number, number];
    return {
      ...{ name: column, declared: type ?? '', native: looked[i] as string, default: initial },
      isRequired: required.has(column) || (!holdsNull && key.includes(column)),
      generated: hidden === 2 ? 'virtual' : hidden === 3 ? 'stored' : null,
      definition: parsed.column(column),
    };
  });
  const [[rows] = []] = await ask(`select count(*) as c0 from main.${quoteName(name)} not indexed`);
  return {
    ...{ name, sql, columns, isRowid, indexes },
    key: holdsNull ? [] : key,
    nullableKey: holdsNull ? key : [],
    isAutoincrement: isRowid && parsed.isAutoincrement,
    foreignKeys: await readForeignKeys(ask, text),
    rows: Number(rows),
  };
}

async function hasNull(ask: Ask, table: string, columns: readonly string[]): Promise<boolean> {
  const some = columns.map((column) => `${quoteName(column)} is null`).join(' or ');
  const [[found] = []] = await ask(`select exists (select 1 from main.${quoteName(table)} where ${some}) as c0`);
  return found === 1;
}

async function readIndexes(ask: Ask, table: string): Promise<LiveIndex[]> {
  const listed = await ask(`
    select i.name as c0, i."unique" as c1, i.origin as c2, i.partial as c3, s.sql as c4
    from pragma_index_list(${table}) i left join main.sqlite_schema s on s.name = i.name and s.type = 'index'
    order by i.name collate binary`);
  const found: LiveIndex[] = [];
  for (const [name, unique, origin, partial, sql] of listed) {
    const parts = await ask(`
      select name as c0, "desc" as c1, coll as c2 from pragma_index_xinfo(${quoteText(name as string)})
      where key = 1 order by seqno`);
    found.push({
      name: name as string,
      isUnique: unique === 1,
      origin: origin as LiveIndex['origin'],
      isPartial: partial === 1,
      parts: parts.map(([column, desc, collation]) => {
        return { column: column as Text, isDescending: desc === 1, collation: collation as string };
      }),
      sql: sql as Text,
    });
  }
  return found;
}

async function readForeignKeys(ask: Ask, table: string): Promise<LiveForeignKey[]> {
  const rows = await ask(`
    select id as c0, "table" as c1, "from" as c2, "to" as c3, on_delete as c4, on_update as c5
    from pragma_foreign_key_list(${table}) order by id desc, seq`);
  const groups = new Map<unknown, CatalogRow[]>();
  for (const row of rows) groups.set(row[0], [...(groups.get(row[0]) ?? []), row]);
  return [...groups.values()].map((some) => {
    const [, parent, , , onDelete, onUpdate] = some[0] as readonly string[];
    return {
      parent: parent as string,
      columns: some.map((row) => row[2] as string),
      parentColumns: some.map((row) => row[3] as Text),
      onDelete: (onDelete as string).toLowerCase(),
      onUpdate: (onUpdate as string).toLowerCase(),
    };
  });
}

/** Views, triggers, and virtual tables with the tables in which they keep their rows. */
async function readObjects(ask: Ask, listed: readonly TableRow[]): Promise<LiveObject[]> {
  const rows = await ask(`
    select type as c0, name as c1, tbl_name as c2, sql as c3 from main.sqlite_schema where type in ('view', 'trigger')
    order by type, name collate binary`);
  const written = (rows as readonly (readonly Text[])[]).map(([kind, name, table, sql]): LiveObject => {
    const isTrigger = kind === 'trigger';
    return {
      kind: isTrigger ? 'trigger' : 'view',
      name: name as string,
      table: isTrigger ? (table as Text) : null,
      sql: sql as Text,
    };
  });
  const virtual = listed.filter(([, type]) => type === 'virtual').map(([name]) => name);
  const kept = listed.flatMap(([name, type, , , sql]): LiveObject[] => {
    if (type !== 'virtual' && type !== 'shadow') return [];
    const owner = type === 'shadow' ? (virtual.find((each) => name.startsWith(`${each}_`)) ?? null) : null;
    return [{ kind: 'virtual table', name, table: owner, sql }];
  });
  return [...written, ...kept];
}
