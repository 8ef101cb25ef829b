import type { RawCell, SqliteDatabase } from '../database.ts';
import { quoteName } from '../names.ts';
import { type Family, parseSqliteType, readType } from '../types.ts';
import { type ColumnSurvey, formOf, surveyOf } from './form.ts';

/** A column as its table declares it. */
export interface DeclaredColumn {
  readonly name: string;
  readonly declared: string;
}

interface LookOptions {
  /** Whether the table is STRICT, so that SQLite has checked storage classes. */
  readonly isStrict: boolean;
  /** Columns whose values are known to be of their type. */
  readonly skipped: readonly string[];
}

/** The storage classes of a declared type that need no look at each value, with NULL. */
const usual: Partial<Record<Family, string>> = {
  integer: "'integer'",
  real: "'real', 'integer'",
  text: "'text'",
};

/** The type of each column, with the form of its values where they are not what the declared type says. */
export async function lookAtTable(
  database: SqliteDatabase,
  table: string,
  columns: readonly DeclaredColumn[],
  { isStrict, skipped }: LookOptions,
): Promise<readonly string[]> {
  const families = columns.map(({ declared }) => readType(declared).family);
  const open = columns.filter((_, i) => usual[families[i] as Family] === undefined);
  const closed = columns.filter(({ name }, i) => {
    return !isStrict && !skipped.includes(name) && usual[families[i] as Family] !== undefined;
  });
  const odd = (await isOdd(database, table, closed)) ? closed : [];
  const looked = new Map<string, string>();
  const asked = [...open, ...odd];
  if (asked.length > 0) for (const [name, native] of await survey(database, table, asked)) looked.set(name, native);
  return columns.map(({ name, declared }) => looked.get(name) ?? parseSqliteType(declared).native);
}

/** Whether any of these columns holds a value of another storage class. */
async function isOdd(database: SqliteDatabase, table: string, columns: readonly DeclaredColumn[]): Promise<boolean> {
  if (columns.length === 0) return false;
  const conditions = columns.map(({ name, declared }) => {
    return `typeof(${quoteName(name)}) not in (${usual[readType(declared).family]}, 'null')`;
  });
  const sql = `select 1 as c0 from main.${quoteName(table)} not indexed where ${conditions.join(' or ')} limit 1`;
  return (await database.rows(sql, `look at the values of ${table}`)).length > 0;
}

/** As many bytes of a text as decide what it is. */
const maxBytes = 100;

async function survey(
  database: SqliteDatabase,
  table: string,
  columns: readonly DeclaredColumn[],
): Promise<readonly (readonly [string, string])[]> {
  const surveys = columns.map(({ declared }) => surveyOf(declared));
  const list = columns.flatMap(({ name }, i) => {
    const column = quoteName(name);
    const bytes = surveys[i]?.needsWholeText
      ? `cast(${column} as blob)`
      : `substr(cast(${column} as blob), 1, ${maxBytes})`;
    return [
      `substr(typeof(${column}), 1, 1) as c${2 * i}`,
      `case typeof(${column}) when 'text' then ${bytes} when 'blob' then null else ${column} end as c${2 * i + 1}`,
    ];
  });
  const sql = `select ${list.join(', ')} from main.${quoteName(table)} not indexed`;
  for await (const batch of database.batches(sql, `look at the values of ${table}`)) {
    for (const row of batch) {
      for (let i = 0; i < surveys.length; i++) surveys[i]?.add(row[2 * i] as string, row[2 * i + 1] as RawCell);
    }
  }
  return columns.map(({ name, declared }, i) => {
    const form = formOf(surveys[i] as ColumnSurvey);
    const { native } = parseSqliteType(declared);
    return [name, form === null ? native : `${native} as ${form}`] as const;
  });
}
