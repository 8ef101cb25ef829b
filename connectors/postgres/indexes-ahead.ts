import { createHash } from 'node:crypto';
import { type IndexStatement, indexStatements } from './ddl-statements.ts';
import type { Session } from './session.ts';

/**
 * Indexes of large tables, built side by side before the file of DDL that asks for them.
 *
 * A file is one transaction on one session, and a session builds one index at a time. So these are built first, each in a
 * transaction of its own with a comment that says whose it is; in the file the comment's removal stands in their place.
 *
 *     create index … + comment, n sessions ──▶ begin; file with `comment on index … is null`; commit
 *
 * What cannot be built ahead is left in the file, whose error is then the one to tell. Who is killed leaves indexes with
 * their comments, which the next one takes for built; they go with their tables.
 */
export interface IndexesAhead {
  /** Lends a session for as long as the work takes; so many at once as statements may run side by side. */
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Statements that may run at a time. */
  readonly jobs: number;
}

/** Below it a session builds an index before another one could be asked. */
const SMALL_TABLE_BYTES = 1024 * 1024;

/** For the transaction of an index: the memory and workers of `migrate`. */
const settings =
  "set local lock_timeout to '30s'; set local maintenance_work_mem to '256MB'; set local max_parallel_maintenance_workers to 4";

/** Builds what may be built ahead, of the largest tables first. @returns the text that is left to run. */
export async function buildIndexesAhead(ahead: IndexesAhead, text: string): Promise<string> {
  const all = indexStatements(text);
  if (all.length < 2 || ahead.jobs < 2) return text;
  const wanted = await ahead.use((session) => onLargeTables(session, all));
  if (wanted.length < 2) return text;
  const queue = [...wanted];
  const build = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await buildOne(ahead, next);
  };
  await Promise.all(Array.from({ length: ahead.jobs }, build));
  return without(text, await ahead.use((session) => thoseBuilt(session, wanted)));
}

/** Tables that the file itself makes are not there yet. */
async function onLargeTables(session: Session, all: readonly IndexStatement[]): Promise<IndexStatement[]> {
  const sizes = await session.rows(
    'select coalesce(pg_table_size(to_regclass(name)), 0) as bytes from unnest($1::text[]) with ordinality as t (name, n) order by n',
    [all.map(({ table }) => table)],
    'measure the tables',
  );
  return all
    .map((statement, i) => ({ statement, bytes: Number(sizes[i]?.bytes) }))
    .filter(({ bytes }) => bytes >= SMALL_TABLE_BYTES)
    .sort((a, b) => b.bytes - a.bytes)
    .map(({ statement }) => statement);
}

async function buildOne(ahead: IndexesAhead, { name, sql }: IndexStatement): Promise<void> {
  const script = `begin; ${settings}; ${sql}; comment on index ${name} is '${markOf(sql)}'; commit`;
  const build = async (session: Session): Promise<void> => {
    // Left in the file, which says what is wrong; and there it may be right.
    await session.script(script).catch(() => session.script('rollback'));
  };
  await ahead.use(build).catch(() => undefined);
}

async function thoseBuilt(session: Session, wanted: readonly IndexStatement[]): Promise<IndexStatement[]> {
  const marks = await session.rows(
    "select obj_description(to_regclass(name), 'pg_class') as mark from unnest($1::text[]) with ordinality as t (name, n) order by n",
    [wanted.map(({ name }) => name)],
    'look for indexes',
  );
  return wanted.filter(({ sql }, i) => marks[i]?.mark === markOf(sql));
}

function markOf(sql: string): string {
  return `waybill builds this: ${createHash('md5').update(sql).digest('hex')}`;
}

/** The text with the comments' removal in place of the statements; lines keep their numbers. */
function without(text: string, built: readonly IndexStatement[]): string {
  let rest = text;
  for (const { name, sql, start, end } of built.toSorted((a, b) => b.start - a.start)) {
    const lines = '\n'.repeat(sql.split('\n').length - 1);
    rest = `${rest.slice(0, start)}comment on index ${name} is null${lines}${rest.slice(end)}`;
  }
  return rest;
}
