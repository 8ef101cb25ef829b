/** A quoted identifier of PostgreSQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quoted identifiers, joined. */
export function quoteNames(names: readonly string[]): string {
  return names.map(quoteName).join(', ');
}

/** A quoted literal of PostgreSQL. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
