/** A statement of a DDL file, without its semicolon. */
export interface Statement {
  /** The table that it changes, as written, quotes included. */
  readonly table: string;
  readonly sql: string;
  /** Offset of its first character in the file. */
  readonly start: number;
  readonly end: number;
}

/** A statement that builds an index. */
export interface IndexStatement extends Statement {
  /** As written, quotes included. */
  readonly name: string;
}

/** A statement that only adds foreign keys. */
export interface ForeignKeyStatement extends Statement {
  readonly keys: readonly {
    /** As written, quotes included. */
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

/** Finds the statements that build a named index, in their order. */
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

/** Finds the statements that add only named foreign keys, in their order. */
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

/** Blanks and comments, a semicolon, text that can contain a semicolon, or any other character. */
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

/** Blanks and comments, texts, a name, or any other character. */
const word = new RegExp(
  [
    String.raw`(?<skipped>\s+|--[^\n]*|/\*[\s\S]*?\*/)`,
    String.raw`(?<![a-z0-9_$])e'(?:[^'\\]|\\[\s\S]|'')*'`,
    `'(?:[^']|'')*'`,
    String.raw`(?<![a-z0-9_])(\$(?:[a-z_][a-z0-9_]*)?\$)[\s\S]*?\2`,
    `(?<name>"(?:[^"]|"")+"|[a-z_\u0080-\uffff][\\w$\u0080-\uffff]*)`,
    String.raw`[\s\S]`,
  ].join('|'),
  'giu',
);

/** Words before a name that is not that of a type. */
const beforeOther =
  /^(?:add|column|constraint|drop|exists|extension|index|key|on|only|owner|references|rename|schema|table|to|using)$/i;

/**
 * Where a type or operator class of this name is used without its schema: behind another name or a closing parenthesis, as in `address
 * citext`, `returns citext`, `lower(name) gin_trgm_ops`.
 */
export function typeUses(text: string, name: string): number[] {
  const found: number[] = [];
  let before: string | null = null;
  for (const { 0: piece, index, groups } of text.matchAll(word)) {
    if (groups?.skipped !== undefined) continue;
    const isSame = (piece.startsWith('"') ? unquoted(piece) : piece.toLowerCase()) === name;
    const canBeType = isSame && before !== null && !beforeOther.test(before);
    if (canBeType && !/^\s*\./.test(text.slice(index + piece.length))) found.push(index);
    before = groups?.name !== undefined || piece === ')' ? piece : null;
  }
  return found;
}

function unquoted(name: string): string {
  return name.slice(1, -1).replaceAll('""', '"');
}

/** The text before the statement that is at a place. */
export function textBefore(text: string, at: number): string {
  return text.slice(0, statements(text).findLast(({ start }) => start <= at)?.start ?? 0);
}

/** Whether a file begins or ends a transaction itself. The `end` of a function's body is not told from one. */
export function controlsTransaction(text: string): boolean {
  return statements(text).some(({ start }) =>
    /^(?:begin|start\s+transaction|commit|rollback|abort)\b/i.test(text.slice(start)),
  );
}

/** The statements of a file, without semicolons and comments around them. */
export function statementTexts(text: string): string[] {
  return statements(text).map(({ start, end }) => text.slice(start, end));
}

/** Finds where statements begin and end, without semicolons and comments around them. Nested comments are not supported. */
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
