import type { WaybillError } from '../../../core/model/errors.ts';
import type { Column, TableName } from '../../../core/model/schema.ts';
import { damaged, notJson } from '../fault.ts';

/** The version of the line format. */
const formatVersion = 1;

/** Makes the first line of a part file, without the line break: format version, table, columns and their kinds. */
export function headerLine(table: TableName, columns: readonly Column[]): string {
  return JSON.stringify({
    waybill: formatVersion,
    table,
    columns: columns.map((column) => [column.name, column.type.kind]),
  });
}

/** Whether a line is the header of a part file of any version. */
export function isHeaderLine(line: string): boolean {
  return /^\{"waybill":\d/.test(line);
}

/** Makes the error for a first line that is not the expected header. */
export function wrongHeader(file: string, found: string, table: TableName): WaybillError {
  const header = parsed(found);
  if (header === undefined) return notJson(file, 'line 1');
  if (header?.waybill === undefined) return damaged(file, 'line 1 is not a header');
  if (header.waybill !== formatVersion) return damaged(file, `line 1 is not of format version ${formatVersion}`);
  if (header.table !== table) return damaged(file, `line 1 is the header of another table, not of ${table}`);
  return damaged(file, `line 1 names other columns of ${table} than manifest.json does`);
}

function parsed(line: string): { readonly waybill?: unknown; readonly table?: unknown } | null | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
