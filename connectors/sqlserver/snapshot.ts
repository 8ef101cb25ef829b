import type { Snapshot } from '../../core/ports/source.ts';
import type { SqlServerAddress } from './address.ts';
import { numberOf } from './errors.ts';
import { quoteName, schemaIsIn } from './names.ts';
import { type Isolation, Session } from './session.ts';
import { textRow } from './session-pool.ts';

/** Sessions that read together, and what they see. */
interface Shared {
  readonly sessions: readonly Session[];
  readonly snapshot: Snapshot;
}

/** What is asked of the sessions of a source. */
interface Wanted {
  readonly address: SqlServerAddress;
  readonly readers: number;
  /** The live schemas that are read. */
  readonly schemas: readonly string[];
}

const oneConnection = 'one snapshot transaction on one connection';
/** How long the locks wait behind a writer, and other writers behind them. */
const maxLockMs = 5000;

/**
 * Starts the transactions that all reads of a source see. Where the database allows snapshots, they see one moment and lock
 * nothing. SQL Server cannot share a snapshot: several begin while shared locks on the tables hold off every writer. A database
 * that nobody can write to needs no snapshot. Otherwise the reads are not consistent, unless the URL allows locks.
 *
 * @throws WaybillError when `first` cannot start. The caller closes `first`.
 */
export async function startSessions(first: Session, wanted: Wanted): Promise<Shared> {
  const { allowsSnapshots, isReadOnly } = await readDatabase(first);
  if (isReadOnly) return startReadOnly(first, wanted);
  if (allowsSnapshots) return startSnapshots(first, wanted);
  const isolation = wanted.address.withoutSnapshots;
  await first.begin(isolation);
  return { sessions: [first], snapshot: withoutSnapshots(isolation) };
}

function withoutSnapshots(isolation: Isolation): Snapshot {
  const why = 'the database does not allow snapshots';
  if (isolation === 'serializable')
    return {
      isConsistent: true,
      note: `one serializable transaction on one connection, because ${why}: writers wait for what was read`,
    };
  return {
    isConsistent: false,
    note: `${why}: let nobody write to it, or allow them (alter database current set allow_snapshot_isolation on), or add ?isolation=serializable, which makes writers wait`,
  };
}

/** SQL Server's state 1 is on; 2 and 3 are on their way to off and to on. */
const snapshotsAreOn = '1';

async function readDatabase(session: Session): Promise<{ allowsSnapshots: boolean; isReadOnly: boolean }> {
  const [row] = await session.rows(
    `select snapshot_isolation_state, is_read_only from sys.databases where name = db_name()`,
    'find out whether its database allows snapshots',
  );
  const [state, isReadOnly] = textRow(row ?? []);
  return { allowsSnapshots: state === snapshotsAreOn, isReadOnly: isReadOnly === '1' };
}

async function startReadOnly(first: Session, { address, readers }: Wanted): Promise<Shared> {
  const others = await openOthers(address, readers - 1);
  const sessions = [first, ...others];
  try {
    for (const session of sessions) await session.begin('read-committed');
  } catch (error) {
    await Promise.all(others.map((session) => session.close(false)));
    throw error;
  }
  return { sessions, snapshot: { isConsistent: true, note: 'the database is read-only' } };
}

async function startSnapshots(first: Session, wanted: Wanted): Promise<Shared> {
  const tables = await tablesToLock(first, wanted.schemas);
  let note = oneConnection;
  if (wanted.readers > 1) {
    const others: Session[] = [];
    try {
      others.push(...(await openOthers(wanted.address, wanted.readers - 1)));
      await startTogether([first, ...others], wanted.address, tables);
      note = `one moment on ${wanted.readers} connections, by brief shared locks on ${tables.length} tables`;
      return { sessions: [first, ...others], snapshot: { isConsistent: true, note } };
    } catch (error) {
      await Promise.all(others.map((session) => session.close(false)));
      note = `${oneConnection} and not on ${wanted.readers}: ${reasonOf(error)}`;
    }
  }
  await startOne(first, tables);
  return { sessions: [first], snapshot: { isConsistent: true, note } };
}

async function openOthers(address: SqlServerAddress, count: number): Promise<Session[]> {
  const sessions: Session[] = [];
  try {
    while (sessions.length < count) sessions.push(await Session.open(address));
    return sessions;
  } catch (error) {
    await Promise.all(sessions.map((session) => session.close(false)));
    throw error;
  }
}

/** The tables that a writer could change: an external one takes no locks. */
async function tablesToLock(session: Session, schemas: readonly string[]): Promise<readonly string[]> {
  if (schemas.length === 0) return [];
  const rows = await session.rows(
    `select s.name, t.name from sys.tables t join sys.schemas s on s.schema_id = t.schema_id
     where ${schemaIsIn('s.name', schemas)} and t.is_ms_shipped = 0 and t.is_external = 0 order by s.name, t.name`,
    'list its tables',
  );
  return rows.map(([schema, table]) => `${quoteName(String(schema))}.${quoteName(String(table))}`);
}

/** The locks are those of a separate connection, so that they always end with it. */
async function startTogether(
  sessions: readonly Session[],
  address: SqlServerAddress,
  tables: readonly string[],
): Promise<void> {
  const lock = await Session.open(address);
  try {
    await lock.begin('read-committed');
    await lock.rows(`set lock_timeout ${maxLockMs}`, 'limit a wait');
    for (const table of tables)
      await lock.rows(`select top (1) 1 from ${table} with (tablock, holdlock)`, 'acquire a shared lock');
    await Promise.all(sessions.map((session) => startOne(session, tables)));
  } finally {
    await lock.close(true);
  }
}

/** A snapshot is that of the first access to a table, not of the beginning of its transaction. */
async function startOne(session: Session, [table]: readonly string[]): Promise<void> {
  await session.begin('snapshot');
  if (table !== undefined) await session.rows(`select top (1) 1 from ${table}`, 'start a snapshot');
}

/** The server's number for a wait that was too long. */
const waited = 1222;

function reasonOf(error: unknown): string {
  if (numberOf((error as Error).cause) === waited)
    return `a shared lock was not available within ${maxLockMs / 1000} seconds`;
  return (error as Error).message.replace(/\.$/, '');
}
