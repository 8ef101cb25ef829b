import type { Column, ColumnType, TableSchema } from '../../../core/model/schema.ts';
import type { ExportedColumn, ExportedTable } from './export-manifest.ts';

/** Makes a table's schema from its manifest entry. `hasDefault` concerns only the database and is not kept. */
export function tableOfManifest(table: ExportedTable): TableSchema {
  return {
    name: table.name,
    columns: table.columns.map(columnOfManifest),
    key: table.key,
    unique: table.unique,
    estimatedRows: table.parts.reduce((rows, part) => rows + part.rows, 0),
  };
}

/** Makes a column from its manifest entry. */
export function columnOfManifest(column: ExportedColumn): Column {
  const { name, nullable, kind, native, length, precision, scale, labels } = column;
  return { name, nullable, type: withoutUndefined({ kind, native, length, precision, scale, labels }) };
}

/** Makes the manifest entry of a column. Members have a fixed order, so that the text is always the same. */
export function manifestColumn(column: Column): ExportedColumn {
  const { kind, native, length, precision, scale, labels } = column.type;
  const all = { name: column.name, kind, native, nullable: column.nullable, length, precision, scale, labels };
  return withoutUndefined(all);
}

type Loose<T> = { [K in keyof T]: T[K] | undefined };

function withoutUndefined<T extends ColumnType | ExportedColumn>(value: Loose<T>): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as unknown as T;
}
