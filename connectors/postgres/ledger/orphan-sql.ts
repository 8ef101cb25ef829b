import type { Reference } from '../../../core/ports/ledger.ts';
import type { Naming } from '../../sql/naming.ts';
import { quoteName, quoteText } from '../names.ts';

/** The columns of a child table that resolving needs. */
export interface Shape {
  /** In column order. */
  readonly columns: readonly string[];
  /** Primary key. */
  readonly key: readonly string[];
}

/** Counts the orphans of several references of one table, `n0`, `n1`, …: one scan of the child, a hash join for each parent. */
export function countQuery(naming: Naming, table: string, references: readonly Reference[]): string {
  const counts = references.map((reference, i) => {
    return `count(*) filter (where ${isSet(reference)} and p${i}.${quoteName(reference.parentColumn)} is null) as n${i}`;
  });
  const joins = references.map((reference, i) => {
    return `left join ${naming(reference.parent)} p${i} on ${matches(reference, `p${i}`)}`;
  });
  return `select ${counts.join(', ')} from ${naming(table)} c ${joins.join(' ')}`;
}

/** The condition that the child row `c` refers to a parent that is not there. */
export function isOrphan(naming: Naming, reference: Reference): string {
  return `${isSet(reference)} and not exists (
        select from ${naming(reference.parent)} p where ${matches(reference, 'p')})`;
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
 * row if there were any. `format('%s', …)` gives the same text as COPY. The values are those of `resolveValues`.
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
  const names = pairsOf(reference).map((pair) => pair.column);
  const isSame = 'c.ctid = o.ctid and c.tableoid = o.tableoid';
  const change =
    reference.orphan === 'null'
      ? `update ${child} c set ${column} = null from orphans o where ${isSame}`
      : `delete from ${child} c using orphans o where ${isSame}`;
  return `
    with orphans as materialized (
      select c.ctid, c.tableoid, array[${textsOf(key)}]::text[] as key, array[${textsOf(names)}]::text[] as "values", format('%s', c.${column}) as value,
        ${reference.orphan === 'null' ? 'null' : rowExpression(columns)} as row_text,
        ${disagreeingExpression(naming, reference)} as disagreeing,
        row_number() over (order by ${order.join(', ')}) as place
      from ${child} c
      where ${isOrphan(naming, reference)}
    ), recorded as (
      insert into waybill.resolved
        (run, table_name, column_name, parent, action, target_schema, mapping, columns, "values", key, value, row_text, reason, disagreeing)
      select $1, $2, $3, $4, $5, $6, $7::text, $8::text[], "values", key, value, row_text,
        case when disagreeing is null then 'orphan' else 'mismatched-reference' end, coalesce(disagreeing, '{}')
      from orphans order by place
      returning 1
    ), resolved as (
      ${change} returning 1
    )
    select from recorded limit 1`;
}

function textsOf(names: readonly string[]): string {
  return names.map((name) => `format('%s', c.${quoteName(name)})`).join(', ');
}

/** The values of `resolveQuery`. */
export function resolveValues(run: string, schema: string, reference: Reference): readonly unknown[] {
  const { table, column, parent, orphan, mapping } = reference;
  return [run, table, column, parent, orphan, schema, mapping, pairsOf(reference).map((pair) => pair.column)];
}

/**
 * The columns of the child row `c` that differ from its parent, as `text[]`. Null when the parent does not exist. Where a column
 * identifies the parent, it exists if a row has that column's value. Otherwise it exists if each value of the reference is in some row.
 */
function disagreeingExpression(naming: Naming, reference: Reference): string {
  const pairs = pairsOf(reference);
  const parent = naming(reference.parent);
  const key = pairs.find(({ column }) => column === reference.identifying);
  if (pairs.length === 1) return 'null::text[]';
  const names = pairs.map(({ column }) => quoteText(column));
  const isEqual = (pair: (typeof pairs)[number]): string =>
    `p.${quoteName(pair.parentColumn)} = c.${quoteName(pair.column)}`;
  if (key === undefined) {
    const found = pairs.map((pair) => `exists (select from ${parent} p where ${isEqual(pair)})`);
    return `case when ${found.join(' and ')} then array[${names.join(', ')}] end`;
  }
  const others = pairs.map((pair, i) => `case when (${isEqual(pair)}) is not true then ${names[i]} end`);
  return `(select array_remove(array[${others.join(', ')}], null) from ${parent} p where ${isEqual(key)} limit 1)`;
}

/** The replacements of `escapeText` in `core/model/row-text.ts`, the backslash first. */
const escapes: readonly (readonly [string, string])[] = [
  ['\\\\', '\\\\\\\\'],
  ['\\b', '\\\\b'],
  ['\\f', '\\\\f'],
  ['\\n', '\\\\n'],
  ['\\r', '\\\\r'],
  ['\\t', '\\\\t'],
  // Servers before 17 read E'\v' as the letter v.
  ['\\x0b', '\\\\v'],
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
