import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { Expected } from '../progress.ts';

/** The rows that each mapping is expected to read: the estimate of its source table, less the rows that were read before. */
export function expectedProgress(
  mappings: readonly PlannedMapping[],
  tables: ReadonlyMap<string, TableSchema>,
  before: readonly { readonly mapping: string; readonly read: number }[] = [],
): readonly Expected[] {
  return mappings.map(({ name, source }) => {
    const own = before.filter(({ mapping }) => mapping === name);
    const estimate = tables.get(source.name)?.estimatedRows ?? null;
    const rows = estimate && Math.max(estimate - own.reduce((sum, { read }) => sum + read, 0), 0);
    return { table: name, rows };
  });
}
