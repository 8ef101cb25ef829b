import { foldKey } from '../../core/mapping/convert/fold.ts';
import type { ColumnType, Kind, TableSchema } from '../../core/model/schema.ts';
import { wholeNumber } from '../../core/model/value.ts';
import type { Findings, OrphanQuestion, Spellings } from '../../core/ports/source.ts';
import type { Naming } from '../sql/naming.ts';
import { quoteName, quoteNames } from './names.ts';
import type { TextRow } from './session.ts';
import type { SessionPool } from './session-pool.ts';

/** Counts child rows without a parent and names the first ones. */
export async function findOrphans(
  pool: SessionPool,
  naming: Naming,
  question: OrphanQuestion,
  limit: number,
): Promise<Findings> {
  const { child, columns } = question;
  const values: unknown[] = [];
  const conditions = takesPart(question, values);
  conditions.push(`not exists (select from ${naming(question.parent.name)} p where ${matchOf(question)})`);
  const from = `${naming(child.name)} c where ${conditions.join(' and ')}`;
  const doing = `look for orphans in ${child.name}`;
  const count = await countOf(pool, `select count(*) as rows from ${from}`, values, doing);
  if (count === 0) return { count, keys: [], isComplete: true };
  const names = child.key.length > 0 ? child.key : columns;
  const order = quoteNames(names, 'c');
  const rows = await pool.rows(`select ${order} from ${from} order by ${order} limit ${limit}`, values, doing);
  return { count, keys: rows.map((row) => keyText(row, names)), isComplete: true };
}

/** The conditions that a child row refers to something. Their values are added to `values`. */
function takesPart({ child, columns, none, when }: OrphanQuestion, values: unknown[]): string[] {
  const conditions = columns.map((column) => `c.${quoteName(column)} is not null`);
  for (const column of columns) conditions.push(...isNoneOf(child, column, none, values));
  if (when !== undefined) {
    values.push(when.equals.map(foldKey));
    conditions.push(`${foldedSql(`c.${quoteName(when.column)}`)} = any ($${values.length}::text[])`);
  }
  return conditions;
}

/**
 * Counts child rows whose parent has their key in another spelling, and lists the pairs of keys. Columns of citext and of a
 * collation that is not deterministic have such keys.
 */
export async function findSpellings(
  pool: SessionPool,
  naming: Naming,
  question: OrphanQuestion,
  limit: number,
): Promise<Spellings> {
  const { child, parent, columns, parentColumns } = question;
  const own = columns.map((column) => exactText(`c.${quoteName(column)}`));
  const theirs = parentColumns.map((column) => exactText(`p.${quoteName(column)}`));
  const differing = columns.flatMap((column, i) =>
    typeOf(child, column)?.kind === 'text' ? [`${own[i]} <> ${theirs[i]}`] : [],
  );
  if (differing.length === 0) return { count: 0, pairs: [], isComplete: true };
  const values: unknown[] = [];
  const conditions = [...takesPart(question, values), `(${differing.join(' or ')})`];
  const from = `${naming(child.name)} c join ${naming(parent.name)} p on ${matchOf(question)}
    where ${conditions.join(' and ')}`;
  const doing = `look for spellings in ${child.name}`;
  const count = await countOf(pool, `select count(*) as rows from ${from}`, values, doing);
  if (count === 0 || limit === 0) return { count, pairs: [], isComplete: true };
  const list = [...own, ...theirs].map((text, i) => `${text} as t${i}`);
  const rows = await pool.rows(`select distinct ${list.join(', ')} from ${from} limit ${limit}`, values, doing);
  const textsOf = (row: TextRow, first: number): readonly string[] =>
    columns.map((_, i) => row[`t${first + i}`] as string);
  const pairs = rows.map((row) => ({ child: textsOf(row, 0), parent: textsOf(row, columns.length) }));
  return { count, pairs, isComplete: true };
}

/** A text that is compared byte by byte, whatever its column does. */
function exactText(quotedColumn: string): string {
  return `${quotedColumn}::text collate "C"`;
}

