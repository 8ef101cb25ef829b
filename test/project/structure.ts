import { parseMysqlType } from '../../connectors/mysql/types.ts';
import { parsePostgresType } from '../../connectors/postgres/types.ts';
import type { ColumnStructure, Structure, TableStructure } from '../../core/ports/structure.ts';

/** A column of MySQL that may be null, with nothing special about it. */
export function mysqlColumn(name: string, native: string, over: Partial<ColumnStructure> = {}): ColumnStructure {
  return { ...plain, name, type: parseMysqlType(native), ...over };
}

/** The same of PostgreSQL. */
export function postgresColumn(name: string, native: string, over: Partial<ColumnStructure> = {}): ColumnStructure {
  return { ...plain, name, type: parsePostgresType(native), ...over };
}

const plain = {
  ...{ nullable: true, comment: null, default: null, identity: null, generated: null, collation: null },
  isSetOnUpdate: false,
} as const;

/** A table of the schema `shop`. */
export function table(
  name: string,
  columns: readonly ColumnStructure[],
  over: Partial<TableStructure> = {},
): TableStructure {
  const parts = { comment: null, indexes: [], foreignKeys: [], checks: [] };
  return { name: `shop.${name}`, columns, key: [], unique: [], estimatedRows: null, ...parts, ...over };
}

export function structure(tables: readonly TableStructure[], objects: Structure['objects'] = []): Structure {
  return { tables, objects };
}

export const noFacts = { columns: new Map(), spellings: new Map() };
