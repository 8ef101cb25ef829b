import type { TableSchema } from '../../core/model/schema.ts';
import type { Part } from '../../core/ports/source.ts';
import { type KeyTerm, rangeCondition } from '../sql/key-range.ts';
import type { LiveTable } from './catalog.ts';
import type { SqliteDatabase } from './database.ts';
import { quoteName, quoteText, textOfHex } from './names.ts';

/** A table that is one part, with both ends open. */
const wholeTable: Part = { number: 1, after: null, upTo: null };

/**
 * Cuts a table into key ranges of `maxRows` rows by walking its whole primary key. The ends are not canonical texts but SQLite's
 * literals (`5`, `'a'`, `x'00'`): values of all storage classes may stand in one column, and a literal finds its place among
 * them.
 *
 * @param quotedTable the table as SQL writes it.
 */
export async function cutIntoParts(
  database: SqliteDatabase,
  {
    table,
    live,
    quotedTable,
  }: { readonly table: TableSchema; readonly live: LiveTable | null; readonly quotedTable: string },
  maxRows: number,
): Promise<readonly Part[]> {
  if (table.key.length === 0) return [wholeTable];
  const key = keyTerms(table, live);
  const list = table.key.map((name, i) => {
    const column = `t.${quoteName(name)}`;
    return `case typeof(${column}) when 'text' then 't' || hex(cast(${column} as blob)) else quote(${column}) end as c${i}`;
  });
  const ends: (readonly string[])[] = [];
  for (;;) {
    const where = rangeCondition(key, { after: ends.at(-1) ?? null, upTo: null });
    const sql = `select ${list.join(', ')} from ${quotedTable} t ${where} ${orderBy(key)} limit 2 offset ${maxRows - 1}`;
    const [end, next] = await database.rows(sql, `walk the key of ${table.name}`);
    // A row ends a part only when another row follows it.
    if (end === undefined || next === undefined) break;
    // Another row may have the same key only where the contract calls a key what the file does not.
    ends.push(end.map((cell) => endOf(cell as string)));
  }
  return [null, ...ends].map((after, i) => ({ number: i + 1, after, upTo: ends[i] ?? null }));
}

/** `order by …` for the rows of a part. */
export function orderBy(key: readonly KeyTerm[]): string {
  return `order by ${key.map(({ sql }) => sql).join(', ')}`;
}

const knownCollations = new Set(['binary', 'nocase', 'rtrim']);

/**
 * The columns of the key of the table `t` as they are ordered and compared: as the index of the primary key does, so that no two rows are equal.
 * That of another program's collation is not used, because only that program has it.
 */
export function keyTerms({ key }: TableSchema, live: LiveTable | null): readonly KeyTerm[] {
  const index = live?.indexes.find(({ origin }) => origin === 'pk');
  if (live?.isRowid === true) return key.map((name) => ({ sql: `t.${quoteName(name)}`, literal }));
  return key.map((name) => {
    const collation = index?.parts.find(({ column }) => column === name)?.collation.toLowerCase() ?? 'binary';
    const known = knownCollations.has(collation) ? collation : 'binary';
    return { sql: `t.${quoteName(name)} collate ${known}`, literal };
  });
}

/** The end of a range as it is written down, from SQLite's literal of a value or, after a `t`, the bytes of a text. */
function endOf(cell: string): string {
  if (!cell.startsWith('t')) return cell.toLowerCase();
  const text = Buffer.from(cell.slice(1), 'hex');
  const written = text.toString('utf8');
  return Buffer.from(written).equals(text) && !written.includes('\0') ? quoteText(written) : textOfHex(cell.slice(1));
}

const number = /^-?\d+(?:\.\d+)?(?:e[+-]\d+)?$/;
const bytes = /^(?:x'[\da-f]*'|cast\(x'[\da-f]*' as text\))$/i;

/** An end of a range as SQL; one that was changed by hand is read as text. */
function literal(end: string): string {
  if (number.test(end) || bytes.test(end)) return end;
  const text = /^'(.*)'$/s.exec(end)?.[1];
  return quoteText(text === undefined ? end : text.replaceAll("''", "'"));
}
