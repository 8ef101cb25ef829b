import type { Column, TableSchema } from '../../core/model/schema.ts';
import { quoteName } from './names.ts';
import type { Session } from './session.ts';
import type { SessionPool } from './session-pool.ts';
import { parsePostgresType } from './types.ts';

/** A logical schema and its name in the database. */
export interface SchemaName {
  /** The part of a table name before the dot; empty when tables have bare names. */
  readonly logical: string;
  readonly live: string;
}

interface CatalogTable {
  readonly schema: string;
  readonly table: string;
  readonly rows: number | null;
  readonly columns: readonly CatalogColumn[] | null;
  readonly key: readonly string[] | null;
  readonly unique: readonly (readonly string[])[] | null;
}

interface CatalogColumn {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[] | null;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
}

/**
 * Domains are read as their base types. Partitions belong to their parent; other children of inheritance are
 * tables of their own, and so are foreign tables. A unique index counts if it covers all rows and
 * only plain columns. The estimate is the planner's: rows per page at the last ANALYZE, times the current pages.
 */
const catalogQuery = `
with tables as (
  select c.oid, c.relname, c.relkind, c.reltuples, c.relpages, n.nspname
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p', 'f') and not c.relispartition
),
index_columns as (
  select i.indexrelid, i.indrelid, i.indisprimary, i.indisunique, json_agg(a.attname order by k.position) as columns
  from tables t
  join pg_index i on i.indrelid = t.oid
  cross join lateral unnest(i.indkey::int2[]) with ordinality as k (attnum, position)
  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
  where i.indisvalid and i.indpred is null and i.indexprs is null and k.position <= i.indnkeyatts
  group by i.indexrelid, i.indrelid, i.indisprimary, i.indisunique
),
keys as (
  select i.indrelid, (array_agg(i.columns) filter (where i.indisprimary))[1] as key,
    json_agg(i.columns order by i.indexrelid) filter (where i.indisunique and not i.indisprimary) as uniques
  from index_columns i
  group by i.indrelid
)
select json_build_object(
  'schema', t.nspname,
  'table', t.relname,
  'rows', case
    when t.relkind = 'r' and pg_relation_size(t.oid) = 0 then 0
    when t.reltuples < 0 or t.relpages <= 0 then null
    else round(t.reltuples::numeric / t.relpages * pg_relation_size(t.oid) / current_setting('block_size')::numeric)
  end,
  'columns', (
    select json_agg(json_build_object(
      'name', a.attname,
      'type', format_type(base.oid, base.typmod),
      'labels', (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = base.oid),
      'notNull', a.attnotnull or base.is_required,
      'hasDefault', a.atthasdef or a.attidentity <> ''
    ) order by a.attnum)
    from pg_attribute a
    cross join lateral (
      with recursive layers as (
        select y.oid, a.atttypmod as typmod, y.typtype, y.typbasetype, y.typtypmod, y.typnotnull as is_required
        from pg_type y
        where y.oid = a.atttypid
        union all
        select y.oid, l.typtypmod, y.typtype, y.typbasetype, y.typtypmod, l.is_required or y.typnotnull
        from layers l
        join pg_type y on y.oid = l.typbasetype
        where l.typtype = 'd'
      )
      select l.oid, l.typmod, l.is_required from layers l where l.typtype <> 'd'
    ) base
    where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
  ),
  'key', k.key,
  'unique', k.uniques
)::text as document
from tables t
left join keys k on k.indrelid = t.oid`;

/** A table and where the database has it. */
export interface LocatedTable {
  readonly table: TableSchema;
  readonly schema: SchemaName;
  /** Without its schema. */
  readonly liveTable: string;
}

/** Lists the tables of the schemas, in name order. */
export async function readTables(pool: SessionPool, schemas: readonly SchemaName[]): Promise<TableSchema[]> {
  return (await locateTables(pool, schemas)).map(({ table }) => table);
}

/** As `readTables`, with the place of each table. */
export async function locateTables(pool: SessionPool, schemas: readonly SchemaName[]): Promise<LocatedTable[]> {
  const rows = await pool.rows(catalogQuery, [schemas.map(({ live }) => live)], 'list its tables');
  const found = rows.map((row) => JSON.parse(row.document as string) as CatalogTable);
  const named = schemas.flatMap((schema) =>
    found
      .filter((table) => table.schema === schema.live)
      .map((table) => ({ table: tableOf(table, schema), schema, liveTable: table.table })),
  );
  return named.sort(({ table: a }, { table: b }) => (a.name < b.name ? -1 : 1));
}

/** What a table, or another object of the schema, is called. */
export function nameIn({ logical }: SchemaName, name: string): string {
  return logical === '' ? name : `${logical}.${name}`;
}

function tableOf(found: CatalogTable, schema: SchemaName): TableSchema {
  return {
    name: nameIn(schema, found.table),
    columns: (found.columns ?? []).map(columnOf),
    key: found.key ?? [],
    unique: found.unique ?? [],
    estimatedRows: found.rows,
  };
}

function columnOf({ name, type, labels, notNull, hasDefault }: CatalogColumn): Column {
  const read = parsePostgresType(type);
  return {
    name,
    type: labels === null ? read : { kind: 'enum', native: type, labels },
    nullable: !notNull,
    ...(hasDefault ? { hasDefault } : {}),
  };
}

/** Lists the tables that other tables inherit from, partitioned ones apart, as SQL writes them. */
export async function readInheritedParents(session: Pick<Session, 'rows'>): Promise<ReadonlySet<string>> {
  const rows = await session.rows(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relhassubclass and c.relkind in ('r', 'f')`,
    [],
    'look for inherited tables',
  );
  return new Set(rows.map(({ schema, name }) => `${quoteName(schema as string)}.${quoteName(name as string)}`));
}
