import type { Column, Kind, TableSchema } from '../../core/model/schema.ts';
import { wholeNumber } from '../../core/model/value.ts';
import type { Findings, OrphanQuestion, Spellings } from '../../core/ports/source.ts';
import { errnoOf } from './errors.ts';
import { keyColumns, rowLabel } from './key-range.ts';
import { type Naming, quoteName, quoteText } from './names.ts';
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

/** Counts child rows without a parent and names the first ones. */
export async function findOrphans(
  { pool, naming }: InspectedDatabase,
  question: OrphanQuestion,
  limit: number,
): Promise<Findings> {
  const { child, parent, columns } = question;
  const from = `${naming(child.name)} c where ${takesPart(question).join(' and ')}
    and not exists (select 1 from ${naming(parent.name)} p where ${matchOf(question)})`;
  const doing = `look for orphans in ${child.name}`;
  try {
    const count = await countOf(pool, `select count(*) from ${from}`, doing);
    if (count === 0) return { count, keys: [], isComplete: true };
    const named = labelColumns(child, columns);
    const list = named.map(({ name, type }) => selected(`c.${quoteName(name)}`, type)).join(', ');
    const order = named.map(({ name }) => `c.${quoteName(name)}`).join(', ');
    const rows = await pool.rows(
      `select ${list} from ${from} order by ${order} limit ${limit}`,
      doing,
      decodersOf(named),
    );
    return { count, keys: labels(named, rows), isComplete: true };
  } catch (error) {
    return { count: 0, keys: [], ...incomplete(error, notComparable) };
  }
}

const notComparable = 'the two sides of the reference have collations that the server cannot compare';

/** Counts child rows whose parent has their key in another spelling, and lists the pairs of keys. */
export async function findSpellings(
  { pool, naming }: InspectedDatabase,
  question: OrphanQuestion,
  limit: number,
): Promise<Spellings> {
  const { child, parent, columns, parentColumns } = question;
  const [own, theirs] = [columns.map((name) => bytesOf(`c.${quoteName(name)}`)), parentColumns.map(parentBytes)];
  const texts = columns.flatMap((name, i) =>
    columnNamed(child, name).type.kind === 'text' ? [`${own[i]} <> ${theirs[i]}`] : [],
  );
  if (texts.length === 0) return { count: 0, pairs: [], isComplete: true };
  const from = `${naming(child.name)} c join ${naming(parent.name)} p on ${matchOf(question)}
    where ${takesPart(question).join(' and ')} and (${texts.join(' or ')})`;
  const doing = `look for spellings in ${child.name}`;
  try {
    const count = await countOf(pool, `select count(*) from ${from}`, doing);
    if (count === 0 || limit === 0) return { count, pairs: [], isComplete: true };
    const list = [...own, ...theirs].join(', ');
    const rows = await pool.rows(`select distinct ${list} from ${from} limit ${limit}`, doing);
    const pairs = rows.map((row) => row.map(String));
    const ends = columns.length;
    return {
      count,
      pairs: pairs.map((pair) => ({ child: pair.slice(0, ends), parent: pair.slice(ends) })),
      isComplete: true,
    };
  } catch (error) {
    return { count: 0, pairs: [], ...incomplete(error, notComparable) };
  }
}

/** A text as its UTF-8 bytes, which are compared exactly. */
function bytesOf(quotedColumn: string): string {
  return `cast(convert(${quotedColumn} using utf8mb4) as binary)`;
}

function parentBytes(name: string): string {
  return bytesOf(`p.${quoteName(name)}`);
}

/** Whether the parent row `p` is the one that the child row `c` refers to. */
function matchOf({ columns, parentColumns }: OrphanQuestion): string {
  return columns.map((name, i) => `p.${quoteName(parentColumns[i] as string)} = c.${quoteName(name)}`).join(' and ');
}

function takesPart({ child, columns, none, when }: OrphanQuestion): readonly string[] {
  const conditions = columns.map((name) => `c.${quoteName(name)} is not null`);
  for (const name of columns) conditions.push(...isAnyOf(columnNamed(child, name), none).map((each) => `not ${each}`));
  if (when !== undefined) conditions.push(`${asText(columnNamed(child, when.column))} in (${texts(when.equals)})`);
  return conditions;
}

