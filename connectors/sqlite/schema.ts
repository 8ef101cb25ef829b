import type { Column, TableSchema } from '../../core/model/schema.ts';
import type { Catalog, LiveColumn, LiveIndex, LiveTable } from './catalog.ts';
import { parseSqliteType } from './types.ts';

/** Lists the tables of the file as a logical schema has them, in name order. */
export function tablesOf({ tables }: Catalog, logical: string): TableSchema[] {
  return tables.map((table) => tableOf(table, logical)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function tableOf(table: LiveTable, logical: string): TableSchema {
  return {
    name: nameIn(logical, table.name),
    columns: table.columns.map((column) => columnOf(table, column)),
    key: table.key,
    unique: uniqueKeys(table),
    estimatedRows: table.rows,
  };
}

/** What a table, or another object of the file, is called. */
export function nameIn(logical: string, name: string): string {
  return logical === '' ? name : `${logical}.${name}`;
}

/** A column as every part of waybill sees it. */
function columnOf(table: LiveTable, column: LiveColumn): Column {
  const isFilled = column.default !== null || column.generated !== null || isIdentity(table, column);
  return {
    name: column.name,
    type: parseSqliteType(column.native),
    nullable: !column.isRequired,
    ...(isFilled && column.default?.toLowerCase() !== 'null' ? { hasDefault: true } : {}),
  };
}

/** Whether SQLite numbers the rows of the table by this column. */
export function isIdentity({ isRowid, key }: LiveTable, { name }: LiveColumn): boolean {
  return isRowid && key[0] === name;
}

/** The columns of unique keys, in name order of their indexes. */
function uniqueKeys({ indexes, nullableKey }: LiveTable): (readonly string[])[] {
  const keys = indexes.filter(({ origin }) => origin !== 'pk' || nullableKey.length > 0).filter(isUniqueKey);
  return keys.map(({ parts }) => parts.map(({ column }) => column as string));
}

/** Whether an index keeps rows apart by the values of columns alone. */
function isUniqueKey({ isUnique, isPartial, parts }: LiveIndex): boolean {
  return isUnique && !isPartial && parts.every(({ column }) => column !== null);
}
