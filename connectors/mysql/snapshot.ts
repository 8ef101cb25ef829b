import { setTimeout as sleep } from 'node:timers/promises';
import type { Snapshot } from '../../core/ports/source.ts';
import type { MysqlAddress } from './address.ts';
import { errnoOf } from './errors.ts';
import { quoteText } from './names.ts';
import { Session } from './session.ts';

/** Sessions that see one moment, and a sentence about how it was reached. */
interface Shared {
  readonly sessions: readonly Session[];
  readonly note: string;
}

const oneConnection = 'one transaction on one connection';
/** How long the server waits for the lock, and writers behind it. After twice that time the attempt is abandoned. */
const maxLockSeconds = 5;

/**
 * Starts the transactions that all reads of a source see, on the requested number of connections. MySQL cannot share a
 * snapshot, so several transactions start while a global read lock prevents commits. If the lock is not available, `first`
 * reads alone.
 *
 * @throws WaybillError when `first` cannot start one either. The caller closes `first`.
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

/** Takes the lock on a separate connection, so that it always ends with that connection. */
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
  await lock.rows('flush tables with read lock', 'acquire a global read lock');
  await Promise.all(sessions.map(start));
  await lock.rows('unlock tables', 'release the global read lock');
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
      return `the global read lock was not available within ${maxLockSeconds} seconds`;
    default:
      return message.replace(/\.$/, '');
  }
}

/** Describes the snapshot of a session, and which tables are outside it. */
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
    note: `${note}, which does not cover some tables (${engines}): let nobody write to them`,
  };
}
