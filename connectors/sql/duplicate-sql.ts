import type { Column, TableSchema } from '../../core/model/schema.ts';
import type { Dialect } from './dialect.ts';
import { keyColumns, labelColumns } from './keys.ts';

/** The query for the groups of rows that share a value of these columns, from `from` on. */
export function groupsFrom(dialect: Dialect, table: TableSchema, columns: readonly string[]): string {
  const quoted = columns.map(dialect.quoteName);
  const present = quoted.map((name) => `${name} is not null`).join(' and ');
  return `${dialect.naming(table.name)} where ${present} group by ${quoted.join(', ')} having count(*) > 1`;
}

/** The query that names the first row of each group by its key, or by the value without a key. */
export function duplicateLabels(dialect: Dialect, table: TableSchema, columns: readonly string[]): string {
  const from = groupsFrom(dialect, table, columns);
  return table.key.length === 0
    ? groupValues(dialect, labelColumns(table, columns), from)
    : firstRows(dialect, table, columns.map(dialect.quoteName), from);
}

function groupValues(dialect: Dialect, named: readonly Column[], from: string): string {
  const list = named.map(({ name, type }) => `min(${dialect.selected(dialect.quoteName(name), type)})`).join(', ');
  return `select ${list} from ${from} order by ${list}`;
}

/**
 * The first row of each group: the least first key column, then the least second one among the rows with that first column,
 * and so on. Window functions would be simpler, but legacy servers (MySQL 5) lack them.
 */
function firstRows(dialect: Dialect, table: TableSchema, group: readonly string[], from: string): string {
  const key = table.key.map(dialect.quoteName);
  const least = (i: number) => `least${i}`;
  const values = group.map((name, i) => `${name} as value${i}`);
  let sql = `select ${values.join(', ')}, min(${key[0]}) as least0 from ${from}`;
  for (let i = 1; i < key.length; i++) {
    const leastKeys = key.slice(0, i).map((_, k) => `d.${least(k)}`);
    const all = [...group.map((_, k) => `d.value${k}`), ...leastKeys].join(', ');
    const same = [
      ...group.map((name, k) => `t.${name} = d.value${k}`),
      ...key.slice(0, i).map((name, k) => `t.${name} = ${leastKeys[k]}`),
    ];
    sql = `select ${all}, min(t.${key[i]}) as ${least(i)}
      from (${sql}) d join ${dialect.naming(table.name)} t on ${same.join(' and ')} group by ${all}`;
  }
  const types = keyColumns(table).map(({ type }) => type);
  const list = types.map((type, i) => dialect.selected(`f.${least(i)}`, type)).join(', ');
  return `select ${list} from (${sql}) f order by ${types.map((_, i) => `f.${least(i)}`).join(', ')}`;
}
