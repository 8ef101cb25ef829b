/** What only the text of a create table statement has, since no pragma prints it. */
export interface TableDefinition {
  readonly isAutoincrement: boolean;
  readonly checks: readonly CheckDefinition[];
  column(name: string): ColumnDefinition;
}

interface CheckDefinition {
  /** Null where it has no name. */
  readonly name: string | null;
  readonly expression: string;
}

export interface ColumnDefinition {
  /** How a generated column is computed; null for a column that is written. */
  readonly expression: string | null;
  readonly collation: string | null;
}

const token =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[\p{L}\p{N}_$\u0080-\uffff]+|\s+|[\s\S]/gu;

/** Reads a create table statement that SQLite has accepted. */
export function readTableSql(sql: string): TableDefinition {
  const items = itemsOf(bodyOf(tokensOf(sql)));
  const columns = new Map(items.map((item) => [nameOf(item[0] ?? '').toLowerCase(), definitionOf(item)]));
  const none: ColumnDefinition = { expression: null, collation: null };
  return {
    isAutoincrement: items.some((item) => item.some((each) => each.toLowerCase() === 'autoincrement')),
    checks: items.flatMap(checksOf),
    column: (name) => columns.get(name.toLowerCase()) ?? none,
  };
}

/** The expressions of an index, in order, and its condition. A column is an expression too. */
export function readIndexSql(sql: string): { readonly parts: readonly string[]; readonly predicate: string | null } {
  const tokens = tokensOf(sql);
  const parts = itemsOf(bodyOf(tokens)).map((item) => textOf(withoutOrder(item)));
  const rest = tokens.slice(tokens.indexOf('(') + 1 + bodyOf(tokens).length + 1);
  const where = rest.findIndex((each) => each.toLowerCase() === 'where');
  return { parts, predicate: where < 0 ? null : textOf(rest.slice(where + 1)) };
}

/** Tokens without blanks and comments. */
function tokensOf(sql: string): readonly string[] {
  return (sql.match(token) ?? []).filter((each) => !/^(?:\s|--|\/\*)/.test(each));
}

/** What the first parentheses hold. */
function bodyOf(tokens: readonly string[]): readonly string[] {
  const start = tokens.indexOf('(');
  return start < 0 ? [] : groupAt(tokens, start);
}

/** What the parentheses at a place hold. */
function groupAt(tokens: readonly string[], start: number): readonly string[] {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    if (tokens[at] === '(') depth += 1;
    if (tokens[at] === ')') depth -= 1;
    if (depth === 0) return tokens.slice(start + 1, at);
  }
  return tokens.slice(start + 1);
}

/** Cuts tokens at the commas that are in no parentheses. */
function itemsOf(tokens: readonly string[]): readonly (readonly string[])[] {
  const items: string[][] = [[]];
  let depth = 0;
  for (const each of tokens) {
    if (each === '(') depth += 1;
    if (each === ')') depth -= 1;
    if (each === ',' && depth === 0) items.push([]);
    else items.at(-1)?.push(each);
  }
  return items;
}

/** The places of a word that are in no parentheses. */
function placesOf(item: readonly string[], word: string): readonly number[] {
  const places: number[] = [];
  let depth = 0;
  item.forEach((each, at) => {
    if (each === '(') depth += 1;
    if (each === ')') depth -= 1;
    if (depth === 0 && each.toLowerCase() === word) places.push(at);
  });
  return places;
}

function checksOf(item: readonly string[]): CheckDefinition[] {
  return placesOf(item, 'check')
    .filter((at) => item[at + 1] === '(')
    .map((at) => {
      const isNamed = item[at - 2]?.toLowerCase() === 'constraint';
      return { name: isNamed ? nameOf(item[at - 1] as string) : null, expression: textOf(groupAt(item, at + 1)) };
    });
}

function definitionOf(item: readonly string[]): ColumnDefinition {
  const as = placesOf(item, 'as').find((at) => item[at + 1] === '(');
  const collate = placesOf(item, 'collate').at(-1);
  return {
    expression: as === undefined ? null : textOf(groupAt(item, as + 1)),
    collation: collate === undefined ? null : nameOf(item[collate + 1] as string),
  };
}

function withoutOrder(item: readonly string[]): readonly string[] {
  const isOrder = /^(?:asc|desc)$/i.test(item.at(-1) ?? '');
  return isOrder ? item.slice(0, -1) : item;
}

/** A name without its quotes. */
function nameOf(text: string): string {
  const [, quote = ''] = /^(["'`[])/.exec(text) ?? [];
  if (quote === '') return text;
  return text.slice(1, -1).replaceAll(quote + quote, quote);
}

const tight = new Set(['(', ')', ',', '.']);

/** Tokens as SQL again. */
function textOf(tokens: readonly string[]): string {
  return tokens.reduce((text, each, at) => {
    const isTight = at === 0 || tight.has(each) || tokens[at - 1] === '(' || tokens[at - 1] === '.';
    const isOperator = !isTight && /^[<>=|!]$/.test(each) && /^[<>=|!]$/.test(tokens[at - 1] as string);
    return text + (isTight || isOperator ? '' : ' ') + each;
  }, '');
}
