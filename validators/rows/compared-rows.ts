import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { rowText } from '../../core/model/row-text.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { Row } from '../../core/model/value.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { expectedRows } from './expected-rows.ts';

/** A target table with all mappings that feed it, and what of its rows can be compared. */
export interface ComparedTable {
  readonly table: TableSchema;
  readonly feeds: readonly PlannedMapping[];
  /** Of the compared lines; the plan holds all mappings of a table to the same ones in the same order. */
  readonly columns: readonly string[];
}

/** The tables that are fed, in the order of the first mapping of each. */
export function comparedTables(mappings: readonly PlannedMapping[]): readonly ComparedTable[] {
  const tables = new Map<string, PlannedMapping[]>();
  for (const planned of mappings) {
    const feeds = tables.get(planned.target.name);
    if (feeds === undefined) tables.set(planned.target.name, [planned]);
    else feeds.push(planned);
  }
  return [...tables.values()].map((feeds) => {
    const { target, columns } = feeds[0] as PlannedMapping;
    return { table: target, feeds, columns: columns.map((c) => c.name) };
  });
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
  { feeds }: ComparedTable,
): AsyncGenerator<readonly ComparedRow[], void, undefined> {
  for (const planned of feeds) {
    for await (const batch of expectedRows(context, planned)) {
      yield batch.flatMap(({ row, resolved }) =>
        resolved === null ? [] : [{ planned, row, line: rowText(resolved) }],
      );
    }
  }
}
