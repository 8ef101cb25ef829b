import { canonicalForms } from '../../core/model/canonical-form.ts';
import type { Column, Kind, TableSchema } from '../../core/model/schema.ts';
import type { Findings, OrphanQuestion, Spellings } from '../../core/ports/source.ts';
import { columnNamed, labelColumns, rowLabel } from '../sql/keys.ts';
import type { Naming } from '../sql/naming.ts';
import { parentMatch, spellingPairs } from '../sql/orphan-sql.ts';
import { numberOf } from './errors.ts';
import { literalOf } from './key-range.ts';
import { quoteName, quoteText } from './names.ts';
import type { SessionPool } from './session-pool.ts';
import { type Decoder, decoderOf, decodersOf, selected } from './wire/values.ts';

/**
 * Questions that the source answers with its own comparison, as the legacy application relied on: most collations ignore
 * case, and all of them trailing spaces.
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
    and not exists (select 1 from ${naming(parent.name)} p where ${parentMatch({ quoteName }, question)})`;
  const doing = `look for orphans in ${child.name}`;
  try {
    const count = await countOf(pool, `select count_big(*) from ${from}`, doing);
    if (count === 0 || limit === 0) return { count, keys: [], isComplete: true };
    const named = labelColumns(child, columns);
    const list = named.map(({ name, type }) => selected(`c.${quoteName(name)}`, type)).join(', ');
    const order = named.map(({ name }) => `c.${quoteName(name)}`).join(', ');
    const rows = await pool.rows(
      `select top (${limit}) ${list} from ${from} order by ${order}`,
      doing,
      decodersOf(named),
    );
    return { count, keys: rows.map((row) => rowLabel(named, row)), isComplete: true };
  } catch (error) {
    return { count: 0, keys: [], ...incomplete(error) };
  }
}

/** Counts child rows whose parent has their key in another spelling, and lists the pairs of keys. */
export async function findSpellings(
  { pool, naming }: InspectedDatabase,
  question: OrphanQuestion,
  limit: number,
): Promise<Spellings> {
  const { child, parent, columns, parentColumns } = question;
  const own = columns.map((name) => spellingOf(child, name, 'c'));
  const theirs = parentColumns.map((name) => spellingOf(parent, name, 'p'));
  const differ = own.flatMap(({ sql, text }, i) => (text !== null ? [`${sql} <> ${theirs[i]?.sql}`] : []));
  if (differ.length === 0) return { count: 0, pairs: [], isComplete: true };
  const from = `${naming(child.name)} c join ${naming(parent.name)} p on ${parentMatch({ quoteName }, question)}
    where ${takesPart(question).join(' and ')} and (${differ.join(' or ')})`;
  const doing = `look for spellings in ${child.name}`;
  try {
    const count = await countOf(pool, `select count_big(*) from ${from}`, doing);
    if (count === 0 || limit === 0) return { count, pairs: [], isComplete: true };
    const all = [...own, ...theirs];
    const shown = all.map(({ sql, text }) => (text === null ? sql : `min(${text})`));
    const groups = all.map(({ sql }) => sql);
    const rows = await pool.rows(
      `select top (${limit}) ${shown.join(', ')} from ${from} group by ${groups.join(', ')}`,
      doing,
      all.map(({ decode }) => decode),
    );
    return { count, pairs: spellingPairs(rows, columns.length), isComplete: true };
  } catch (error) {
    return { count: 0, pairs: [], ...incomplete(error) };
  }
}

interface Spelling {
  /** What is compared exactly: the bytes of a text, any other value as it is selected. */
  readonly sql: string;
  /** The text; null for any other value. */
  readonly text: string | null;
  readonly decode: Decoder;
}

function spellingOf(table: TableSchema, name: string, alias: string): Spelling {
  const { type } = columnNamed(table, name);
  const sql = selected(`${alias}.${quoteName(name)}`, type);
  const decode = decoderOf(type);
  if (type.kind !== 'text') return { sql, text: null, decode };
  return { sql: `convert(varbinary(8000), ${sql})`, text: sql, decode };
}

function takesPart({ child, columns, none, when }: OrphanQuestion): readonly string[] {
  const conditions = columns.map((name) => `c.${quoteName(name)} is not null`);
  for (const name of columns) conditions.push(...isAnyOf(columnNamed(child, name), none).map((each) => `not ${each}`));
  if (when !== undefined) {
    const [chosen = '1 = 0'] = isAnyOf(columnNamed(child, when.column), when.equals);
    conditions.push(chosen);
  }
  return conditions;
}

/** The condition that a column has one of these values; empty when it cannot have any of them. */
function isAnyOf({ name, type }: Column, values: readonly string[]): readonly string[] {
  const possible = values.filter((value) => isValueOf(type.kind, value));
  if (possible.length === 0) return [];
  const literals = possible.map((value) => (type.kind === 'text' ? quoteText(value) : literalOf(type, value)));
  return [`c.${quoteName(name)} in (${literals.join(', ')})`];
}

function isValueOf(kind: Kind, value: string): boolean {
  if (kind === 'boolean') return value === 'true' || value === 'false';
  const form = (canonicalForms as Partial<Record<Kind, RegExp>>)[kind];
  return form === undefined || form.test(value);
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
  const from = `${naming(table.name)} where ${present}`;
  const groups = `from ${from} group by ${quoted.join(', ')} having count_big(*) > 1`;
  const doing = `look for duplicates in ${table.name}`;
  const count = await countOf(pool, `select count_big(*) from (select 1 as one ${groups}) g`, doing);
  if (count === 0 || limit === 0) return { count, keys: [], isComplete: true };
  const named = labelColumns(table, columns);
  const list = named.map(({ name, type }) => selected(quoteName(name), type)).join(', ');
  const order = named.map(({ name }) => quoteName(name)).join(', ');
  const sql =
    table.key.length === 0
      ? `select top (${limit}) ${list} ${groups} order by ${order}`
      : `select top (${limit}) ${list} from (${firstRows(quoted, order, from)}) d
         where [rows of group] > 1 and [place in group] = 1 order by ${order}`;
  const rows = await pool.rows(sql, doing, decodersOf(named));
  return { count, keys: rows.map((row) => rowLabel(named, row)), isComplete: true };
}

/** The key of each row with its place in its group, and with the number of rows in that group. */
function firstRows(group: readonly string[], key: string, from: string): string {
  const partition = `partition by ${group.join(', ')}`;
  return `select ${key}, row_number() over (${partition} order by ${key}) as [place in group],
    count_big(*) over (${partition}) as [rows of group] from ${from}`;
}

async function countOf(pool: SessionPool, sql: string, doing: string): Promise<number> {
  const [[count] = []] = await pool.texts(sql, doing);
  return Number(count);
}

/** The server's numbers for two collations, and for two types, that cannot be compared. */
const notComparable = [468, 402, 206];

function incomplete(error: unknown): { readonly isComplete: false; readonly note: string } {
  if (!notComparable.includes(numberOf((error as Error).cause) ?? 0)) throw error;
  return {
    isComplete: false,
    note: 'the two sides of the reference have types or collations that the server cannot compare',
  };
}
