import type { TableSchema } from './schema.ts';
import type { Row, Value } from './value.ts';

/** Names a source row in records and checks: `ID=42`, several columns joined by `, `; null when the table has no key. */
export function rowKey(table: TableSchema, row: Row): string | null {
  if (table.key.length === 0) return null;
  return table.key.map((name) => `${name}=${keyValueText(row[indexOf(table, name)] as Value)}`).join(', ');
}

/** The index of a column in the table's rows; -1 when the table has no such column. */
export function indexOf(table: TableSchema, column: string): number {
  return table.columns.findIndex((c) => c.name === column);
}

function keyValueText(value: Value): string {
  return value instanceof Uint8Array ? `(${value.length} bytes)` : String(value);
}
