import type { TableName } from '../../core/model/schema.ts';

/** How a table's logical name is written in SQL. */
export type Naming = (table: TableName) => string;

/**
 * `c01.orders` is in the schema (MySQL: database) that `schemas` names for `c01`, else in `c01`. The session decides where a bare name
 * is.
 */
export function schemaNaming(quoteName: (name: string) => string, schemas: Readonly<Record<string, string>>): Naming {
  return (table) => {
    const dot = table.indexOf('.');
    if (dot < 0) return quoteName(table);
    const logical = table.slice(0, dot);
    return `${quoteName(schemas[logical] ?? logical)}.${quoteName(table.slice(dot + 1))}`;
  };
}