/** The condition that a column has one of these values; empty when it cannot have any of them. */
function isAnyOf(column: Column, values: readonly string[]): readonly string[] {
  if (!integers.includes(column.type.kind))
    return values.length === 0 ? [] : [`${asText(column)} in (${texts(values)})`];
  // Integers are compared as numbers: a conversion to text costs the server more than the parent lookup.
  const numbers = values.filter((value) => wholeNumber.test(value));
  return numbers.length === 0 ? [] : [`c.${quoteName(column.name)} in (${numbers.join(', ')})`];
}

const integers: readonly Kind[] = ['int16', 'int32', 'int64', 'uint64'];

/** Numbers and dates are compared as text: as numbers, every text without digits would equal 0. */
function asText({ name, type }: Column): string {
  const column = `c.${quoteName(name)}`;
  if (type.kind === 'text' || type.kind === 'enum' || type.kind === 'set') return column;
  return `cast(${type.kind === 'bits' ? `${column} + 0` : column} as char)`;
}

function texts(values: readonly string[]): string {
  return values.map(quoteText).join(', ');
}

interface DuplicateQuestion {
  readonly table: TableSchema;
  readonly columns: readonly string[];
  readonly limit: number;
}

/** Counts the groups that share a value, and names the first row of each by its key, or by the value without a key. */
export async function findDuplicates(
  { pool, naming }: InspectedDatabase,
  { table, columns, limit }: DuplicateQuestion,
): Promise<Findings> {
  const quoted = columns.map(quoteName);
  const present = quoted.map((name) => `${name} is not null`).join(' and ');
  const from = `${naming(table.name)} where ${present} group by ${quoted.join(', ')} having count(*) > 1`;
  const doing = `look for duplicates in ${table.name}`;
  const sorted = columns.every((name) => isShort(columnNamed(table, name))) ? 'sql_big_result' : '';
  const count = await countOf(pool, `select count(*) from (select ${sorted} 1 from ${from}) g`, doing);
  if (count === 0) return { count, keys: [], isComplete: true };
  const named = labelColumns(table, columns);
  const sql = table.key.length === 0 ? groupValues(named, from) : firstRows(table, quoted, from, naming);
  const rows = await pool.rows(`${sql} limit ${limit}`, doing, decodersOf(named));
  return { count, keys: labels(named, rows), isComplete: true };
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

function groupValues(named: readonly Column[], from: string): string {
  const list = named.map(({ name, type }) => `min(${selected(quoteName(name), type)})`).join(', ');
  return `select ${list} from ${from} order by ${list}`;
}

/**
 * The first row of each group: the least first key column, then the least second one among the rows with that first column,
 * and so on. Window functions would be simpler, but legacy servers (MySQL 5) lack them.
 */
function firstRows(table: TableSchema, group: readonly string[], from: string, naming: Naming): string {
  const key = table.key.map(quoteName);
  const least = (i: number) => `least${i}`;
  const values = group.map((name, i) => `${name} as value${i}`);
  let sql = `select ${values.join(', ')}, min(${key[0]}) as least0 from ${from}`;
  for (let i = 1; i < key.length; i++) {
    const leastKeys = key.slice(0, i).map((_, k) => `d.${least(k)}`);
    const all = [...group.map((_, k) => `d.value${k}`), ...leastKeys].join(', ');
    const same = [
      ...group.map((name, k) => `t.${name} = d.value${k}`),
      ...key.slice(0, i).map((name, k) => `t.${name} = ${leastKeys[k]}`),
    ];
    sql = `select ${all}, min(t.${key[i]}) as ${least(i)}
      from (${sql}) d join ${naming(table.name)} t on ${same.join(' and ')} group by ${all}`;
  }
  const types = keyColumns(table).map(({ type }) => type);
  const list = types.map((type, i) => selected(`f.${least(i)}`, type)).join(', ');
  return `select ${list} from (${sql}) f order by ${types.map((_, i) => `f.${least(i)}`).join(', ')}`;
}

function labelColumns(table: TableSchema, columns: readonly string[]): readonly Column[] {
  return table.key.length > 0 ? keyColumns(table) : columns.map((name) => columnNamed(table, name));
}

function labels(named: readonly Column[], rows: readonly Parameters<typeof rowLabel>[1][]): readonly string[] {
  const names = named.map(({ name }) => name);
  return rows.map((row) => rowLabel(names, row));
}

/** The column of that name. */
export function columnNamed(table: TableSchema, name: string): Column {
  const column = table.columns.find((each) => each.name === name);
  if (column === undefined) throw new Error(`${table.name} has no column ${name}`);
  return column;
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