/**
 * The condition that a column has none of these values; empty when it cannot have any of them. Integers and uuids are not
 * converted to text, which costs the server more than the parent lookup.
 */
function isNoneOf(table: TableSchema, column: string, none: readonly string[], values: unknown[]): readonly string[] {
  const quoted = `c.${quoteName(column)}`;
  const kind = typeOf(table, column)?.kind;
  if (kind === 'int16' || kind === 'int32' || kind === 'int64') {
    const numbers = none.filter((value) => wholeNumber.test(value));
    return numbers.length === 0 ? [] : [`${quoted} not in (${numbers.join(', ')})`];
  }
  const possible = kind === 'uuid' ? none.filter((value) => value.length === 36) : none;
  if (possible.length === 0) return [];
  values.push(possible.map(foldKey));
  return [`${foldedSql(quoted)} <> all ($${values.length}::text[])`];
}

/** `foldKey` in SQL. */
function foldedSql(column: string): string {
  return `lower(rtrim(${column}::text, ' '))`;
}

/** Compares columns of different types, which legacy references may join, as text. */
function matchOf({ child, columns, parent, parentColumns }: OrphanQuestion): string {
  return columns
    .map((column, i) => {
      const parentColumn = parentColumns[i] as string;
      const isAlike = familyOf(child, column) === familyOf(parent, parentColumn);
      const cast = isAlike ? '' : '::text';
      return `p.${quoteName(parentColumn)}${cast} = c.${quoteName(column)}${cast}`;
    })
    .join(' and ');
}

const numeric: readonly Kind[] = ['int16', 'int32', 'int64', 'uint64', 'decimal'];

function typeOf(table: TableSchema, column: string): ColumnType | undefined {
  return table.columns.find(({ name }) => name === column)?.type;
}

function familyOf(table: TableSchema, column: string): string {
  const type = typeOf(table, column);
  if (type === undefined) return 'unknown';
  if (numeric.includes(type.kind)) return 'number';
  return type.kind === 'enum' ? `enum ${type.native}` : type.kind;
}

interface DuplicateQuestion {
  readonly table: TableSchema;
  readonly columns: readonly string[];
  readonly limit: number;
}

/** Counts the groups that share a value, and names the first row of each by its key, or by the value without a key. */
export async function findDuplicates(
  pool: SessionPool,
  naming: Naming,
  { table, columns, limit }: DuplicateQuestion,
): Promise<Findings> {
  const group = columns.map((column) => groupable(table, column)).join(', ');
  const present = columns.map((column) => `t.${quoteName(column)} is not null`).join(' and ');
  const from = `${naming(table.name)} t where ${present}`;
  const doing = `look for duplicates in ${table.name}`;
  const groups = `select from ${from} group by ${group} having count(*) > 1`;
  const count = await countOf(pool, `select count(*) as rows from (${groups}) g`, [], doing);
  if (count === 0) return { count, keys: [], isComplete: true };
  const names = table.key.length > 0 ? table.key : columns;
  const order = names.map((name) => groupable(table, name)).join(', ');
  const ranked = `
    select ${quoteNames(names, 't')}, row_number() over (partition by ${group} order by ${order}) as place,
      count(*) over (partition by ${group}) as size
    from ${from}`;
  const first = `
    select ${quoteNames(names, 't')} from (${ranked}) t
    where t.place = 1 and t.size > 1 order by ${order} limit ${limit}`;
  const rows = await pool.rows(first, [], doing);
  return { count, keys: rows.map((row) => keyText(row, names)), isComplete: true };
}

/** The type `json` has no equality, so its text is compared. */
function groupable(table: TableSchema, column: string): string {
  const type = typeOf(table, column);
  return `t.${quoteName(column)}${type?.native === 'json' ? '::text' : ''}`;
}

async function countOf(pool: SessionPool, sql: string, values: readonly unknown[], doing: string): Promise<number> {
  const [row] = await pool.rows(sql, values, doing);
  return Number(row?.rows);
}

function keyText(row: TextRow, names: readonly string[]): string {
  return names.map((name) => `${name}=${row[name] ?? 'NULL'}`).join(', ');
}
