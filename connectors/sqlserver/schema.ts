import type { Column, TableSchema } from '../../core/model/schema.ts';
import { schemaIsIn } from './names.ts';
import type { SessionPool, TextRow } from './session-pool.ts';
import { parseSqlServerType, typeText } from './types.ts';

/** A logical schema and its name in the database. */
export interface SchemaName {
  readonly logical: string;
  readonly live: string;
}

/** A table and where the database has it. */
export interface LocatedTable {
  readonly table: TableSchema;
  readonly schema: SchemaName;
  /** `sys.objects.object_id` */
  readonly id: string;
}

/** For sorting by name. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}

/** Lists the tables of the schemas, without views, in name order. */
export async function readTables(pool: SessionPool, schemas: readonly SchemaName[]): Promise<readonly TableSchema[]> {
  return (await locateTables(pool, schemas)).map(({ table }) => table);
}

/** The condition that the schema of an object is one of those that are read. */
export function within(schemas: readonly SchemaName[], column: string): string {
  return schemaIsIn(
    column,
    schemas.map(({ live }) => live),
  );
}

/**
 * The type of a column `c`: an alias type is its base type `b`. The types of the common language runtime share one system type,
 * 240.
 */
const baseType = `join sys.types b on b.system_type_id = c.system_type_id
  and b.user_type_id = case when c.system_type_id = 240 then c.user_type_id else c.system_type_id end`;

/**
 * As `readTables`, with the place of each table. The old rows of a system-versioned table are in a table of their own. Where
 * that one is in another schema, which is not read, the table has history that stays behind.
 */
export async function locateTables(
  pool: SessionPool,
  schemas: readonly SchemaName[],
): Promise<readonly LocatedTable[]> {
  if (schemas.length === 0) return [];
  const ask = (sql: string) => pool.texts(sql, 'list its tables');
  const ofSchemas = `join sys.tables t on t.object_id = c.object_id join sys.schemas s on s.schema_id = t.schema_id
    ${baseType} where ${within(schemas, 's.name')}`;
  const tables = await ask(`
    select t.object_id, s.name, t.name, r.name
    from sys.tables t join sys.schemas s on s.schema_id = t.schema_id
    left join sys.tables h on h.object_id = t.history_table_id left join sys.schemas r on r.schema_id = h.schema_id
    where ${within(schemas, 's.name')} and t.is_ms_shipped = 0 and t.is_external = 0`);
  const columns = await ask(`
    select c.object_id, c.name, b.name, c.max_length, c.precision, c.scale, c.is_nullable, c.is_identity, c.is_computed,
      c.default_object_id, c.generated_always_type
    from sys.columns c ${ofSchemas} order by c.object_id, c.column_id`);
  const keys = await ask(`
    select i.object_id, i.name, i.is_primary_key, c.name
    from sys.indexes i
    join sys.index_columns k on k.object_id = i.object_id and k.index_id = i.index_id
    join sys.columns c on c.object_id = k.object_id and c.column_id = k.column_id
    join sys.tables t on t.object_id = i.object_id join sys.schemas s on s.schema_id = t.schema_id
    where ${within(schemas, 's.name')} and i.is_unique = 1 and i.has_filter = 0 and i.is_disabled = 0
      and i.is_hypothetical = 0 and k.key_ordinal > 0
    order by i.object_id, i.name, k.key_ordinal`);
  const estimates = await ask(`
    select p.object_id, sum(p.rows)
    from sys.partitions p join sys.tables t on t.object_id = p.object_id join sys.schemas s on s.schema_id = t.schema_id
    where ${within(schemas, 's.name')} and p.index_id in (0, 1) group by p.object_id`);
  const catalog = { columns: groupRows(columns), keys: groupRows(keys), estimates: groupRows(estimates) };
  return tables.flatMap((row) => locate(row, schemas, catalog)).sort((a, b) => byName(a.table, b.table));
}

interface Catalog {
  readonly columns: RowGroups;
  readonly keys: RowGroups;
  readonly estimates: RowGroups;
}

/** A table is once in the list for each logical schema that reads its schema. */
function locate(
  [id, live, name, history = null]: TextRow,
  schemas: readonly SchemaName[],
  { columns, keys, estimates }: Catalog,
): readonly LocatedTable[] {
  const rows = estimates.get(id as string)?.[0]?.[1] ?? null;
  return readersOf(schemas, live as string).map((schema) => ({
    schema,
    id: id as string,
    table: {
      name: nameIn(schema, name as string),
      columns: (columns.get(id as string) ?? []).map(columnOf),
      ...keysOf(keys.get(id as string) ?? []),
      estimatedRows: rows === null ? null : Number(rows),
      ...(history !== null && readersOf(schemas, history).length === 0 ? { hasHistory: true } : {}),
    },
  }));
}

/** The logical schemas that read a schema of the database, which may compare names without case. */
export function readersOf(schemas: readonly SchemaName[], name: string): readonly SchemaName[] {
  const exact = schemas.filter(({ live }) => live === name);
  return exact.length > 0 ? exact : schemas.filter(({ live }) => live.toLowerCase() === name.toLowerCase());
}

/** What a table, or another object of the schema, is called. */
export function nameIn({ logical }: SchemaName, name: string): string {
  return logical === '' ? name : `${logical}.${name}`;
}

type RowGroups = ReadonlyMap<string, readonly TextRow[]>;

/** Groups rows by one of their cells, the first one if none is named, in the order in which its values first occur. */
export function groupRows(rows: readonly TextRow[], cell = 0): RowGroups {
  const groups = new Map<string, TextRow[]>();
  for (const row of rows) {
    const group = groups.get(row[cell] as string);
    if (group === undefined) groups.set(row[cell] as string, [row]);
    else group.push(row);
  }
  return groups;
}

function columnOf(row: TextRow): Column {
  const [, name, type, maxLength, precision, scale, nullable, isIdentity, isComputed, initial, generated] = row;
  const sizes = { maxLength: Number(maxLength), precision: Number(precision), scale: Number(scale) };
  const hasDefault = isIdentity === '1' || isComputed === '1' || initial !== '0' || generated !== '0';
  return {
    name: name as string,
    type: parseSqlServerType(typeText({ name: renamed(type as string), ...sizes })),
    nullable: nullable === '1',
    ...(hasDefault || type === 'timestamp' ? { hasDefault: true } : {}),
  };
}

/** The catalog has the old name of a rowversion. */
function renamed(type: string): string {
  return type === 'timestamp' ? 'rowversion' : type;
}

function keysOf(rows: readonly TextRow[]): Pick<TableSchema, 'key' | 'unique'> {
  const indexes = [...groupRows(rows, 1).values()];
  const isPrimary = ([first]: readonly TextRow[]) => first?.[2] === '1';
  const columns = (index: readonly TextRow[]) => index.map((row) => row[3] as string);
  return {
    key: columns(indexes.find(isPrimary) ?? []),
    unique: indexes.filter((index) => !isPrimary(index)).map(columns),
  };
}
