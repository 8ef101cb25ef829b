import { type RecordedValue, type RejectRecord, recordedValue } from '../core/records.ts';
import type { TableSchema } from '../core/schema.ts';
import type { Row, Value } from '../core/value.ts';

/** How records and checks name a source row: `ID=42`; null when the table has no key. */
export function sourceKeyText(table: TableSchema, row: Row): string | null {
  if (table.key.length === 0) return null;
  return table.key.map((name) => `${name}=${keyValueText(row[indexOf(table, name)] as Value)}`).join(', ');
}

/** Where a column stands in the table's rows; -1 when it has none of this name. */
export function indexOf(table: TableSchema, column: string): number {
  return table.columns.findIndex((c) => c.name === column);
}

function keyValueText(value: Value): string {
  return value instanceof Uint8Array ? `(${value.length} bytes)` : String(value);
}

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
