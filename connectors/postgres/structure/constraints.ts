import type {
  CheckStructure,
  ForeignKeyAction,
  ForeignKeyStructure,
  IndexPart,
  IndexStructure,
} from '../../../core/ports/structure.ts';
import type { LocatedTable } from '../schema.ts';
import type { TextRow } from '../session.ts';
import type { StructureReader } from './structure-reader.ts';

/** What belongs to one table, in name order. */
type OfTable<T> = (located: LocatedTable) => readonly T[];

const ofTables = `from pg_class c join pg_namespace n on n.oid = c.relnamespace`;
const isRead = `n.nspname = any ($1::text[]) and c.relkind in ('r', 'p', 'f') and not c.relispartition`;

/**
 * The index of an exclusion constraint is a part of that constraint. The statement of a deferrable constraint is that of the
 * constraint, since no index is deferrable. The statement of a partitioned table covers its partitions.
 */
const indexesQuery = `
select n.nspname as schema, c.relname as "table", x.relname as name, m.amname as method,
  case when i.indisprimary then 'primary' when i.indisunique then 'unique' else 'plain' end as kind,
  (
    select json_agg(json_build_object(
      'isKey', k.position <= i.indnkeyatts,
      'column', a.attname,
      'expression', case when k.attnum = 0 then pg_get_indexdef(i.indexrelid, k.position::integer, false) end,
      'isDescending', k.position <= i.indnkeyatts and i.indoption[k.position - 1] & 1 = 1
    ) order by k.position)
    from unnest(i.indkey::int2[]) with ordinality as k (attnum, position)
    left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
  ) as parts,
  pg_get_expr(i.indpred, i.indrelid) as predicate,
  case when k.condeferrable
    then format('ALTER TABLE %I ADD CONSTRAINT %I %s', c.relname, k.conname, pg_get_constraintdef(k.oid))
    else regexp_replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') end as definition
${ofTables}
join pg_index i on i.indrelid = c.oid
join pg_class x on x.oid = i.indexrelid
join pg_am m on m.oid = x.relam
left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u')
where ${isRead} and not i.indisexclusion
order by x.relname collate "C"`;

interface CatalogPart extends Omit<IndexPart, 'prefix'> {
  readonly isKey: boolean;
}

/** Reads the indexes of tables. */
export async function readIndexes({ ask, perTable, plain }: StructureReader): Promise<OfTable<IndexStructure>> {
  const rowsOf = perTable(await ask(indexesQuery));
  return (located) => rowsOf(located).map((row) => indexOf(row, plain));
}

function indexOf(row: TextRow, plain: (sql: string) => string): IndexStructure {
  const parts = JSON.parse(row.parts as string) as readonly CatalogPart[];
  return {
    name: row.name as string,
    kind: row.kind as IndexStructure['kind'],
    method: row.method as string,
    parts: parts
      .filter(({ isKey }) => isKey)
      .map(({ column, expression, isDescending }) => ({
        column,
        expression: expression === null ? null : plain(expression),
        prefix: null,
        isDescending,
      })),
    includes: parts.filter(({ isKey }) => !isKey).map(({ column }) => column as string),
    predicate: row.predicate == null ? null : plain(row.predicate),
    definition: plain(row.definition as string),
  };
}

/** A foreign key to a partitioned table has a copy for each partition. */
const foreignKeysQuery = `
select n.nspname as schema, c.relname as "table", k.conname as name, pn.nspname as parent_schema, p.relname as parent,
  ${namesOf('k.conkey', 'k.conrelid')} as columns, ${namesOf('k.confkey', 'k.confrelid')} as parent_columns,
  k.confdeltype as on_delete, k.confupdtype as on_update, k.convalidated as is_validated,
  k.condeferrable as is_deferrable, k.condeferred as is_deferred
${ofTables}
join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' and k.conparentid = 0
join pg_class p on p.oid = k.confrelid
join pg_namespace pn on pn.oid = p.relnamespace
where ${isRead}
order by k.conname collate "C"`;

function namesOf(numbers: string, table: string): string {
  return `(select json_agg(a.attname order by o.position) from unnest(${numbers}) with ordinality as o (attnum, position)
    join pg_attribute a on a.attrelid = ${table} and a.attnum = o.attnum)`;
}

const actions: Readonly<Record<string, ForeignKeyAction>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
};

/** Reads the foreign keys of tables. */
export async function readForeignKeys({
  ask,
  perTable,
  nameOf,
}: StructureReader): Promise<OfTable<ForeignKeyStructure>> {
  const rowsOf = perTable(await ask(foreignKeysQuery));
  return (located) =>
    rowsOf(located).map((row) => ({
      name: row.name as string,
      columns: JSON.parse(row.columns as string) as string[],
      parent: nameOf(located.schema, row.parent_schema as string, row.parent as string),
      parentColumns: JSON.parse(row.parent_columns as string) as string[],
      onDelete: actions[row.on_delete as string] as ForeignKeyAction,
      onUpdate: actions[row.on_update as string] as ForeignKeyAction,
      isValidated: row.is_validated === 't',
      ...(row.is_deferrable === 't' ? { deferrable: row.is_deferred === 't' ? 'deferred' : 'immediate' } : {}),
    }));
}

const checksQuery = `
select n.nspname as schema, c.relname as "table", k.conname as name, pg_get_expr(k.conbin, k.conrelid) as expression,
  k.convalidated as is_validated
${ofTables}
join pg_constraint k on k.conrelid = c.oid and k.contype = 'c'
where ${isRead}
order by k.conname collate "C"`;

/** Reads the checks of tables. */
export async function readChecks({ ask, perTable, plain }: StructureReader): Promise<OfTable<CheckStructure>> {
  const rowsOf = perTable(await ask(checksQuery));
  return (located) =>
    rowsOf(located).map((row) => ({
      name: row.name as string,
      expression: plain(row.expression as string),
      isValidated: row.is_validated === 't',
    }));
}
