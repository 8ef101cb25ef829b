import { recordedValue } from '../../core/model/records.ts';
import { indexOf } from '../../core/model/row-key.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { Row, Value } from '../../core/model/value.ts';

/** A text that tells source rows apart: of the key's values, or of the whole row when the table has no key. */
export function identityOf(table: TableSchema): (row: Row) => string {
  const names = table.key.length > 0 ? table.key : table.columns.map((c) => c.name);
  const indexes = names.map((name) => indexOf(table, name));
  return (row) => JSON.stringify(indexes.map((i) => recordedValue(row[i] as Value)));
}
