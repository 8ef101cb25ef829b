import { pgFloat64Text } from '../../core/mapping/convert/float-text.ts';
import type { Column, ColumnType, TableSchema } from '../../core/model/schema.ts';
import type { Row, Value } from '../../core/model/value.ts';
import type { Part } from '../../core/ports/source.ts';
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

/** The columns of a table's key, in key order. */
export function keyColumns({ name, columns, key }: TableSchema): readonly Column[] {
  return key.map((part) => {
    const column = columns.find((each) => each.name === part);
    if (column === undefined) throw new Error(`the key of ${name} has no column ${part}`);
    return column;
  });
}

/** Whether canonical text determines a value's place in the key order. An enum's '' can be a label or an invalid value. */
function isComparable({ type }: Column): boolean {
  if (type.kind === 'enum') return type.labels?.includes('') === false;
  return type.kind !== 'set' && type.kind !== 'json' && type.kind !== 'textArray';
}

/** The canonical text of a key value. */
function keyText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (value === null) return 'NULL';
  return typeof value === 'boolean' ? String(value) : `{${value.join(',')}}`;
}

/** `column=value` joined by `, `. */
export function rowLabel(columns: readonly string[], row: Row): string {
  return columns.map((name, i) => `${name}=${keyText(row[i] as Value)}`).join(', ');
}

/** `where …` for the rows of a part; empty when both ends are open. */
export function rangeCondition(table: TableSchema, { after, upTo }: Pick<Part, 'after' | 'upTo'>): string {
  const key = keyColumns(table);
  const conditions = [
    ...(after === null ? [] : [beyond(key, after, { strict: '>', last: '>' })]),
    ...(upTo === null ? [] : [beyond(key, upTo, { strict: '<', last: '<=' })]),
  ];
  return conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
}

/** Operators for all key columns but the last, and for the last. */
interface Operators {
  readonly strict: '>' | '<';
  readonly last: '>' | '<=';
}

/**
 * `(a, b) > (1, 2)` as `a >= 1 and (a > 1 or (a = 1 and (b > 2)))`. The server uses its index for this form but not for a
 * row constructor.
 */
function beyond(key: readonly Column[], values: readonly string[], operators: Operators): string {
  const nested = nestedComparison(key, values, operators);
  if (key.length === 1) return nested;
  const [first] = key as [Column];
  return `${quoteName(first.name)} ${operators.strict}= ${literalOf(first.type, values[0] as string)} and ${nested}`;
}

function nestedComparison(key: readonly Column[], values: readonly string[], operators: Operators): string {
  const [column, ...rest] = key as [Column, ...Column[]];
  const name = quoteName(column.name);
  const literal = literalOf(column.type, values[0] as string);
  if (rest.length === 0) return `(${name} ${operators.last} ${literal})`;
  const tied = nestedComparison(rest, values.slice(1), operators);
  return `(${name} ${operators.strict} ${literal} or (${name} = ${literal} and ${tied}))`;
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
