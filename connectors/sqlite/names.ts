import type { Naming } from '../sql/naming.ts';

/** A quoted identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A literal of text. SQL ends at a NUL, so a text that has one is written as its bytes. */
export function quoteText(text: string): string {
  if (text.includes('\0')) return textOfHex(Buffer.from(text).toString('hex'));
  return `'${text.replaceAll("'", "''")}'`;
}

/** A literal of text by its bytes, which need not be UTF-8. */
export function textOfHex(hex: string): string {
  return `cast(x'${hex}' as text)`;
}

/** A bare name, and `c01.orders` where `schemas` names this file's schema for `c01`, is a table of the file; nothing else is. */
export function namingOf(schema: string, schemas: Readonly<Record<string, string>>): Naming {
  return (table) => {
    const dot = table.indexOf('.');
    if (dot < 0) return `main.${quoteName(table)}`;
    const logical = table.slice(0, dot);
    const isOwn = (schemas[logical] ?? logical) === schema;
    return `${isOwn ? 'main' : quoteName(`schema ${logical}`)}.${quoteName(table.slice(dot + 1))}`;
  };
}
