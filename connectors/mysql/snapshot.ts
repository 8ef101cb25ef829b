import { setTimeout as sleep } from 'node:timers/promises';
import type { Snapshot } from '../../core/ports/source.ts';
import type { MysqlAddress } from './address.ts';
import { errnoOf } from './errors.ts';
import { quoteText } from './names.ts';
import { Session } from './session.ts';

/** Sessions that see one moment, and in words how that was had. */
interface Shared {
  readonly sessions: readonly Session[];
  readonly note: string;
}

const oneConnection = 'one transaction on one connection';
/** The longest that the server waits for the lock, and writers with it; twice that, and all of it is given up from here. */
const maxLockSeconds = 5;

/**
 * Starts the transactions that all reads of a source see, on as many connections as are wanted. MySQL cannot share a
 * snapshot: for more than one, all of them begin while a global read lock holds off every commit. Where that cannot be had,
 * `first` reads alone.
 *
 * @throws WaybillError when not even that can be done; `first` is the caller's to close.
 */
export async function startSnapshots(first: Session, address: MysqlAddress, readers: number): Promise<Shared> {
  let note = oneConnection;
  if (readers > 1) {
    const others: Session[] = [];
    try {
      while (others.length < readers - 1) others.push(await Session.open(address));
      await startTogether([first, ...others], address);
      return {
        sessions: [first, ...others],
        note: `one moment on ${readers} connections, by a brief global read lock`,
      };
    } catch (error) {
      await Promise.all(others.map((session) => session.close(false)));
      note = `${oneConnection} and not on ${readers}: ${reasonOf(error)}`;
    }
  }
  await start(first);
  return { sessions: [first], note };
}

/** The lock has a connection of its own and ends with it, whatever happens. */
async function startTogether(sessions: readonly Session[], address: MysqlAddress): Promise<void> {
  const lock = await Session.open(address);
  const over = new AbortController();
  try {
    const tooLong = sleep(2 * maxLockSeconds * 1000, null, { signal: over.signal }).then(() => {
      throw new Error('the snapshots took too long to start');
    });
    await Promise.race([startLocked(sessions, lock), tooLong]);
  } finally {
    over.abort();
    await lock.close(false);
  }
}

async function startLocked(sessions: readonly Session[], lock: Session): Promise<void> {
  await lock.rows(`set session lock_wait_timeout = ${maxLockSeconds}`, 'limit a wait');
  await lock.rows('flush tables with read lock', 'take a global read lock');
  await Promise.all(sessions.map(start));
  await lock.rows('unlock tables', 'give the global read lock back');
}

async function start(session: Session): Promise<void> {
  await session.rows('start transaction with consistent snapshot, read only', 'start a snapshot');
}

/** ER_SPECIFIC_ACCESS_DENIED_ERROR, ER_LOCK_WAIT_TIMEOUT */
const [denied, waited] = [1227, 1205];

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  switch (errnoOf(cause)) {
    case denied:
      return 'the user does not have the privilege RELOAD';
    case waited:
      return `no global read lock could be had within ${maxLockSeconds} seconds`;
    default:
      return message.replace(/\.$/, '');
  }
}

/** What the snapshot of a session holds for. */
export async function describeSnapshot(session: Session, note: string, live: readonly string[]): Promise<Snapshot> {
  if (live.length === 0) return { isConsistent: true, note };
  const rows = await session.rows(
    `select t.engine, count(*)
    from information_schema.tables t left join information_schema.engines e on e.engine = t.engine
    where t.table_schema in (${live.map(quoteText).join(', ')})
      and t.table_type in ('BASE TABLE', 'SYSTEM VERSIONED') and coalesce(e.transactions, 'NO') <> 'YES'
    group by t.engine order by t.engine`,
    'look at the engines of its tables',
  );
  if (rows.length === 0) return { isConsistent: true, note };
  const engines = rows.map(([engine, tables]) => `${tables} ${engine ?? 'without an engine'}`).join(', ');
  return {
    isConsistent: false,
    note: `${note}, which some tables do not take part in (${engines}): let nobody write to them`,
  };
}
