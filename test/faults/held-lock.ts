import pg from 'pg';
import { expect } from 'vitest';

/** SQL with which a trigger waits until the test releases it. */
export const waitForTest = 'pg_advisory_xact_lock(4711)';

/** A lock in one database that a session of the test holds. */
export interface HeldLock {
  /** Resolves when another session waits for the lock. */
  isWaitedFor(): Promise<void>;
  /** Lets the waiting session continue. */
  release(): Promise<void>;
}

export async function holdLock(url: string): Promise<HeldLock> {
  const client = new pg.Client(url);
  await client.connect();
  client.on('error', () => undefined); // in case a failed test drops the database first
  await client.query('select pg_advisory_lock(4711)');
  const waiting = `select from pg_locks where locktype = 'advisory' and objid = 4711 and not granted
    and database = (select oid from pg_database where datname = current_database())`;
  return {
    isWaitedFor: () => expect.poll(async () => (await client.query(waiting)).rowCount, { timeout: 60_000 }).toBe(1),
    release: () => client.end(),
  };
}
