import { pgFloat64Text } from '../../core/mapping/convert/float-text.ts';
import type { Column, ColumnType, TableSchema } from '../../core/model/schema.ts';
import type { Part } from '../../core/ports/source.ts';
import { rangeCondition as rangeOf } from '../sql/key-range.ts';
import { keyColumns, keyText } from '../sql/keys.ts';
import { quoteName, quoteText } from './names.ts';
import type { SessionPool } from './session-pool.ts';
import { decodersOf, selected } from './wire/decode.ts';

/** A table that is one part, with both ends open. */
const wholeTable: Part = { number: 1, after: null, upTo: null };

/**
 * Cuts a table into key ranges of `maxRows` rows by walking its whole primary key. It does so for small tables too: equal
 * data must be cut equally, and the server's estimate changes by itself.
 *
 * @param quotedTable the table as SQL writes it.
 */
export async function cutIntoParts(
  pool: SessionPool,
  table: TableSchema,
  quotedTable: string,
  maxRows: number,
): Promise<readonly Part[]> {
  const key = keyColumns(table);
  if (key.length === 0 || !key.every(isComparable)) return [wholeTable];
  const names = key.map(({ name }) => quoteName(name));
  const columns = key.map(({ type }, i) => selected(names[i] as string, type)).join(', ');
  const ends: (readonly string[])[] = [];
  for (;;) {
    const where = rangeCondition(table, { after: ends.at(-1) ?? null, upTo: null });
    const sql = `select ${columns} from ${quotedTable} ${where} order by ${names.join(', ')} limit 2 offset ${maxRows - 1}`;
    const [end, next] = await pool.rows(sql, `walk the key of ${table.name}`, decodersOf(key));
    // A row ends a part only when another row follows it.
    if (end === undefined || next === undefined) break;
    const texts = end.map(keyText);
    // Half a surrogate pair (sql/utf8.ts) cannot be sent back for a comparison.
    if (texts.some((text) => /\p{Surrogate}/u.test(text))) return [wholeTable];
    ends.push(texts);
  }
  return [null, ...ends].map((after, i) => ({ number: i + 1, after, upTo: ends[i] ?? null }));
}

/** Whether canonical text determines a value's place in the key order. An enum's '' can be a label or an invalid value. */
function isComparable({ type }: Column): boolean {
  if (type.kind === 'enum') return type.labels?.includes('') === false;
  return type.kind !== 'set' && type.kind !== 'json' && type.kind !== 'textArray';
}

/** `where …` for the rows of a part; empty when both ends are open. */
export function rangeCondition(table: TableSchema, part: Pick<Part, 'after' | 'upTo'>): string {
  const key = keyColumns(table).map(({ name, type }) => ({
    sql: quoteName(name),
    literal: (end: string) => literalOf(type, end),
  }));
  return rangeOf(key, part);
}

const plainNumber = /^-?\d+(\.\d+)?$/;

/**
 * Writes canonical text as a literal that compares in the column's order. Numbers are unquoted so that the index is used,
 * text takes the column's collation, and an enum is its position in the list of labels.
 */
export function literalOf(type: ColumnType, text: string): string {
  switch (type.kind) {
    case 'int16':
    case 'int32':
    case 'int64':
    case 'uint64':
    case 'decimal':
      return plainNumber.test(text) ? text : quoteText(text);
    case 'float32':
      return doubleLiteral(Math.fround(Number(text)));
    case 'float64':
      return doubleLiteral(Number(text));
    case 'enum':
      return String((type.labels ?? []).indexOf(text) + 1);
    case 'bits':
      return /^[01]+$/.test(text) ? `b'${text}'` : quoteText(text);
    case 'bytes':
      return /^\\x([0-9a-f]{2})*$/.test(text) ? `x'${text.slice(2)}'` : quoteText(text);
    case 'timestamptz':
      return quoteText(text.replace(/\+00$/, ''));
    default:
      return quoteText(text);
  }
}

/** Without an exponent the literal would be a decimal, and the decimal 0.1 is not the double 0.1. */
function doubleLiteral(n: number): string {
  const text = pgFloat64Text(n);
  return text.includes('e') ? text : `${text}e0`;
}
