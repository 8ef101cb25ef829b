import { runParallel } from '../../../core/parallel.ts';
import type { Sessions } from '../session-pool.ts';
import { type IndexStatement, indexStatements } from './ddl-statements.ts';
import { markOf, onLargeTables, replaced, tryIn } from './parallel-ddl.ts';

/**
 * Indexes of large tables, built side by side before the file of DDL that asks for them.
 *
 * A file is one transaction on one session, and a session builds one index at a time. So these are built first, each in a
 * transaction of its own with a comment that says whose it is; in the file the comment's removal stands in their place.
 *
 *     create index … + comment, n sessions ──▶ begin; file with `comment on index … is null`; commit
 *
 * Who is killed leaves indexes with their comments, which the next one takes for built; they go with their tables.
 * @returns the text that is left to run.
 */
export async function prebuildIndexes(sessions: Sessions, text: string): Promise<string> {
  const wanted = await onLargeTables(sessions, indexStatements(text));
  if (wanted.length > 1 && sessions.jobs > 1) {
    const builds = wanted.map((one) => () => build(sessions, one));
    await runParallel(builds, sessions.jobs);
  }
  return replaced(text, await thoseBuilt(sessions, wanted), ({ name }) => `comment on index ${name} is null`);
}

function build(sessions: Sessions, { name, sql }: IndexStatement): Promise<void> {
  return tryIn(sessions, [sql, `comment on index ${name} is '${markOf(sql)}'`]);
}

async function thoseBuilt(sessions: Sessions, wanted: readonly IndexStatement[]): Promise<IndexStatement[]> {
  const sql = `
    select obj_description(to_regclass(name), 'pg_class') as mark
    from unnest($1::text[]) with ordinality as t (name, n) order by n`;
  const marks = await sessions.use((session) =>
    session.rows(sql, [wanted.map(({ name }) => name)], 'look for indexes'),
  );
  return wanted.filter((one, i) => marks[i]?.mark === markOf(one.sql));
}
