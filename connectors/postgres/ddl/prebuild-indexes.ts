import { runParallel } from '../../../core/parallel.ts';
import type { Sessions } from '../session-pool.ts';
import { type IndexStatement, indexStatements } from './ddl-statements.ts';
import { markOf, onLargeTables, replaced, tryIn } from './parallel-ddl.ts';

/**
 * Builds the indexes of large tables in parallel, before the DDL file that contains them runs.
 *
 * A file is one transaction on one session, and a session builds one index at a time. So these indexes are built first, each in
 * a separate transaction with a comment that marks it. In the file, the statement is replaced by the removal of the comment.
 *
 *     create index … + comment, n sessions ──▶ begin; file with `comment on index … is null`; commit
 *
 * After a crash the commented indexes are reused by the next attempt. Dropping the table drops them.
 * @returns the SQL that is left to run.
 */
export async function prebuildIndexes(sessions: Sessions, text: string): Promise<string> {
  const wanted = await onLargeTables(sessions, indexStatements(text));
  if (wanted.length > 1 && sessions.jobs > 1) {
    const builds = wanted.map((one) => () => build(sessions, one));
    await runParallel(builds, sessions.jobs);
  }
  return replaced(text, await builtIndexes(sessions, wanted), ({ name }) => `comment on index ${name} is null`);
}

function build(sessions: Sessions, { name, sql }: IndexStatement): Promise<void> {
  return tryIn(sessions, [sql, `comment on index ${name} is '${markOf(sql)}'`]);
}

async function builtIndexes(sessions: Sessions, wanted: readonly IndexStatement[]): Promise<IndexStatement[]> {
  const sql = `
    select obj_description(to_regclass(name), 'pg_class') as mark
    from unnest($1::text[]) with ordinality as t (name, n) order by n`;
  const marks = await sessions.use((session) =>
    session.rows(sql, [wanted.map(({ name }) => name)], 'look for indexes'),
  );
  return wanted.filter((one, i) => marks[i]?.mark === markOf(one.sql));
}
