import { pgFloat64Text } from '../../core/mapping/convert/float-text.ts';
import type { Column, ColumnType, TableSchema } from '../../core/model/schema.ts';
import type { Row, Value } from '../../core/model/value.ts';
import type { Part } from '../../core/ports/source.ts';
import type { Collations } from './collations.ts';
import { quoteName, quoteText } from './names.ts';
import type { SessionPool } from './session-pool.ts';
import { baseOf, decodersOf, selected } from './wire/values.ts';

/** A table that is one part, with both ends open. */
const wholeTable: Part = { number: 1, after: null, upTo: null };

interface Cut {
  /** The table as SQL writes it. */
  readonly quotedTable: string;
  readonly maxRows: number;
  readonly collations: Collations;
}

/**
 * Cuts a table into key ranges of `maxRows` rows by walking its whole primary key. It does so for small tables too: equal
 * data must be cut equally, and the server's estimate changes by itself.
 */
export async function cutIntoParts(
  pool: SessionPool,
  table: TableSchema,
  { quotedTable, maxRows, collations }: Cut,
): Promise<readonly Part[]> {
  const key = keyColumns(table);
  if (key.length === 0 || !key.every(isComparable)) return [wholeTable];
  const names = key.map(({ name }) => quoteName(name));
  const list = key.map(({ type }, i) => selected(names[i] as string, type)).join(', ');
  const ends: (readonly string[])[] = [];
  for (;;) {
    const where = rangeCondition(table, { after: ends.at(-1) ?? null, upTo: null }, collations);
    const sql = `select ${list} from ${quotedTable} ${where} order by ${names.join(', ')}
      offset ${maxRows - 1} rows fetch next 2 rows only`;
    const [end, next] = await pool.rows(sql, `walk the key of ${table.name}`, decodersOf(key));
    // A row ends a part only when another row follows it.
    if (end === undefined || next === undefined) break;
    ends.push(end.map(keyText));
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

/** Whether canonical text determines a value's place in the key order. That of a sql_variant depends on its type too. */
function isComparable({ type }: Column): boolean {
  return type.kind !== 'other' && type.kind !== 'json' && baseOf(type) !== 'sql_variant';
}

/** The canonical text of a key value. */
function keyText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  return value === null ? 'NULL' : String(value);
}

/** `column=value` joined by `, `. */
export function rowLabel(columns: readonly string[], row: Row): string {
  return columns.map((name, i) => `${name}=${keyText(row[i] as Value)}`).join(', ');
}

/** `where …` for the rows of a part; empty when both ends are open. */
export function rangeCondition(
  table: TableSchema,
  { after, upTo }: Pick<Part, 'after' | 'upTo'>,
  collations: Collations,
): string {
  const key = keyColumns(table);
  const ends = (texts: readonly string[]): readonly KeyEnd[] =>
    key.map(({ name, type }, i) => ({
      name: quoteName(name),
      literal: literalOf(type, texts[i] as string, collations.get(name)),
    }));
  const conditions = [
    ...(after === null ? [] : [beyond(ends(after), { strict: '>', last: '>' })]),
    ...(upTo === null ? [] : [beyond(ends(upTo), { strict: '<', last: '<=' })]),
  ];
  return conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
}

/** A key column and the value of it that ends a range, as SQL writes both. */
interface KeyEnd {
  readonly name: string;
  readonly literal: string;
}

/** Operators for all key columns but the last, and for the last. */
interface Operators {
  readonly strict: '>' | '<';
  readonly last: '>' | '<=';
}

/** `(a, b) > (1, 2)` as `a >= 1 and (a > 1 or (a = 1 and (b > 2)))`: SQL Server has no row constructors to compare. */
function beyond(ends: readonly KeyEnd[], operators: Operators): string {
  const nested = nestedComparison(ends, operators);
  const [first] = ends as [KeyEnd];
  return ends.length === 1 ? nested : `${first.name} ${operators.strict}= ${first.literal} and ${nested}`;
}

function nestedComparison(ends: readonly KeyEnd[], operators: Operators): string {
  const [{ name, literal }, ...rest] = ends as [KeyEnd, ...KeyEnd[]];
  if (rest.length === 0) return `(${name} ${operators.last} ${literal})`;
  const tied = nestedComparison(rest, operators);
  return `(${name} ${operators.strict} ${literal} or (${name} = ${literal} and ${tied}))`;
}

const plainNumber = /^-?\d+(\.\d+)?$/;

/**
 * Writes canonical text as a literal of the column's own type, so that it compares in the column's order. A datetime compares
 * with a datetime2 as other than it prints. A varchar under an old collation has another order than an nvarchar, and its
 * characters are those of its own code page.
 */
export function literalOf(type: ColumnType, text: string, collation?: string): string {
  const base = baseOf(type);
  switch (type.kind) {
    case 'int16':
    case 'int32':
    case 'int64':
    case 'decimal':
      if (!plainNumber.test(text)) return quoteText(text);
      return base.endsWith('money') ? `cast('${text}' as ${base})` : text;
    case 'float32':
    case 'float64':
      return doubleLiteral(type.kind === 'float32' ? Math.fround(Number(text)) : Number(text));
    case 'boolean':
      return text === 'true' ? '1' : '0';
    case 'bytes':
      return /^\\x([0-9a-f]{2})*$/.test(text) ? `0x${text.slice(2)}` : quoteText(text);
    case 'date':
    case 'time':
    case 'uuid':
      return `cast(${quoteText(text)} as ${type.native})`;
    case 'timestamp':
      return `cast(${quoteText(text.replace(' ', 'T'))} as ${type.native})`;
    case 'timestamptz':
      return `cast(${quoteText(text.replace(' ', 'T').replace(/\+00$/, '+00:00'))} as ${type.native})`;
    default:
      return textLiteral(base, text, collation);
  }
}

function textLiteral(base: string, text: string, collation: string | undefined): string {
  if (base === 'hierarchyid') return `cast(${quoteText(text)} as hierarchyid)`;
  if ((base !== 'varchar' && base !== 'char') || collation === undefined) return quoteText(text);
  return `cast(${quoteText(text)} collate ${collation} as varchar(8000))`;
}

/** Without an exponent the literal would be a decimal, and the decimal 0.1 is not the double 0.1. */
function doubleLiteral(n: number): string {
  const text = pgFloat64Text(n);
  return text.includes('e') ? text : `${text}e0`;
}
