import { type Naming, schemaNaming } from '../sql/naming.ts';

/** A quoted identifier: `[Order Details]`, `[odd]]name]`. */
export function quoteName(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}

/** A quoted literal of Unicode characters. A literal cannot hold U+0000. */
export function quoteText(text: string): string {
  const parts = text.split('\0').map((part) => `N'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(' + nchar(0) + ')})`;
}

/** The condition that a column of the catalog is the name of one of these schemas of the database. */
export function schemaIsIn(column: string, live: readonly string[]): string {
  return `${column} in (${live.map(quoteText).join(', ')})`;
}

/** `c01.orders` is in the schema that `schemas` names for `c01`, else in `c01`. A bare name is in the user's default schema. */
export function namingOf(schemas: Readonly<Record<string, string>>): Naming {
  return schemaNaming(quoteName, schemas);
}
