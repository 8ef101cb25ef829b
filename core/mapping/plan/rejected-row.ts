import { type RejectRecord, valueOfRecorded } from '../../model/records.ts';
import { rowKey } from '../../model/row-key.ts';
import type { Row } from '../../model/value.ts';
import type { PlannedMapping } from './plan.ts';

/** The row that a reject keeps, as values again; null when it keeps a canonical line. */
export function rowOfReject({ row }: RejectRecord): Row | null {
  return typeof row === 'string' ? null : row.map(valueOfRecorded);
}

/**
 * Whether a kept row is one of the source. A staged load keeps the row that it was given, which was mapped already; the
 * record's key tells the two apart.
 */
export function isSourceRow({ source, columns, target }: PlannedMapping, { key }: RejectRecord, row: Row): boolean {
  if (row.length !== source.columns.length) return false;
  if (row.length !== columns.length) return true;
  const mapped = { ...target, columns };
  return source.key.length > 0 ? rowKey(source, row) === key : rowKey(mapped, row) !== key;
}
