/**
 * Takes the names of schemas out of SQL that the server printed: `app.mood` → `mood`. Texts, quoted names
 * and the bodies of functions stay as they are, except the text of a `regclass`, which is a name.
 */
export function withoutSchemas(sql: string, schemas: readonly string[]): string {
  if (schemas.length === 0) return sql;
  const qualifier = qualifierOf(schemas);
  const body = '\\$(\\w*)\\$[\\s\\S]*?\\$\\1\\$';
  const token = new RegExp(`${body}|'(?:[^']|'')*'(?:::reg\\w+)?|${qualifier.source}|"(?:[^"]|"")*"`, 'g');
  return sql.replace(token, (found) => {
    if (found.startsWith('$')) return found;
    if (found.startsWith("'")) return /'::reg\w+$/.test(found) ? found.replace(qualifier, '') : found;
    return found.endsWith('.') ? '' : found;
  });
}

/** The first of these schemas that the body of a function names; null when it names none. */
export function schemaInBody(sql: string, schemas: readonly string[]): string | null {
  const [, , body = ''] = /\$(\w*)\$([\s\S]*)\$\1\$/.exec(sql) ?? [];
  return schemas.find((schema) => qualifierOf([schema]).test(body)) ?? null;
}

function qualifierOf(schemas: readonly string[]): RegExp {
  return new RegExp(`(?:${schemas.map(patternOf).join('|')})\\.`, 'g');
}

/** Both ways to write the name: in double quotes, and bare where it follows no other part of a name. */
function patternOf(schema: string): string {
  const quoted = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return `"${quoted(schema.replaceAll('"', '""'))}"|(?<![\\w$."])${quoted(schema)}`;
}
