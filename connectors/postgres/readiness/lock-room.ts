import { WaybillError } from '../../../core/model/errors.ts';
import { hintOfLocks } from '../errors.ts';
import type { Session } from '../session.ts';

/** Locks that one transaction needs. */
interface LockNeed {
  readonly tables: number;
  readonly locks: number;
  /** What needs them, after the number of tables: `of the pipeline`. */
  readonly what: string;
}

/** The locks that a server can hold at the same time. */
interface LockRoom {
  readonly total: number;
  /** Those that other sessions hold now. */
  readonly taken: number;
  /** Sessions and background processes: the server has room for `max_locks_per_transaction` for each of them. */
  readonly slots: number;
}

/**
 * The size of the server's lock table (NLOCKENTS in lock.c, MaxBackends in postinit.c). It may hold more as long as its shared memory has
 * room elsewhere, which nobody can count on.
 */
const roomQuery = `
  with server as (
    select current_setting('max_locks_per_transaction')::int8 as each,
      current_setting('max_connections')::int8 + current_setting('max_prepared_transactions')::int8
        + coalesce(current_setting('autovacuum_worker_slots', true), current_setting('autovacuum_max_workers'))::int8
        + current_setting('max_worker_processes')::int8 + current_setting('max_wal_senders')::int8 as slots
  )
  select each * slots as total, slots,
    (select count(*) from pg_locks where pid is distinct from pg_backend_pid() and not fastpath) as taken
  from server`;

/** The suggested setting is for twice the locks: dropping a table takes up to twice as many as making it. */
const MARGIN = 2;

/** The server's own default, of which the suggested setting is a multiple. */
const STEP = 64;

/**
 * The error of work that needs more locks in one transaction than the server is sure to have room for: code 'configuration', with the
 * setting that is enough. Null when there is room.
 */
export async function lockShortage(session: Session, { tables, locks, what }: LockNeed): Promise<WaybillError | null> {
  const { total, taken, slots } = await readLockRoom(session);
  if (locks + taken <= total) return null;
  const wanted = Math.ceil(((locks + taken) * MARGIN) / slots / STEP) * STEP;
  const free = taken === 0 ? '' : `, of which ${numberText(taken)} are taken`;
  return new WaybillError(
    'configuration',
    `${session.address.label} has room for about ${numberText(total)} locks${free}, and one transaction needs about ` +
      `${numberText(locks)} for the ${numberText(tables)} tables ${what}.`,
    { hint: hintOfLocks(wanted, 'give the command again') },
  );
}

async function readLockRoom(session: Session): Promise<LockRoom> {
  const [row] = await session.rows(roomQuery, [], 'count its locks');
  return { total: Number(row?.total), taken: Number(row?.taken), slots: Number(row?.slots) };
}

function numberText(count: number): string {
  return count.toLocaleString('en-US');
}
