/** A statement in the text of a file, without its semicolon. */
export interface Statement {
  /** The table that it is about, as it writes it, quotes included. */
  readonly table: string;
  readonly sql: string;
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
}

/** One that builds an index. */
export interface IndexStatement extends Statement {
  /** As the statement writes it, quotes included. */
  readonly name: string;
}

/** One that adds foreign keys, and nothing else. */
export interface ForeignKeyStatement extends Statement {
  readonly keys: readonly {
    /** As the statement writes it, quotes included. */
    readonly name: string;
    /** `add constraint … foreign key …`. */
    readonly sql: string;
  }[];
}

const identifier = `(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*)`;
const tableName = `${identifier}(?:\\.${identifier})?`;
const buildsIndex = new RegExp(
  String.raw`^create\s+(?:unique\s+)?index\s+(?!concurrently\b|if\b)(${identifier})\s+on\s+(${tableName})(?=[\s(])`,
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

const columns = String.raw`\s*\((?:[^()'"]|"(?:[^"]|"")+")*\)`;
const addsTo = new RegExp(String.raw`^alter\s+table\s+(?:only\s+)?(${tableName})\s+(?=add\s)`, 'i');
const action = String.raw`on\s+(?:delete|update)\s+(?:no\s+action|restrict|cascade|set\s+null|set\s+default)`;
const attribute = String.raw`match\s+(?:full|simple)|${action}|(?:not\s+)?deferrable|initially\s+(?:deferred|immediate)`;
const addsKey = new RegExp(
  String.raw`add\s+constraint\s+(${identifier})\s+foreign\s+key${columns}\s*references\s+${tableName}(?:${columns})?(?:\s*\b(?:${attribute})\b)*`,
  'iy',
);

/** The statements that add nothing but foreign keys of given names, in their order. */
export function foreignKeyStatements(text: string): ForeignKeyStatement[] {
  return statements(text).flatMap(({ start, end }) => {
    const sql = text.slice(start, end);
    const [head, table] = addsTo.exec(sql) ?? [];
    if (head === undefined || table === undefined) return [];
    const keys: { name: string; sql: string }[] = [];
    for (let at = head.length; ; ) {
      addsKey.lastIndex = at;
      const [clause, name] = addsKey.exec(sql) ?? [];
      if (clause === undefined || name === undefined) return [];
      keys.push({ name, sql: clause });
      at += clause.length;
      if (at === sql.length) return [{ table, keys, sql, start, end }];
      const comma = /^\s*,\s*/.exec(sql.slice(at))?.[0];
      if (comma === undefined) return [];
      at += comma.length;
    }
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
