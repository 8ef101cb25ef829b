import type { Column, ColumnType, TableSchema } from '../../../core/model/schema.ts';
import type { ExportedColumn, ExportedTable } from './export-manifest.ts';

/** A table as the manifest writes it down. `hasDefault` is the database's own affair and not kept. */
export function tableOfManifest(table: ExportedTable): TableSchema {
  return {
    name: table.name,
    columns: table.columns.map(columnOfManifest),
    key: table.key,
    unique: table.unique,
    estimatedRows: table.parts.reduce((rows, part) => rows + part.rows, 0),
  };
}

/** A column as the manifest writes it down. */
export function columnOfManifest(column: ExportedColumn): Column {
  const { name, nullable, kind, native, length, precision, scale, labels } = column;
  return { name, nullable, type: withoutUndefined({ kind, native, length, precision, scale, labels }) };
}

/** The manifest's way of writing a column; members stand in one order, so that texts are the same. */
export function manifestColumn(column: Column): ExportedColumn {
  const { kind, native, length, precision, scale, labels } = column.type;
  const all = { name: column.name, kind, native, nullable: column.nullable, length, precision, scale, labels };
  return withoutUndefined(all);
}

type Loose<T> = { [K in keyof T]: T[K] | undefined };

function withoutUndefined<T extends ColumnType | ExportedColumn>(value: Loose<T>): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as unknown as T;
}
