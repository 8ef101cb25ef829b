import { WaybillError } from '../../../core/model/errors.ts';
import { sqlstateOf } from '../errors.ts';
import { quoteText } from '../names.ts';
import type { Session } from '../session.ts';

/**
 * Together less than deadlock_timeout (default 1 s): if a session and the cutover wait for each other's tables, the cutover gives
 * up before the server looks for a deadlock victim. All locks are acquired before anything else is done, except those of
 * materialized views, which LOCK TABLE cannot lock and which come last.
 */
const longestLockMs = 600;
const lateLockMs = 200;

const attempts = 20;

/** Short at first, since readers queue behind the lock. Later tries wait for statements that run longer. */
function lockMs(tries: number): number {
  return Math.min(50 * 2 ** Math.floor(tries / 4), longestLockMs);
}

/** The pauses between tries in milliseconds, half a minute in all. */
export const pausesMs: readonly number[] = Array.from({ length: attempts - 1 }, (_, i) =>
  Math.min(Math.round(50 * 1.4 ** i), 3_000),
);

/** Begins the transaction with a lock timeout, and excludes other cutovers of the same schema. */
export async function beginAlone(session: Session, live: string): Promise<void> {
  await session.rows(`begin; set local lock_timeout = ${longestLockMs}`);
  const lock = `hashtextextended(${quoteText(`waybill cutover ${live}`)}, 0)`;
  await session.rows(`select pg_advisory_xact_lock(${lock})`, [], 'wait for another cutover');
}

/**
 * Locks all tables of a schema, and the tables and views that depend on it, against readers and writers. A statement that reads
 * the last of them and still needs the first makes both sides wait. If such statements keep coming, pauses do not help, so every
 * second try locks in reverse order.
 */
export async function lockAll(
  session: Session,
  schema: string,
  dependents: readonly string[],
  tries: number,
): Promise<void> {
  const tables = await session.rows(
    `select c.oid::regclass::text as name from pg_class c
     where c.relnamespace = to_regnamespace($1) and c.relkind in ('r', 'p') order by c.oid`,
    [`"${schema}"`],
  );
  const names = [...tables.map(({ name }) => name as string), ...new Set(dependents)];
  if (names.length === 0) return;
  if (tries % 2 === 1) names.reverse();
  await session.rows(`set local statement_timeout = ${lockMs(tries)}`);
  await session.rows(`lock table ${names.join(', ')} in access exclusive mode`, [], `lock ${schema}`);
  await session.rows(`set local statement_timeout = 0; set local lock_timeout = ${lateLockMs}`);
}

/** 55P03 lock not available, 57014 cancelled by the timeout, 40P01 deadlock, 40001 serialization. */
const busyStates = new Set(['55P03', '57014', '40P01', '40001']);

/** Whether an error was caused by another session's lock. */
export function isBusy(error: unknown): boolean {
  return error instanceof WaybillError && busyStates.has(sqlstateOf(error.cause) ?? '');
}

/** The error when all tries failed. */
export function busyError(live: string, cause: unknown): WaybillError {
  return new WaybillError(
    'target-busy',
    `Other sessions held locks in ${live} through ${attempts} tries; nothing is changed.`,
    {
      hint: 'End the long transactions that pg_stat_activity shows, then run the same command again.',
      cause,
    },
  );
}
