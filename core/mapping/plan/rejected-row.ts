import { type RejectRecord, valueOfRecorded } from '../../model/records.ts';
import { rowKey } from '../../model/row-key.ts';
import type { Row } from '../../model/value.ts';
import type { PlannedMapping } from './plan.ts';

/** Returns the row of a reject as values; null when the record has a canonical line. */
export function rowOfReject({ row }: RejectRecord): Row | null {
  return typeof row === 'string' ? null : row.map(valueOfRecorded);
}

/** Whether a rejected row can be a mapped row: it has the record's key under the names of the target. A source row can look the same. */
export function isLikeMappedRow({ columns, target }: PlannedMapping, { key }: RejectRecord, row: Row): boolean {
  return target.key.length > 0 && row.length === columns.length && rowKey({ ...target, columns }, row) === key;
}

/**
 * Whether a rejected row is a source row. A staged load records the row that it was given, which was already mapped; the
 * record's key distinguishes the two.
 */
export function isSourceRow({ source, columns, target }: PlannedMapping, { key }: RejectRecord, row: Row): boolean {
  if (row.length !== source.columns.length) return false;
  if (row.length !== columns.length) return true;
  const mapped = { ...target, columns };
  return source.key.length > 0 ? rowKey(source, row) === key : rowKey(mapped, row) !== key;
}
