import { pgFloat64Text } from '../../core/mapping/convert/float-text.ts';
import type { Column, ColumnType, TableSchema } from '../../core/model/schema.ts';
import type { Part } from '../../core/ports/source.ts';
import { rangeCondition } from '../sql/key-range.ts';
import { keyColumns, keyText } from '../sql/keys.ts';
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
    const where = partCondition(table, { after: ends.at(-1) ?? null, upTo: null }, collations);
    const sql = `select ${list} from ${quotedTable} ${where} order by ${names.join(', ')}
      offset ${maxRows - 1} rows fetch next 2 rows only`;
    const [end, next] = await pool.rows(sql, `walk the key of ${table.name}`, decodersOf(key));
    // A row ends a part only when another row follows it.
    if (end === undefined || next === undefined) break;
    ends.push(end.map(keyText));
  }
  return [null, ...ends].map((after, i) => ({ number: i + 1, after, upTo: ends[i] ?? null }));
}

/** Whether canonical text determines a value's place in the key order. That of a sql_variant depends on its type too. */
function isComparable({ type }: Column): boolean {
  return type.kind !== 'other' && type.kind !== 'json' && baseOf(type) !== 'sql_variant';
}

/** `where …` for the rows of a part; empty when both ends are open. */
export function partCondition(table: TableSchema, part: Pick<Part, 'after' | 'upTo'>, collations: Collations): string {
  const terms = keyColumns(table).map(({ name, type }) => ({
    sql: quoteName(name),
    literal: (end: string) => literalOf(type, end, collations.get(name)),
  }));
  return rangeCondition(terms, part);
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
