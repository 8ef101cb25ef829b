import { createHash } from 'node:crypto';
import type { Session } from '../session.ts';
import type { Sessions } from '../session-pool.ts';
import type { Statement } from './ddl-statements.ts';

/** Parallel work on a smaller table gains nothing. */
const SMALL_TABLE_BYTES = 1024 * 1024;

/** Selects the statements on large tables, the largest first. Tables that the file itself creates do not exist yet. */
export async function onLargeTables<S extends Statement>(sessions: Sessions, all: readonly S[]): Promise<S[]> {
  const sql = `
    select coalesce(pg_table_size(to_regclass(name)), 0) as bytes
    from unnest($1::text[]) with ordinality as t (name, n) order by n`;
  const sizes = await sessions.use((session) =>
    session.rows(sql, [all.map(({ table }) => table)], 'measure the tables'),
  );
  return all
    .map((statement, i) => ({ statement, bytes: Number(sizes[i]?.bytes) }))
    .filter(({ bytes }) => bytes >= SMALL_TABLE_BYTES)
    .sort((a, b) => b.bytes - a.bytes)
    .map(({ statement }) => statement);
}

/**
 * The settings for building indexes and checking foreign keys, for which the server uses parallel workers. A lock that is not
 * released is an error.
 */
export function buildSettings(scope: 'session' | 'local'): string {
  const settings = { lock_timeout: '30s', maintenance_work_mem: '256MB', max_parallel_maintenance_workers: '4' };
  return Object.entries(settings)
    .map(([name, value]) => `set ${scope} ${name} to '${value}'`)
    .join('; ');
}

/** Runs statements in a separate transaction. If they fail, the file runs them again: it reports the error, or it succeeds. */
export async function tryIn(sessions: Sessions, statements: readonly string[]): Promise<void> {
  const script = `begin; ${buildSettings('local')}; ${statements.join('; ')}; commit`;
  const run = async (session: Session): Promise<void> => {
    await session.script(script).catch(() => session.script('rollback'));
  };
  await sessions.use(run).catch(() => undefined);
}

/** How every mark begins (see `markOf`). */
export const anyMark = 'waybill builds this: ';

/** The comment on a prebuilt object that identifies its statement by hash. */
export function markOf(sql: string): string {
  return `${anyMark}${createHash('md5').update(sql).digest('hex')}`;
}

/** Replaces these statements in a text. Lines keep their numbers. */
export function replaced<S extends Statement>(text: string, all: readonly S[], by: (statement: S) => string): string {
  let rest = text;
  for (const statement of all.toSorted((a, b) => b.start - a.start)) {
    const lines = '\n'.repeat(statement.sql.split('\n').length - 1);
    rest = `${rest.slice(0, statement.start)}${by(statement)}${lines}${rest.slice(statement.end)}`;
  }
  return rest;
}
