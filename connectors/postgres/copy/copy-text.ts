import type { TableSchema } from '../../../core/model/schema.ts';
import type { Row, Value } from '../../../core/model/value.ts';

/** Parses one line of COPY text into a row. */
export type LineReader = (line: string) => Row;

/** Parses the unescaped text of one cell that is not NULL. */
export type CellReader = (text: string) => Value;

/** Builds a cell reader for each column of a table. */
export function cellReaders(table: TableSchema): readonly CellReader[] {
  return table.columns.map(({ type }): CellReader => {
    if (type.kind === 'boolean') return (text) => text === 't';
    if (type.kind === 'bytes') return (text) => Buffer.from(text.slice(2), 'hex');
    if (type.kind === 'textArray') return parseTextArray;
    return (text) => text;
  });
}

/** Builds a reader for lines with all columns of a table in its order. */
export function lineReader(table: TableSchema): LineReader {
  const readers = cellReaders(table);
  return (line) =>
    line.split('\t').map((field, i) => (field === '\\N' ? null : (readers[i] as CellReader)(unescapeField(field))));
}

const named: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
const escaped = /\\(x[0-9a-f]{1,2}|[0-7]{1,3}|[\s\S])/gi;

/**
 * Unescapes one field: `a\tb` → `a⇥b`. The server sends only the named escapes and `\\`. Octal and hexadecimal escapes, which
 * `copy from` accepts as well, are read as characters below U+0080, and any other `\c` is `c`.
 */
export function unescapeField(field: string): string {
  if (!field.includes('\\')) return field;
  return field.replace(escaped, (_, code: string) => {
    const digits = /^x(.+)/i.exec(code)?.[1];
    if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16) & 0x7f);
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 0x7f);
    return named[code] ?? code;
  });
}

/**
 * Parses a one-dimensional array literal: `{a,NULL,"b c"}` → `['a', null, 'b c']`. A literal of another shape (several
 * dimensions, explicit bounds) is returned as it is, so that nothing is lost.
 */
export function parseTextArray(literal: string): Value {
  if (literal === '{}') return [];
  if (!literal.startsWith('{') || literal.startsWith('{{')) return literal;
  const members: (string | null)[] = [];
  for (let at = 1; at < literal.length; ) {
    const end = literal[at] === '"' ? endOfQuoted(literal, at) : endOfBare(literal, at);
    const text = literal.slice(at, end);
    if (text.startsWith('"')) members.push(text.slice(1, -1).replace(/\\([\s\S])/g, '$1'));
    else members.push(text === 'NULL' ? null : text);
    at = end + 1;
  }
  return members;
}

/** The index after the closing quote. */
function endOfQuoted(literal: string, start: number): number {
  for (let quote = literal.indexOf('"', start + 1); quote >= 0; quote = literal.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (literal[quote - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return quote + 1;
  }
  return literal.length;
}

function endOfBare(literal: string, start: number): number {
  const comma = literal.indexOf(',', start);
  return comma < 0 ? literal.length - 1 : comma;
}
