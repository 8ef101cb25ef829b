import type { Column, TableSchema } from '../../core/model/schema.ts';
import type { Findings, OrphanQuestion, Spellings } from '../../core/ports/source.ts';
import { columnOf, type Dialect } from '../sql/dialect.ts';
import { duplicateLabels, groupsFrom } from '../sql/duplicate-sql.ts';
import { columnNamed, labelColumns, rowLabel } from '../sql/keys.ts';
import type { Naming } from '../sql/naming.ts';
import { childConditions, orphanQueries, parentMatch, spellingPairs, textColumns } from '../sql/orphan-sql.ts';
import { errnoOf } from './errors.ts';
import { quoteName, quoteText } from './names.ts';
import type { SessionPool } from './session-pool.ts';
import { decodersOf, selected } from './wire/decode.ts';

/**
 * Questions that the source answers with its own comparison, as the legacy application relied on: most collations ignore
 * case and trailing spaces.
 */

/** The database that is queried, and how it names tables. */
export interface InspectedDatabase {
  readonly pool: SessionPool;
  readonly naming: Naming;
}

function dialectOf({ naming }: InspectedDatabase): Dialect {
  return { naming, quoteName, quoteText, selected, asText };
}

/** Numbers and dates are compared as text: as numbers, every text without digits would equal 0. */
function asText(sql: string, { kind }: Column['type']): string {
  if (kind === 'text' || kind === 'enum' || kind === 'set') return sql;
  return `cast(${kind === 'bits' ? `${sql} + 0` : sql} as char)`;
}

/** Counts child rows without a parent and names the first ones. */
export async function findOrphans(
  database: InspectedDatabase,
  question: OrphanQuestion,
  limit: number,
): Promise<Findings> {
  const { child, columns } = question;
  const { pool } = database;
  const queries = orphanQueries(dialectOf(database), question, limit);
  const doing = `look for orphans in ${child.name}`;
  try {
    const count = await countOf(pool, queries.count, doing);
    if (count === 0) return { count, keys: [], isComplete: true };
    const named = labelColumns(child, columns);
    const rows = await pool.rows(queries.labels, doing, decodersOf(named));
    return { count, keys: rows.map((row) => rowLabel(named, row)), isComplete: true };
  } catch (error) {
    return { count: 0, keys: [], ...incomplete(error, notComparable) };
  }
}

const notComparable = 'the two sides of the reference have collations that the server cannot compare';

/** Counts child rows whose parent has their key in another spelling, and lists the pairs of keys. */
export async function findSpellings(
  database: InspectedDatabase,
  question: OrphanQuestion,
  limit: number,
): Promise<Spellings> {
  const { child, parent, columns, parentColumns } = question;
  const dialect = dialectOf(database);
  const { pool, naming } = database;
  const own = columns.map((name) => bytesOf(columnOf(dialect, 'c', { name })));
  const theirs = parentColumns.map((name) => bytesOf(columnOf(dialect, 'p', { name })));
  const differing = textColumns(child, columns).map((name) => columns.indexOf(name));
  if (differing.length === 0) return { count: 0, pairs: [], isComplete: true };
  const from = `${naming(child.name)} c join ${naming(parent.name)} p on ${parentMatch(dialect, question)}
    where ${childConditions(dialect, question)} and (${differing.map((i) => `${own[i]} <> ${theirs[i]}`).join(' or ')})`;
  const doing = `look for spellings in ${child.name}`;
  try {
    const count = await countOf(pool, `select count(*) from ${from}`, doing);
    if (count === 0 || limit === 0) return { count, pairs: [], isComplete: true };
    const list = [...own, ...theirs].join(', ');
    const rows = await pool.rows(`select distinct ${list} from ${from} limit ${limit}`, doing);
    return { count, pairs: spellingPairs(rows, columns.length), isComplete: true };
  } catch (error) {
    return { count: 0, pairs: [], ...incomplete(error, notComparable) };
  }
}

/** A text as its UTF-8 bytes, which are compared exactly. */
function bytesOf(quotedColumn: string): string {
  return `cast(convert(${quotedColumn} using utf8mb4) as binary)`;
}

interface DuplicateQuestion {
  readonly table: TableSchema;
  readonly columns: readonly string[];
  readonly limit: number;
}

/** Counts the groups that share a value, and names the first row of each by its key, or by the value without a key. */
export async function findDuplicates(
  database: InspectedDatabase,
  { table, columns, limit }: DuplicateQuestion,
): Promise<Findings> {
  const { pool } = database;
  const dialect = dialectOf(database);
  const doing = `look for duplicates in ${table.name}`;
  const sorted = columns.every((name) => isShort(columnNamed(table, name))) ? 'sql_big_result' : '';
  const groups = `select ${sorted} 1 from ${groupsFrom(dialect, table, columns)}`;
  const count = await countOf(pool, `select count(*) from (${groups}) g`, doing);
  if (count === 0) return { count, keys: [], isComplete: true };
  const named = labelColumns(table, columns);
  const sql = `${duplicateLabels(dialect, table, columns)} limit ${limit}`;
  const rows = await pool.rows(sql, doing, decodersOf(named));
  return { count, keys: rows.map((row) => rowLabel(named, row)), isComplete: true };
}

const longestSorted = 250;

/**
 * Whether sorting distinguishes any two values: it compares max_sort_length bytes, several for a character. Then groups can
 * be found by sorting, which for a million groups is 15 times faster than the temporary table that the server would choose.
 */
function isShort({ type }: Column): boolean {
  if (type.kind !== 'text' && type.kind !== 'bytes' && type.kind !== 'json') return true;
  return type.length !== undefined && type.length <= longestSorted;
}

async function countOf(pool: SessionPool, sql: string, doing: string): Promise<number> {
  const [[count] = []] = await pool.rows(sql, doing);
  return Number(count);
}

/** ER_CANT_AGGREGATE_2COLLATIONS, …3COLLATIONS, …NCOLLATIONS */
const collationErrors = [1267, 1270, 1271];

function incomplete(error: unknown, note: string): { readonly isComplete: false; readonly note: string } {
  const errno = errnoOf((error as Error).cause ?? {});
  if (errno === undefined || !collationErrors.includes(errno)) throw error;
  return { isComplete: false, note };
}
