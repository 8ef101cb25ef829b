import type { ColumnFacts, TableStructure } from '../core/ports/structure.ts';

/** `table.column` of each column that a key or a foreign key uses, on either side. */
export function keyColumns(tables: readonly TableStructure[]): ReadonlySet<string> {
  return new Set(
    tables.flatMap((table) => [...table.key.map((column) => `${table.name}.${column}`), ...referencesOf(table).flat()]),
  );
}

/** The pairs of child and parent columns of the foreign keys of a table, each as `table.column`. */
function referencesOf({ name, foreignKeys }: TableStructure): (readonly [string, string])[] {
  return foreignKeys.flatMap(({ columns, parent, parentColumns }) =>
    columns.map((column, i) => [`${name}.${column}`, `${parent}.${parentColumns[i]}`] as const),
  );
}

/**
 * How many rows are beyond a bigint, in a column or in any that foreign keys connect with it: all of these have one type, or no
 * foreign key could be made.
 */
export function beyondBigint(
  tables: readonly TableStructure[],
  facts: ReadonlyMap<string, ColumnFacts>,
): (column: string) => number {
  const groups = new Map<string, Set<string>>();
  for (const [child, parent] of tables.flatMap(referencesOf)) {
    const joined = new Set([child, parent, ...(groups.get(child) ?? []), ...(groups.get(parent) ?? [])]);
    for (const column of joined) groups.set(column, joined);
  }
  const own = (column: string): number => facts.get(column)?.beyondBigint ?? 0;
  return (column) => [...(groups.get(column) ?? [column])].reduce((sum, each) => sum + own(each), 0);
}
