/** A statement that builds one index, inside the text of a file of DDL. */
export interface IndexStatement {
  /** As the statement writes it, quotes included. */
  readonly name: string;
  /** The same for the table. */
  readonly table: string;
  readonly sql: string;
  /** Its place in the text, without the semicolon. */
  readonly start: number;
  readonly end: number;
}

const identifier = `(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*)`;
const buildsIndex = new RegExp(
  String.raw`^create\s+(?:unique\s+)?index\s+(?!concurrently\b|if\b)(${identifier})\s+on\s+(${identifier}(?:\.${identifier})?)(?=[\s(])`,
  'i',
);

/** The statements that build an index of the given name, in their order. */
export function indexStatements(text: string): IndexStatement[] {
  return statements(text).flatMap(({ start, end }) => {
    const sql = text.slice(start, end);
    const [, name, table] = buildsIndex.exec(sql) ?? [];
    return name === undefined || table === undefined ? [] : [{ name, table, sql, start, end }];
  });
}

/** What may hold a semicolon that ends nothing, blanks, and whatever else. */
const token = new RegExp(
  [
    String.raw`(?<skipped>\s+|--[^\n]*|/\*[\s\S]*?\*/)`,
    '(?<end>;)',
    String.raw`(?<![a-z0-9_$])e'(?:[^'\\]|\\[\s\S]|'')*'`,
    `'(?:[^']|'')*'|"(?:[^"]|"")*"`,
    String.raw`(?<![a-z0-9_])(\$(?:[a-z_][a-z0-9_]*)?\$)[\s\S]*?\3`,
    String.raw`[\s\S]`,
  ].join('|'),
  'giu',
);

/** Where statements begin and end, semicolons and comments around them left out. Nested comments are not known. */
function statements(text: string): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  let open: { start: number; end: number } | null = null;
  for (const { 0: piece, index, groups } of text.matchAll(token)) {
    if (groups?.end !== undefined) open = null;
    else if (groups?.skipped === undefined) {
      if (open === null) {
        open = { start: index, end: index };
        found.push(open);
      }
      open.end = index + piece.length;
    }
  }
  return found;
}
