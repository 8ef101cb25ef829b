import type { TableName } from '../../core/model/schema.ts';

/** A quoted identifier: `` `MIR.ORDER` ``. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A quoted literal. The session's sql_mode is empty, so a backslash escapes. */
export function quoteText(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&').replaceAll('\0', '\\0')}'`;
}

/** How a table's logical name is written in SQL. */
export type Naming = (table: TableName) => string;

/** `c01.tbl_order` is in the database that `schemas` names for `c01`, else in `c01`. A bare name is in the URL's database. */
export function namingOf(schemas: Readonly<Record<string, string>>): Naming {
  return (table) => {
    const dot = table.indexOf('.');
    if (dot < 0) return quoteName(table);
    const logical = table.slice(0, dot);
    return `${quoteName(schemas[logical] ?? logical)}.${quoteName(table.slice(dot + 1))}`;
  };
}
