import { valueText } from '../../../core/model/row-text.ts';
import type { TableName, TableSchema } from '../../../core/model/schema.ts';
import type { Row, Value } from '../../../core/model/value.ts';
import type { Part, RowBatch, Sequence } from '../../../core/ports/source.ts';

/** What an inspector needs from the files. */
export interface TableFiles {
  /** Returns tables in any order and of any schema; `schemas` are the requested ones. */
  tables(schemas: readonly string[]): Promise<readonly TableSchema[]>;
  count(table: TableName): Promise<number>;
  parts(table: TableSchema): Promise<readonly Part[]>;
  read(table: TableSchema, part: Part): AsyncIterable<RowBatch>;
  /** As the database had them; absent where the files do not say. */
  readonly sequences?: readonly Sequence[] | undefined;
}

/** Reads all rows of a table, part after part. */
export async function* tableRows(files: TableFiles, table: TableSchema): AsyncGenerator<RowBatch> {
  for (const part of await files.parts(table)) yield* files.read(table, part);
}

/**
 * Finds the places of columns in a table's rows. @throws RangeError when the table has no such column, which is the
 * caller's fault.
 */
export function placesOf(table: TableSchema, columns: readonly string[]): readonly number[] {
  return columns.map((name) => {
    const place = table.columns.findIndex((column) => column.name === name);
    if (place < 0) throw new RangeError(`${table.name} has no column "${name}"`);
    return place;
  });
}

/** Returns the canonical text of a value; a text is returned unescaped. */
export function plainText(value: Exclude<Value, null>): string {
  return typeof value === 'string' ? value : valueText(value);
}

/** Makes the name of a row in findings: `ID=7, Line=2`. */
export function rowLabel(columns: readonly string[], places: readonly number[], row: Row): string {
  return columns.map((name, i) => `${name}=${labelText(row[places[i] as number] as Value)}`).join(', ');
}

function labelText(value: Value): string {
  return value === null ? 'NULL' : plainText(value);
}
