import type { Column } from '../../../core/model/schema.ts';
import type { ColumnStructure } from '../../../core/ports/structure.ts';
import type { LocatedTable } from '../schema.ts';
import type { TextRow } from '../session.ts';
import { parseDefault } from './column-default.ts';
import type { StructureReader } from './structure-reader.ts';

/** A serial is a default of `nextval` on a sequence that the column owns. A domain gives its default to its columns. */
const columnsQuery = `
select n.nspname as schema, c.relname as "table", a.attname as name, col_description(c.oid, a.attnum) as comment,
  a.attidentity as identity, a.attgenerated as generated,
  case when d.oid is not null then pg_get_expr(d.adbin, d.adrelid)
    when y.typtype = 'd' then pg_get_expr(y.typdefaultbin, 0) end as expression,
  exists (
    select from pg_depend o
    join pg_depend u on u.classid = 'pg_attrdef'::regclass and u.objid = d.oid
      and u.refclassid = 'pg_class'::regclass and u.refobjid = o.objid
    where o.classid = 'pg_class'::regclass and o.refclassid = 'pg_class'::regclass and o.refobjid = c.oid
      and o.refobjsubid = a.attnum and o.deptype = 'a'
  ) as owns_sequence,
  l.collname as collation, not l.collisdeterministic as ignores_case,
  case when y.typtype = 'd' then yn.nspname end as domain_schema, y.typname as domain
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type y on y.oid = a.atttypid
join pg_namespace yn on yn.oid = y.typnamespace
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
left join pg_collation l on l.oid = a.attcollation and l.collname <> 'default'
where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p', 'f') and not c.relispartition`;

/** Adds to the columns of tables what their type does not say. */
export async function readColumns({
  ask,
  plain,
  perTable,
  nameOf,
}: StructureReader): Promise<(located: LocatedTable) => readonly ColumnStructure[]> {
  const rowsOf = perTable(await ask(columnsQuery));
  return (located) => {
    const byName = new Map(rowsOf(located).map((row) => [row.name, row]));
    return located.table.columns.map((column) => {
      const row = byName.get(column.name) ?? {};
      const domain =
        row.domain_schema == null ? {} : { domain: nameOf(located.schema, row.domain_schema, row.domain ?? '') };
      return { ...columnOf(column, row, plain), ...domain };
    });
  };
}

function columnOf(column: Column, row: TextRow, plain: (sql: string) => string): ColumnStructure {
  const expression = row.expression == null ? null : plain(row.expression);
  const isSerial = row.owns_sequence === 't' && /^nextval\('(?:[^']|'')*'::regclass\)$/.test(expression ?? '');
  const isGenerated = Boolean(row.generated);
  return {
    ...column,
    comment: row.comment ?? null,
    default: isGenerated || isSerial ? null : parseDefault(column.type, expression),
    identity: row.identity === 'a' ? 'always' : row.identity === 'd' || isSerial ? 'by-default' : null,
    generated: isGenerated ? { expression: expression ?? '', isStored: row.generated === 's' } : null,
    collation: collationOf(column, row),
    isSetOnUpdate: false,
  };
}

function collationOf({ type }: Column, { collation, ignores_case }: TextRow): ColumnStructure['collation'] {
  const isFolded = type.native === 'citext';
  if (isFolded) return { name: collation ?? 'citext', ignores: ['case'] };
  return collation == null ? null : { name: collation, ignores: ignores_case === 't' ? ['case'] : [] };
}
