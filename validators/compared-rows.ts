import type { ValidationContext } from '../core/check.ts';
import type { PlannedMapping } from '../core/plan.ts';
import { rowText } from '../core/row-text.ts';
import type { TableSchema } from '../core/schema.ts';
import type { Row, Value } from '../core/value.ts';
import { expectedRows } from './expected-rows.ts';

/** A target table with all mappings that feed it, and what of its rows can be compared. */
export interface ComparedTable {
  readonly table: TableSchema;
  readonly feeds: readonly PlannedMapping[];
  /** Of the compared lines: one mapping's own columns, or those of which every mapping says what stands in them. */
  readonly columns: readonly string[];
  /** Columns that one mapping fills and another leaves to the default of the target. */
  readonly leftOut: readonly string[];
}

/** The tables that are fed, in the order of the first mapping of each. */
export function comparedTables(mappings: readonly PlannedMapping[]): readonly ComparedTable[] {
  const tables = new Map<string, PlannedMapping[]>();
  for (const planned of mappings) {
    const feeds = tables.get(planned.target.name);
    if (feeds === undefined) tables.set(planned.target.name, [planned]);
    else feeds.push(planned);
  }
  return [...tables.values()].map(comparedTable);
}

function comparedTable(feeds: readonly PlannedMapping[]): ComparedTable {
  const [first] = feeds as readonly [PlannedMapping];
  const table = first.target;
  if (feeds.length === 1) return { table, feeds, columns: first.columns.map((c) => c.name), leftOut: [] };
  const fills = (planned: PlannedMapping, name: string): boolean => planned.columns.some((c) => c.name === name);
  const filled = table.columns.filter(({ name }) => feeds.some((planned) => fills(planned, name)));
  const isSaid = ({ name, hasDefault }: (typeof filled)[number]): boolean =>
    hasDefault !== true || feeds.every((planned) => fills(planned, name));
  const [columns, leftOut] = [filled.filter(isSaid), filled.filter((column) => !isSaid(column))];
  return { table, feeds, columns: columns.map((c) => c.name), leftOut: leftOut.map((c) => c.name) };
}

/** A row that must stand in the target. */
export interface ComparedRow {
  readonly planned: PlannedMapping;
  /** In the source. */
  readonly row: Row;
  /** The canonical line of the compared columns. */
  readonly line: string;
}

/** The rows of all feeds as they must stand now, read and mapped again. */
export async function* comparedRows(
  context: ValidationContext,
  { feeds, columns }: ComparedTable,
): AsyncGenerator<readonly ComparedRow[], void, undefined> {
  for (const planned of feeds) {
    const places = columns.map((name) => planned.columns.findIndex((c) => c.name === name));
    const lineOf = (row: Row): string => rowText(places.map((place) => (place < 0 ? null : (row[place] as Value))));
    for await (const batch of expectedRows(context, planned)) {
      yield batch.flatMap(({ row, settled }) => (settled === null ? [] : [{ planned, row, line: lineOf(settled) }]));
    }
  }
}
