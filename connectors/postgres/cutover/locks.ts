import { WaybillError } from '../../../core/errors.ts';
import { sqlstateOf } from '../errors.ts';
import { quoteText } from '../names.ts';
import type { Session } from '../session.ts';

/**
 * Together less than deadlock_timeout (1 s unless set): whoever waits for a table that a cutover holds, while the cutover
 * waits for one of his, gets it back before the server looks for a victim. All locks are taken before anything else is
 * done; those of materialized views, which no LOCK TABLE takes, come last.
 */
const lockMs = 600;
const lateLockMs = 200;

const attempts = 10;
const firstPauseMs = 250;
const longestPauseMs = 5_000;

/** How long to wait before the next try; the last is not followed by one. */
export function pausesMs(): number[] {
  return Array.from({ length: attempts - 1 }, (_, i) => Math.min(firstPauseMs * 2 ** i, longestPauseMs));
}

/** In the transaction: no lock is waited for longer, and nobody else cuts over the same schema meanwhile. */
export async function beginAlone(session: Session, live: string): Promise<void> {
  await session.rows(`begin; set local lock_timeout = ${lockMs}`);
  const lock = `hashtextextended(${quoteText(`waybill cutover ${live}`)}, 0)`;
  await session.rows(`select pg_advisory_xact_lock(${lock})`, [], 'wait for another cutover');
}

/** Locks all tables of a schema, and the tables and views that hang on it, against readers and writers. */
export async function lockAll(session: Session, schema: string, outside: readonly string[]): Promise<void> {
  const tables = await session.rows(
    `select c.oid::regclass::text as name from pg_class c
     where c.relnamespace = to_regnamespace($1) and c.relkind in ('r', 'p') order by c.oid`,
    [`"${schema}"`],
  );
  const names = [...new Set(outside), ...tables.map(({ name }) => name as string)];
  if (names.length === 0) return;
  await session.rows(`set local statement_timeout = ${lockMs}`);
  await session.rows(`lock table ${names.join(', ')} in access exclusive mode`, [], `lock ${schema}`);
  await session.rows(`set local statement_timeout = 0; set local lock_timeout = ${lateLockMs}`);
}

/** 55P03 lock not available, 57014 cancelled by the timeout, 40P01 deadlock, 40001 serialization. */
const busyStates = new Set(['55P03', '57014', '40P01', '40001']);

/** Whether an error came from somebody else's lock. */
export function isBusy(error: unknown): boolean {
  return error instanceof WaybillError && busyStates.has(sqlstateOf(error.cause) ?? '');
}

/** What is told when all tries were in vain. */
export function busyError(live: string, cause: unknown): WaybillError {
  return new WaybillError(
    'target-busy',
    `Other sessions held locks in ${live} through ${attempts} tries; nothing is changed.`,
    {
      hint: 'End the long transactions that pg_stat_activity shows, then type the same command again.',
      cause,
    },
  );
}
