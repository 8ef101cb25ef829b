import type { Column, Kind, TableSchema } from '../../core/model/schema.ts';
import { type Row, wholeNumber } from '../../core/model/value.ts';
import type { OrphanQuestion, Spellings } from '../../core/ports/source.ts';
import { columnOf, type Dialect } from './dialect.ts';
import { columnNamed, labelColumns } from './keys.ts';

/** The queries that count the child rows without a parent, and that read the labels of the first ones. */
export function orphanQueries(
  dialect: Dialect,
  question: OrphanQuestion,
  limit: number,
): { readonly count: string; readonly labels: string } {
  const { child, parent, columns } = question;
  const from = `${dialect.naming(child.name)} c where ${childConditions(dialect, question)}
    and not exists (select 1 from ${dialect.naming(parent.name)} p where ${parentMatch(dialect, question)})`;
  const named = labelColumns(child, columns);
  const list = named.map((column) => dialect.selected(columnOf(dialect, 'c', column), column.type)).join(', ');
  const order = named.map((column) => columnOf(dialect, 'c', column)).join(', ');
  return {
    count: `select count(*) from ${from}`,
    labels: `select ${list} from ${from} order by ${order} limit ${limit}`,
  };
}

/** Whether the parent row `p` is the one that the child row `c` refers to. */
export function parentMatch(
  { quoteName }: Pick<Dialect, 'quoteName'>,
  { columns, parentColumns }: OrphanQuestion,
): string {
  return columns.map((name, i) => `p.${quoteName(parentColumns[i] as string)} = c.${quoteName(name)}`).join(' and ');
}

/** Whether the child row `c` refers to a parent at all, and takes part in the question. */
export function childConditions(dialect: Dialect, { child, columns, none, when }: OrphanQuestion): string {
  const conditions = columns.map((name) => `c.${dialect.quoteName(name)} is not null`);
  for (const name of columns)
    conditions.push(...isAnyOf(dialect, columnNamed(child, name), none).map((each) => `not ${each}`));
  if (when !== undefined) conditions.push(isText(dialect, columnNamed(child, when.column), when.equals));
  return conditions.join(' and ');
}

/** The condition that a column has one of these values; empty when it cannot have any of them. */
function isAnyOf(dialect: Dialect, column: Column, values: readonly string[]): readonly string[] {
  if (!integers.includes(column.type.kind)) return values.length === 0 ? [] : [isText(dialect, column, values)];
  // Integers are compared as numbers: a conversion to text costs the server more than the parent lookup.
  const numbers = values.filter((value) => wholeNumber.test(value));
  return numbers.length === 0 ? [] : [`${columnOf(dialect, 'c', column)} in (${numbers.join(', ')})`];
}

const integers: readonly Kind[] = ['int16', 'int32', 'int64', 'uint64'];

function isText(dialect: Dialect, column: Column, values: readonly string[]): string {
  const text = dialect.asText(columnOf(dialect, 'c', column), column.type);
  return `${text} in (${values.map(dialect.quoteText).join(', ')})`;
}

/** Splits rows of the child's key and the parent's key into pairs. @param width columns of a key. */
export function spellingPairs(rows: readonly Row[], width: number): Spellings['pairs'] {
  return rows
    .map((row) => row.map(String))
    .map((texts) => ({ child: texts.slice(0, width), parent: texts.slice(width) }));
}

/** The names of those columns of a reference that hold text. */
export function textColumns(child: TableSchema, columns: readonly string[]): readonly string[] {
  return columns.filter((name) => columnNamed(child, name).type.kind === 'text');
}
