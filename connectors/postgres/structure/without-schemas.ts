/**
 * Takes the names of schemas out of SQL that the server printed: `app.mood` → `mood`. Texts and quoted names stay as they are,
 * except the text of a `regclass`, which is a name.
 */
export function withoutSchemas(sql: string, schemas: readonly string[]): string {
  if (schemas.length === 0) return sql;
  const qualifier = new RegExp(`(?:${schemas.map(patternOf).join('|')})\\.`, 'g');
  const token = new RegExp(`'(?:[^']|'')*'(?:::reg\\w+)?|${qualifier.source}|"(?:[^"]|"")*"`, 'g');
  return sql.replace(token, (found) => {
    if (found.startsWith("'")) return /'::reg\w+$/.test(found) ? found.replace(qualifier, '') : found;
    return found.endsWith('.') ? '' : found;
  });
}

/** Both ways to write the name: in double quotes, and bare where it follows no other part of a name. */
function patternOf(schema: string): string {
  const quoted = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return `"${quoted(schema.replaceAll('"', '""'))}"|(?<![\\w$."])${quoted(schema)}`;
}
