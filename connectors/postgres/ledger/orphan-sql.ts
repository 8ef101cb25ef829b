import type { Reference } from '../../../core/ports/ledger.ts';
import { type Naming, quoteName } from '../names.ts';

/** The columns of a child table that resolving needs. */
export interface Shape {
  /** In column order. */
  readonly columns: readonly string[];
  /** Primary key. */
  readonly key: readonly string[];
}

/**
 * Counts the orphans of several references of one table, `n0`, `n1`, …: one scan of the child, a hash join for each parent.
 * `child` is the relation with the rows, by default the table itself.
 */
export function countQuery(
  naming: Naming,
  table: string,
  references: readonly Reference[],
  child = naming(table),
): string {
  const counts = references.map((reference, i) => {
    return `count(*) filter (where ${isSet(reference)} and p${i}.${quoteName(reference.parentColumn)} is null) as n${i}`;
  });
  const joins = references.map((reference, i) => {
    return `left join ${naming(reference.parent)} p${i} on ${matches(reference, `p${i}`)}`;
  });
  return `select ${counts.join(', ')} from ${child} c ${joins.join(' ')}`;
}

/** Whether the child row `c` refers to anything. */
function isSet(reference: Reference): string {
  return pairsOf(reference)
    .map(({ column }) => `c.${quoteName(column)} is not null`)
    .join(' and ');
}

/** Whether the parent row is the one that the child row `c` refers to. */
function matches(reference: Reference, parent: string): string {
  return pairsOf(reference)
    .map(({ column, parentColumn }) => `${parent}.${quoteName(parentColumn)} = c.${quoteName(column)}`)
    .join(' and ');
}

/** Lists all columns of a reference with the parent columns that they refer to. */
export function pairsOf({
  column,
  parentColumn,
  also = [],
}: Reference): readonly { column: string; parentColumn: string }[] {
  return [...also, { column, parentColumn }];
}

/**
 * Resolves the orphans of one reference and records them in one statement, so that the records match the changes. It returns a
 * row if there were any. `format('%s', …)` gives the same text as COPY. $1 … $6: run, table, column, parent, action, schema.
 * `child` is the relation with the rows, by default the table itself.
 */
export function resolveQuery(
  naming: Naming,
  reference: Reference,
  { key, columns }: Shape,
  child = naming(reference.table),
): string {
  const column = quoteName(reference.column);
  const order = [...key, reference.column].map((name) => `c.${quoteName(name)}`);
  const keyTexts = key.map((name) => `format('%s', c.${quoteName(name)})`);
  const isSame = 'c.ctid = o.ctid and c.tableoid = o.tableoid';
  const change =
    reference.orphan === 'null'
      ? `update ${child} c set ${column} = null from orphans o where ${isSame}`
      : `delete from ${child} c using orphans o where ${isSame}`;
  return `
    with orphans as materialized (
      select c.ctid, c.tableoid, array[${keyTexts.join(', ')}]::text[] as key, format('%s', c.${column}) as value,
        ${reference.orphan === 'null' ? 'null' : rowExpression(columns)} as row_text,
        row_number() over (order by ${order.join(', ')}) as place
      from ${child} c
      where ${isSet(reference)} and not exists (select from ${naming(reference.parent)} p where ${matches(reference, 'p')})
    ), recorded as (
      insert into waybill.resolved (run, table_name, column_name, parent, action, target_schema, key, value, row_text)
      select $1, $2, $3, $4, $5, $6, key, value, row_text from orphans order by place
      returning 1
    ), resolved as (
      ${change} returning 1
    )
    select from recorded limit 1`;
}

/** The replacements of `escapeText` in `core/model/row-text.ts`, the backslash first. */
const escapes: readonly (readonly [string, string])[] = [
  ['\\\\', '\\\\\\\\'],
  ['\\b', '\\\\b'],
  ['\\f', '\\\\f'],
  ['\\n', '\\\\n'],
  ['\\r', '\\\\r'],
  ['\\t', '\\\\t'],
  ['\\v', '\\\\v'],
];

/** The row `c` in canonical text. */
function rowExpression(columns: readonly string[]): string {
  const cells = columns.map((name) => {
    const cell = `c.${quoteName(name)}`;
    return `case when ${cell} is not null then format('%s', ${cell}) end`;
  });
  const escaped = escapes.reduce((text, [from, to]) => `replace(${text}, E'${from}', E'${to}')`, 'cell');
  return `(
    select string_agg(coalesce(${escaped}, '\\N'), E'\\t' order by place)
    from unnest(array[${cells.join(', ')}]) with ordinality as cells (cell, place)
  )`;
}
