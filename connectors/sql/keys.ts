import type { Column, TableSchema } from '../../core/model/schema.ts';
import type { Row, Value } from '../../core/model/value.ts';

/** The column of that name. */
export function columnNamed(table: TableSchema, name: string): Column {
  const column = table.columns.find((each) => each.name === name);
  if (column === undefined) throw new Error(`${table.name} has no column ${name}`);
  return column;
}

/** The columns of a table's key, in key order. */
export function keyColumns(table: TableSchema): readonly Column[] {
  return table.key.map((name) => columnNamed(table, name));
}

/** The columns that name a row in findings: those of the key, or the ones that were asked about without a key. */
export function labelColumns(table: TableSchema, asked: readonly string[]): readonly Column[] {
  return table.key.length > 0 ? keyColumns(table) : asked.map((name) => columnNamed(table, name));
}

/** The canonical text of a key value. */
export function keyText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (value === null) return 'NULL';
  return typeof value === 'boolean' ? String(value) : `{${value.join(',')}}`;
}

/** `column=value` joined by `, `. */
export function rowLabel(columns: readonly Column[], row: Row): string {
  return columns.map(({ name }, i) => `${name}=${keyText(row[i] as Value)}`).join(', ');
}
