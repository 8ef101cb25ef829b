import { type Naming, schemaNaming } from '../sql/naming.ts';

/** A quoted identifier: `` `MIR.ORDER` ``. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A quoted literal. The session's sql_mode is empty, so a backslash escapes. */
export function quoteText(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&').replaceAll('\0', '\\0')}'`;
}

/** `c01.tbl_order` is in the database that `schemas` names for `c01`, else in `c01`. A bare name is in the URL's database. */
export function namingOf(schemas: Readonly<Record<string, string>>): Naming {
  return schemaNaming(quoteName, schemas);
}
