import type { Column, ColumnType } from '../../core/model/schema.ts';
import type { Naming } from './naming.ts';

/** How a database writes the questions that the SQL connectors share. */
export interface Dialect {
  readonly naming: Naming;
  quoteName(name: string): string;
  quoteText(text: string): string;
  /** Writes a column or expression of this type as a query must select it, so that its value is exact. */
  selected(sql: string, type: ColumnType): string;
  /** Writes a column of this type as the text that values are compared with. */
  asText(sql: string, type: ColumnType): string;
}

/** A column of the table that a query calls `alias`. */
export function columnOf({ quoteName }: Dialect, alias: string, { name }: Pick<Column, 'name'>): string {
  return `${alias}.${quoteName(name)}`;
}
