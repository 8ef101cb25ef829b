import { type RecordedValue, type RejectRecord, recordedValue } from '../core/records.ts';
import { indexOf } from '../core/row-key.ts';
import type { TableSchema } from '../core/schema.ts';
import type { Row, Value } from '../core/value.ts';

/** A text that tells source rows apart: of the key's values, or of the whole row when the table has no key. */
export function identityOf(table: TableSchema): (row: Row) => string {
  const names = table.key.length > 0 ? table.key : table.columns.map((c) => c.name);
  const indexes = names.map((name) => indexOf(table, name));
  return (row) => JSON.stringify(indexes.map((i) => recordedValue(row[i] as Value)));
}

/** The row that a reject keeps, as values again; null when it keeps a canonical line. */
export function rowOfReject({ row }: RejectRecord): Row | null {
  return typeof row === 'string' ? null : row.map(valueOfRecorded);
}

function valueOfRecorded(recorded: RecordedValue): Value {
  if (recorded === null || typeof recorded !== 'object' || !('bytes' in recorded)) return recorded;
  return Uint8Array.from(atob(recorded.bytes), (c) => c.charCodeAt(0));
}
