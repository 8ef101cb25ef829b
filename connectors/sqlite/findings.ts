import type { ColumnType, TableSchema } from '../../core/model/schema.ts';
import type { Row } from '../../core/model/value.ts';
import type { Findings, OrphanQuestion, Spellings } from '../../core/ports/source.ts';
import { columnOf, type Dialect } from '../sql/dialect.ts';
import { duplicateLabels, groupsFrom } from '../sql/duplicate-sql.ts';
import { labelColumns, rowLabel } from '../sql/keys.ts';
import type { Naming } from '../sql/naming.ts';
import { childConditions, orphanQueries, parentMatch, spellingPairs, textColumns } from '../sql/orphan-sql.ts';
import type { SqliteDatabase } from './database.ts';
import { quoteName, quoteText } from './names.ts';
import { rowDecoder, selected } from './values/cell.ts';

/**
 * Questions that the file answers with SQLite's own comparison, as the legacy application relied on: by the collation of the
 * parent's column, which may ignore case or trailing blanks.
 */

/** The file that is queried, and how it names tables. */
export interface InspectedDatabase {
  readonly database: SqliteDatabase;
  readonly naming: Naming;
}

function dialectOf({ naming }: InspectedDatabase): Dialect {
  return { naming, quoteName, quoteText, selected, asText };
}

/** A text keeps the collation of its column. */
function asText(sql: string, { kind }: ColumnType): string {
  return kind === 'text' ? sql : `cast(${sql} as text)`;
}

/** Counts child rows without a parent and names the first ones. */
export async function findOrphans(
  inspected: InspectedDatabase,
  question: OrphanQuestion,
  limit: number,
): Promise<Findings> {
  const { database } = inspected;
  const { child, columns } = question;
  const queries = orphanQueries(dialectOf(inspected), question, limit);
  const doing = `look for orphans in ${child.name}`;
  const count = await countOf(database, queries.count, doing);
  if (count === 0) return { count, keys: [], isComplete: true };
  return { count, keys: await labelsOf(database, child, { columns, sql: queries.labels, doing }), isComplete: true };
}

/** Counts child rows whose parent has their key in another spelling, and lists the pairs of keys. */
export async function findSpellings(
  inspected: InspectedDatabase,
  question: OrphanQuestion,
  limit: number,
): Promise<Spellings> {
  const { database, naming } = inspected;
  const { child, parent, columns, parentColumns } = question;
  const dialect = dialectOf(inspected);
  const bytesOf = (alias: string) => (name: string) => `cast(${columnOf(dialect, alias, { name })} as blob)`;
  const [own, theirs] = [columns.map(bytesOf('c')), parentColumns.map(bytesOf('p'))];
  const differing = textColumns(child, columns).map((name) => columns.indexOf(name));
  if (differing.length === 0) return { count: 0, pairs: [], isComplete: true };
  const from = `${naming(child.name)} c join ${naming(parent.name)} p on ${parentMatch(dialect, question)}
    where ${childConditions(dialect, question)} and (${differing.map((i) => `${own[i]} <> ${theirs[i]}`).join(' or ')})`;
  const doing = `look for spellings in ${child.name}`;
  const count = await countOf(database, `select count(*) as c0 from ${from}`, doing);
  if (count === 0 || limit === 0) return { count, pairs: [], isComplete: true };
  const list = [...own, ...theirs].map((bytes, i) => `${bytes} as c${i}`).join(', ');
  const rows = await database.rows(`select distinct ${list} from ${from} limit ${limit}`, doing);
  const texts = rows.map((row) => row.map((cell) => Buffer.from(cell as Uint8Array).toString()));
  return { count, pairs: spellingPairs(texts, columns.length), isComplete: true };
}

interface DuplicateQuestion {
  readonly table: TableSchema;
  readonly columns: readonly string[];
  readonly limit: number;
}

/** Counts the groups that share a value, and names the first row of each by its key, or by the value without a key. */
export async function findDuplicates(
  inspected: InspectedDatabase,
  { table, columns, limit }: DuplicateQuestion,
): Promise<Findings> {
  const { database } = inspected;
  const dialect = dialectOf(inspected);
  const doing = `look for duplicates in ${table.name}`;
  const groups = `select 1 from ${groupsFrom(dialect, table, columns)}`;
  const count = await countOf(database, `select count(*) as c0 from (${groups}) g`, doing);
  if (count === 0) return { count, keys: [], isComplete: true };
  const sql = `${duplicateLabels(dialect, table, columns)} limit ${limit}`;
  return { count, keys: await labelsOf(database, table, { columns, sql, doing }), isComplete: true };
}

interface LabelQuery {
  readonly columns: readonly string[];
  readonly sql: string;
  readonly doing: string;
}

async function labelsOf(database: SqliteDatabase, table: TableSchema, query: LabelQuery): Promise<string[]> {
  const named = labelColumns(table, query.columns);
  const decode = rowDecoder(table.name, named);
  const rows: Row[] = (await database.rows(query.sql, query.doing)).map(decode);
  return rows.map((row) => rowLabel(named, row));
}

async function countOf(database: SqliteDatabase, sql: string, doing: string): Promise<number> {
  const [[count] = []] = await database.rows(sql, doing);
  return Number(count);
}
