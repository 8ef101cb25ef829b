import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { rowText } from '../../core/model/row-text.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { Row } from '../../core/model/value.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { expectedRows } from './expected-rows.ts';

/** A target table with all mappings that feed it, and the columns to compare. */
export interface ComparedTable {
  readonly table: TableSchema;
  readonly feeds: readonly PlannedMapping[];
  /** Columns of the compared lines. The plan requires the same columns in the same order from all mappings of a table. */
  readonly columns: readonly string[];
}

/** Lists the tables that the mappings feed, in the order of the first mapping of each. */
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

/** A row that the target must hold. */
export interface ComparedRow {
  readonly planned: PlannedMapping;
  /** The source row. */
  readonly row: Row;
  /** The canonical line of the compared columns. */
  readonly line: string;
}

/** Reads and maps the source rows of all feeds again, as the target must hold them now. */
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
