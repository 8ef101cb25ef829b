import { candidateIds } from '../../core/mapping/plan/candidate-ids.ts';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { isSourceRow, rowOfReject } from '../../core/mapping/plan/rejected-row.ts';
import type { RowRecord } from '../../core/model/records.ts';
import { indexOf } from '../../core/model/row-key.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { tallyOfMapping } from './relation-sides.ts';

/** Ids of rows that exist in the source and not in the target: rejected, filtered, or taken out by resolving. */
export interface LostParents {
  has(id: string): boolean;
  /** Lost rows whose id cannot be told from their record. */
  readonly unknown: number;
}

/**
 * Reads the records of one parent table for what its lost rows had in the column that is pointed at, its key or another
 * unique one; cheap when no row of it was lost.
 */
export async function lostParents(
  context: ValidationContext,
  parent: PlannedMapping,
  column: string,
): Promise<LostParents> {
  const ids = new Set<string>();
  let unknown = 0;
  const { rejected, filtered } = tallyOfMapping(context, parent);
  if (rejected + filtered === 0) return { has: () => false, unknown };
  const valuesOf =
    parent.target.key.join() === column
      ? (record: RowRecord) => candidateIds(context.plan, parent, record.key)
      : await carriedValue(context, parent, column);
  for await (const record of context.records(parent.name)) {
    if (record.kind === 'adjustment') continue;
    const own = valuesOf(record);
    for (const id of own) ids.add(id);
    if (own.length === 0) unknown++;
  }
  return { has: (id) => ids.has(id), unknown };
}

/** Reads a column that is carried out of the rows that rejects keep; filters keep none. */
async function carriedValue(
  { target }: ValidationContext,
  parent: PlannedMapping,
  column: string,
): Promise<(record: RowRecord) => readonly string[]> {
  const rule = parent.mapping.columns[column];
  if (rule?.preserves !== 'value') return () => [];
  const live = (await target.inspector.tables([''])).find((t) => t.name === parent.target.name) ?? parent.target;
  const places = { line: indexOf(live, column), source: indexOf(parent.source, rule.reads[0] ?? '') };
  const mapped = parent.columns.findIndex((c) => c.name === column);
  return (record) => {
    if (record.kind !== 'reject') return [];
    const row = rowOfReject(record);
    if (row === null)
      return String(record.row)
        .split('\t')
        .slice(places.line, places.line + 1);
    const value = row[isSourceRow(parent, record, row) ? places.source : mapped];
    return typeof value === 'string' ? [value] : [];
  };
}
