import type { Column, TableSchema } from '../../core/model/schema.ts';
import { quoteName, quoteText } from './names.ts';
import type { SessionPool } from './session-pool.ts';
import { parseMysqlType } from './types.ts';

/** A logical schema and its name in the database. */
export interface SchemaName {
  readonly logical: string;
  readonly live: string;
}

export type TextRow = readonly (string | null)[];

/** A table and where the database has it, as the server writes both names. */
export interface LocatedTable {
  readonly table: TableSchema;
  readonly schema: SchemaName;
  readonly live: Place;
}

/** Lists the tables of the schemas, without views, in name order. */
export async function readTables(pool: SessionPool, schemas: readonly SchemaName[]): Promise<readonly TableSchema[]> {
  return (await locateTables(pool, schemas)).map(({ table }) => table);
}

/** As `readTables`, with the place of each table. */
export async function locateTables(
  pool: SessionPool,
  schemas: readonly SchemaName[],
): Promise<readonly LocatedTable[]> {
  if (schemas.length === 0) return [];
  const within = `table_schema in (${schemas.map(({ live }) => quoteText(live)).join(', ')})`;
  const ask = async (sql: string) => (await pool.rows(sql, 'list its tables')) as readonly TextRow[];
  const ignoresCase = await isCaseInsensitive(pool);
  const tables = await ask(`
    select table_schema, table_name, table_rows, table_type, engine from information_schema.tables
    where ${within} and table_type in ('BASE TABLE', 'SYSTEM VERSIONED')`);
  const columns = await ask(`
    select table_schema, table_name, column_name, column_type, is_nullable, column_default, extra
    from information_schema.columns where ${within} order by table_schema, table_name, ordinal_position`);
  const keys = await ask(`
    select table_schema, table_name, index_name, column_name
    from information_schema.statistics where ${within} and non_unique = 0
    order by table_schema, table_name, index_name, seq_in_index`);
  const unions = await readUnions(pool, tables);
  const catalog = { tables, columns: groupByTable(columns), keys: groupByTable(keys) };
  const repeated = (schema: string | null, table: string): Pick<TableSchema, 'repeats'> => {
    const repeats = unions.get(tableId(schema, table))?.map((place) => logicalName(schemas, place));
    return repeats === undefined ? {} : { repeats };
  };
  return schemas.flatMap((schema) => tablesOf(schema, catalog, ignoresCase, repeated)).sort(byName);
}

/** Whether this server treats `C01` and `c01` as one name, as all servers on Windows do. */
export async function isCaseInsensitive(pool: SessionPool): Promise<boolean> {
  const [[setting] = []] = await pool.rows('select @@lower_case_table_names', 'list its tables');
  return setting !== '0';
}

interface Catalog {
  readonly tables: readonly TextRow[];
  readonly columns: ReadonlyMap<string, readonly TextRow[]>;
  readonly keys: ReadonlyMap<string, readonly TextRow[]>;
}

export interface Place {
  readonly schema: string;
  readonly table: string;
}

/** Reads which tables each MERGE table shows. */
async function readUnions(
  pool: SessionPool,
  tables: readonly TextRow[],
): Promise<ReadonlyMap<string, readonly Place[]>> {
  const unions = new Map<string, readonly Place[]>();
  for (const [schema, table, , , engine] of tables) {
    if (engine?.toUpperCase() !== 'MRG_MYISAM') continue;
    const quoted = `${quoteName(schema as string)}.${quoteName(table as string)}`;
    const [[, text = ''] = []] = (await pool.rows(
      `show create table ${quoted}`,
      'list its tables',
    )) as readonly TextRow[];
    unions.set(tableId(schema, table), placesOf(text ?? '', schema as string));
  }
  return unions;
}

/** ``UNION=(`a`,`other`.`b`)`` */
function placesOf(text: string, schema: string): Place[] {
  const [, list = ''] = /UNION=\(((?:[^)`]|`[^`]*`)*)\)/.exec(text) ?? [];
  return [...list.matchAll(/(?:`([^`]*)`\.)?`([^`]*)`/g)].map(([, own, table]) => ({
    schema: own ?? schema,
    table: table as string,
  }));
}

function logicalName(schemas: readonly SchemaName[], { schema, table }: Place): string {
  const logical = schemas.find(({ live }) => live === schema)?.logical ?? schema;
  return logical === '' ? table : `${logical}.${table}`;
}

type Repeated = (schema: string | null, table: string) => Pick<TableSchema, 'repeats'>;

/** Whether the server means this live schema by that name. */
export function isSchema({ live }: SchemaName, name: string, ignoresCase: boolean): boolean {
  return name === live || (ignoresCase && name.toLowerCase() === live.toLowerCase());
}

function tablesOf(schemaName: SchemaName, catalog: Catalog, ignoresCase: boolean, repeated: Repeated): LocatedTable[] {
  return catalog.tables
    .filter(([schema]) => isSchema(schemaName, schema as string, ignoresCase))
    .map(([schema = null, table, rows, type]) => {
      const id = tableId(schema, table);
      const found = {
        name: nameIn(schemaName, table as string),
        columns: (catalog.columns.get(id) ?? []).map(columnOf),
        ...keysOf(catalog.keys.get(id) ?? []),
        estimatedRows: rows === null || rows === undefined ? null : Number(rows),
        ...(type === 'SYSTEM VERSIONED' ? { hasHistory: true } : {}),
        ...repeated(schema, table as string),
      };
      return { table: found, schema: schemaName, live: { schema: schema as string, table: table as string } };
    });
}

/** What a table, or another object of the schema, is called. */
export function nameIn({ logical }: SchemaName, name: string): string {
  return logical === '' ? name : `${logical}.${name}`;
}

function tableId(schema: string | null | undefined, table: string | null | undefined): string {
  return JSON.stringify([schema, table]);
}

function groupByTable(rows: readonly TextRow[]): ReadonlyMap<string, readonly TextRow[]> {
  const groups = new Map<string, TextRow[]>();
  for (const row of rows) {
    const id = tableId(row[0], row[1]);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [row]);
    else group.push(row);
  }
  return groups;
}

function columnOf([, , name, type, nullable, initial, attributes]: TextRow): Column {
  return {
    name: name as string,
    type: parseMysqlType(type as string),
    nullable: nullable === 'YES',
    ...(hasOwnDefault(initial ?? null, attributes ?? '') ? { hasDefault: true } : {}),
  };
}

/** MariaDB writes the default null as NULL, MySQL as null. */
function hasOwnDefault(initial: string | null, attributes: string): boolean {
  return (initial !== null && initial !== 'NULL') || /auto_increment|generated/i.test(attributes);
}

/** Skips an index over an expression, which has no column name. */
function keysOf(rows: readonly TextRow[]): Pick<TableSchema, 'key' | 'unique'> {
  const indexes = new Map<string, (string | null)[]>();
  for (const [, , index, column = null] of rows) {
    const columns = indexes.get(index as string) ?? [];
    columns.push(column);
    indexes.set(index as string, columns);
  }
  const whole = [...indexes].filter(([, columns]) => !columns.includes(null)) as [string, string[]][];
  return {
    key: whole.find(([index]) => index === 'PRIMARY')?.[1] ?? [],
    unique: whole.filter(([index]) => index !== 'PRIMARY').map(([, columns]) => columns),
  };
}

function byName({ table: a }: LocatedTable, { table: b }: LocatedTable): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}
