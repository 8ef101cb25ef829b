import type { EncodedRows } from '../../core/model/encoded.ts';
import type { Column } from '../../core/model/schema.ts';
import type { Constraint, TargetInspector } from '../../core/ports/target.ts';
import type { Naming } from '../sql/naming.ts';
import { lineBatches } from './copy/line-batches.ts';
import { readCatalog } from './ddl/catalog.ts';
import { countBoundTables, readRowSecurity } from './ddl/row-security.ts';
import { readTargetSequences } from './ddl/sequences.ts';
import { inspectorOf } from './inspector.ts';
import { quoteName, quoteNames, readingNaming, targetNaming } from './names.ts';
import { frameOf } from './row-format/copy-frame.ts';
import { cutRows } from './row-format/row-cutter.ts';
import type { RowFormats } from './row-format/row-formats.ts';
import { readInheritedParents } from './schema.ts';
import type { SessionPool } from './session-pool.ts';

/** Builds the inspector of one schema of a target. The logical schema `''` means that schema. */
export function targetInspectorOf(pool: SessionPool, schema: string, formats: RowFormats): TargetInspector {
  const naming = targetNaming(schema);
  const reading = () => readingNamingOf(pool, schema);
  const base = inspectorOf({ pool, reading, schemaOf: (logical) => ({ logical, live: logical || schema }) });
  return {
    ...base,
    async *lines(table, columns) {
      yield* readLines(pool, (await reading())(table), columns);
    },
    catalog: () => readCatalog(pool, schema),
    async *encoded(table, columns) {
      yield* readEncoded(pool, { table, quotedTable: (await reading())(table), columns, formats });
    },
    nulls: async (table, columns) => countNulls(pool, (await reading())(table), columns),
    constraints: () => readConstraints(pool, schema),
    rowSecurity: (table, probe) => pool.use((session) => readRowSecurity(session, { table, naming, probe })),
    boundTables: () => pool.use((session) => countBoundTables(session, schema)),
    sequences: () => pool.use((session) => readTargetSequences(session, schema)),
  };
}

/** The naming of tables that are read, by the catalog as it is now: the DDL may just have run. */
export async function readingNamingOf(pool: SessionPool, schema: string): Promise<Naming> {
  return readingNaming(targetNaming(schema), await readInheritedParents(pool));
}

async function* readLines(
  pool: SessionPool,
  table: string,
  columns: readonly string[],
): AsyncGenerator<readonly string[], void, undefined> {
  const session = await pool.acquire();
  try {
    // `copy` of the table itself is refused under row-level security, so a query is copied.
    const sql = `copy (select ${quoteNames(columns)} from ${table}) to stdout`;
    yield* lineBatches(session.copyOut(sql, `read ${table}`));
  } finally {
    pool.release(session);
  }
}

interface EncodedQuestion {
  readonly table: string;
  /** The table as SQL writes it. */
  readonly quotedTable: string;
  readonly columns: readonly Column[];
  readonly formats: RowFormats;
}

async function* readEncoded(
  pool: SessionPool,
  { table, quotedTable, columns, formats }: EncodedQuestion,
): AsyncGenerator<EncodedRows, void, undefined> {
  const names = columns.map(({ name }) => name);
  const format = await formats.of(table, names);
  const session = await pool.acquire();
  try {
    const sql = `copy (select ${quoteNames(names)} from ${quotedTable}) to stdout ${frameOf(format).option}`;
    yield* cutRows(session.copyOut(sql, `read ${table}`), format, 'target');
  } finally {
    pool.release(session);
  }
}

async function countNulls(
  pool: SessionPool,
  table: string,
  columns: readonly string[],
): Promise<{ column: string; count: number }[]> {
  if (columns.length === 0) return [];
  const counts = columns.map((column, i) => `count(*) filter (where ${quoteName(column)} is null) as n${i}`);
  const [row] = await pool.rows(`select ${counts.join(', ')} from ${table}`, [], `look for nulls in ${table}`);
  return columns.map((column, i) => ({ column, count: Number(row?.[`n${i}`]) })).filter(({ count }) => count > 0);
}

/** Unique indexes count as constraints if they cover all rows and only plain columns. */
const constraintQuery = `
select json_build_object(
  'table', t.relname, 'name', k.conname, 'isValidated', k.convalidated,
  'kind', case k.contype when 'p' then 'primary' when 'u' then 'unique' when 'f' then 'foreign' else 'check' end,
  'columns', array(
    select a.attname from unnest(k.conkey) with ordinality as n (attnum, place)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.attnum order by n.place
  ),
  'parent', case when pn.nspname = n.nspname then p.relname else pn.nspname || '.' || p.relname end,
  'parentColumns', array(
    select a.attname from unnest(k.confkey) with ordinality as n (attnum, place)
    join pg_attribute a on a.attrelid = k.confrelid and a.attnum = n.attnum order by n.place
  )
)::text as document
from pg_constraint k
join pg_class t on t.oid = k.conrelid
join pg_namespace n on n.oid = t.relnamespace
left join pg_class p on p.oid = nullif(k.confrelid, 0)
left join pg_namespace pn on pn.oid = p.relnamespace
where n.nspname = $1 and not t.relispartition and k.contype in ('p', 'u', 'f', 'c')
union all
select json_build_object(
  'table', t.relname, 'name', x.relname, 'isValidated', i.indisvalid, 'kind', 'unique',
  'columns', array(
    select a.attname from unnest(i.indkey::int2[]) with ordinality as n (attnum, place)
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = n.attnum
    where n.place <= i.indnkeyatts order by n.place
  ),
  'parent', null,
  'parentColumns', '[]'::json
)::text
from pg_index i
join pg_class x on x.oid = i.indexrelid
join pg_class t on t.oid = i.indrelid
join pg_namespace n on n.oid = t.relnamespace
where n.nspname = $1 and not t.relispartition
  and i.indisunique and i.indpred is null and i.indexprs is null
  and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))`;

async function readConstraints(pool: SessionPool, schema: string): Promise<Constraint[]> {
  const rows = await pool.rows(constraintQuery, [schema], 'list its constraints');
  const found = rows.map((row) => JSON.parse(row.document as string) as Constraint);
  const place = ({ table, name }: Constraint): string => `${table}\0${name}`;
  return found.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
