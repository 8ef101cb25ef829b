import { candidateIds } from '../../core/mapping/plan/candidate-ids.ts';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { isSourceRow, rowOfReject } from '../../core/mapping/plan/rejected-row.ts';
import type { RowRecord } from '../../core/model/records.ts';
import { indexOf } from '../../core/model/row-key.ts';
import type { ValidationContext } from '../../core/validation/validator.ts';
import { tallyOfMapping } from './relation-sides.ts';

/** Ids of parent rows that the source has and the target does not: rejected, filtered, or removed by resolving. */
export interface MissingParents {
  has(id: string): boolean;
  /** Number of missing rows whose record does not show their id. */
  readonly unknown: number;
}

/**
 * Reads the records of one parent table and collects the values that its missing rows had in the referenced column, which is
 * its key or another unique column. Reads nothing when no row is missing.
 */
export async function findMissingParents(
  context: ValidationContext,
  parent: PlannedMapping,
  column: string,
): Promise<MissingParents> {
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
    const values = valuesOf(record);
    for (const id of values) ids.add(id);
    if (values.length === 0) unknown++;
  }
  return { has: (id) => ids.has(id), unknown };
}

/** Reads a carried column from the rows in reject records; filter records hold no row. */
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
