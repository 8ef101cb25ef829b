import { WaybillError } from '../../../core/model/errors.ts';
import { sqlstateOf } from '../errors.ts';
import { quoteText } from '../names.ts';
import type { Session } from '../session.ts';

/**
 * Together less than deadlock_timeout (1 s unless set): whoever waits for a table that a cutover holds, while the cutover
 * waits for one of his, gets it back before the server looks for a victim. All locks are taken before anything else is
 * done; those of materialized views, which no LOCK TABLE takes, come last.
 */
const longestLockMs = 600;
const lateLockMs = 200;

const attempts = 20;

/** Short at first, since readers stand in line meanwhile; statements that run longer are waited for in later tries. */
function lockMs(tries: number): number {
  return Math.min(50 * 2 ** Math.floor(tries / 4), longestLockMs);
}

/** How long to wait before each next try, half a minute in all; the last is not followed by one. */
export const pausesMs: readonly number[] = Array.from({ length: attempts - 1 }, (_, i) =>
  Math.min(Math.round(50 * 1.4 ** i), 3_000),
);

/** In the transaction: no lock is waited for longer, and nobody else cuts over the same schema meanwhile. */
export async function beginAlone(session: Session, live: string): Promise<void> {
  await session.rows(`begin; set local lock_timeout = ${longestLockMs}`);
  const lock = `hashtextextended(${quoteText(`waybill cutover ${live}`)}, 0)`;
  await session.rows(`select pg_advisory_xact_lock(${lock})`, [], 'wait for another cutover');
}

/**
 * Locks all tables of a schema, and the tables and views that hang on it, against readers and writers. A statement that
 * already reads the last of them and still wants the first keeps both sides waiting, and where such statements never
 * end no pause helps: so each other try goes the other way round.
 */
export async function lockAll(
  session: Session,
  schema: string,
  outside: readonly string[],
  tries: number,
): Promise<void> {
  const tables = await session.rows(
    `select c.oid::regclass::text as name from pg_class c
     where c.relnamespace = to_regnamespace($1) and c.relkind in ('r', 'p') order by c.oid`,
    [`"${schema}"`],
  );
  const names = [...tables.map(({ name }) => name as string), ...new Set(outside)];
  if (names.length === 0) return;
  if (tries % 2 === 1) names.reverse();
  await session.rows(`set local statement_timeout = ${lockMs(tries)}`);
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
