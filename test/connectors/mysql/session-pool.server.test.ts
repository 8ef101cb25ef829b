import { setTimeout as sleep } from 'node:timers/promises';
import mysql2 from 'mysql2/promise';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Source } from '../../../core/ports/source.ts';
import type { RunningServer } from '../../../servers/running-server.ts';
import { startMariadb } from '../../support/mariadb/mariadb.ts';
import { series } from '../../support/series.ts';
import { cellsOf, databaseOf, source, sql, tableOf, valuesOf, whole } from './database.ts';

/** A separate server, because a global lock waits for every session and blocks them all. */
let server: RunningServer;
let places = 0;
beforeAll(async () => {
  server = await startMariadb();
});
afterAll(() => server.stop());

/** Creates a database on it. */
async function place(...statements: readonly string[]): Promise<string> {
  const url = `${server.url}place_${++places}`;
  await sql(server.url, `create database ${databaseOf(url)}`);
  await sql(url, ...statements);
  return url;
}

/**
 * Adds rows to a table from several sessions, as fast as they can. The returned function stops them and returns how
 * many.
 */
function writeTo(url: string): () => Promise<number> {
  let isWanted = true;
  const write = async () => {
    const writer = await mysql2.createConnection(url);
    let written = 0;
    for (; isWanted; written++) await writer.query('insert into busy values (null)');
    await writer.end();
    return written;
  };
  const writing = Promise.all([1, 2, 3, 4, 5, 6].map(write));
  return async () => {
    isWanted = false;
    return (await writing).reduce((sum, written) => sum + written);
  };
}

/** What a reader counts while the given number of other readers hold readings open. */
async function countedBy(from: Source, busy: number): Promise<number> {
  const table = await tableOf(from, 'wide');
  const readings = Array.from({ length: busy }, () => from.read(table, whole)[Symbol.asyncIterator]());
  for (const reading of readings) await reading.next();
  const count = await from.inspector.count('c01.busy');
  for (const reading of readings) await reading.return?.();
  return count;
}

const wide = [
  'create table wide (id int primary key, body varchar(3000) not null)',
  `insert into wide select seq, repeat(left(sha2(seq, 256), 32), 64) from ${series(1, 5000)}`,
];

test('several readers see one snapshot while others write', async () => {
  const url = await place(...wide, 'create table busy (id int auto_increment primary key)');
  const stop = writeTo(url);
  for (let times = 0; times < 15; times++) {
    const from = await source(url, 3);
    const counts = [await countedBy(from, 0), await countedBy(from, 1), await countedBy(from, 2)];
    expect(new Set(counts).size).toBe(1);
    expect(from.snapshot).toEqual({
      isConsistent: true,
      note: 'one moment on 3 connections, by a brief global read lock',
    });
    await from.close();
  }
  // The lock is released each time, or this would never end.
  expect(await stop()).toBeGreaterThan(100);
});

test('as many readings are open at once as there are readers, and the next one waits', async () => {
  const url = await place(...wide);
  const from = await source(url, 2);
  const table = await tableOf(from, 'wide');
  const readings = [1, 2, 3].map(() => cellsOf(from, table).batches[Symbol.asyncIterator]());
  const [first, second, third] = readings.map((reading) => reading.next());
  await Promise.all([first, second]);
  const isWaiting = await Promise.race([third?.then(() => false), sleep(200).then(() => true)]);
  expect(isWaiting).toBe(true);
  await readings[0]?.return?.();
  expect((await third)?.done).toBe(false);
  for (const reading of readings) await reading.return?.();
  const all = await Promise.all([1, 2, 3, 4].map(() => valuesOf(cellsOf(from, table))));
  expect(all.map((rows) => rows.length)).toEqual([5000, 5000, 5000, 5000]);
});

/** Creates a user and returns the URL of the same database for it. */
async function user(url: string, name: string, ...grants: readonly string[]): Promise<string> {
  const each = `'${name}_${databaseOf(url)}'@'%'`;
  await sql(url, `create user ${each}`, `grant select on ${databaseOf(url)}.* to ${each}`);
  for (const grant of grants) await sql(url, grant.replace('$user', each));
  const theirs = new URL(url);
  theirs.username = `${name}_${databaseOf(url)}`;
  return theirs.href;
}

async function sessionsOf(url: string): Promise<number> {
  const { username } = new URL(url);
  const [[count] = []] = await sql(
    server.url,
    `select count(*) from information_schema.processlist where user = '${username}'`,
  );
  return Number(count);
}

test('without the privilege one connection reads, and the snapshot reports it', async () => {
  const url = await place(...wide);
  const theirs = await user(url, 'reader');
  const from = await source(theirs, 4);
  expect(from.snapshot).toEqual({
    isConsistent: true,
    note: 'one transaction on one connection and not on 4: the user does not have the privilege RELOAD',
  });
  await sleep(50);
  expect(await sessionsOf(theirs)).toBe(1);
  expect(await valuesOf(cellsOf(from, await tableOf(from, 'wide')))).toHaveLength(5000);
});

test('with too few connections one reads, and no lock is left', async () => {
  const url = await place(...wide);
  const grants = ['grant reload on *.* to $user', 'alter user $user with max_user_connections 3'];
  const from = await source(await user(url, 'few', ...grants), 3);
  expect(from.snapshot.note).toMatch(/^one transaction on one connection and not on 3: .*\(ER_/);
  await sql(url, "insert into wide values (0, 'written')");
  expect(await from.inspector.count('c01.wide')).toBe(5000);
});

test('a lock that cannot be acquired is abandoned, and blocks nobody any longer', async () => {
  const url = await place(...wide);
  const writer = await mysql2.createConnection(url);
  onTestFinished(() => writer.destroy());
  await writer.query('lock tables wide write');
  const startedAt = Date.now();
  const from = await source(url, 2);
  expect(Date.now() - startedAt).toBeLessThan(9000);
  expect(from.snapshot.note).toBe(
    'one transaction on one connection and not on 2: the global read lock was not available within 5 seconds',
  );
  await writer.query("insert into wide values (0, 'written')");
  await writer.query('unlock tables');
  await sql(url, "insert into wide values (-1, 'written')");
  expect(await from.inspector.count('c01.wide')).toBe(5000);
});

test('one reader takes no lock and needs no privilege', async () => {
  const url = await place(...wide);
  const writer = await mysql2.createConnection(url);
  onTestFinished(() => writer.destroy());
  await writer.query('lock tables wide write');
  const { snapshot } = await source(await user(url, 'only'), 1);
  expect(snapshot).toEqual({ isConsistent: true, note: 'one transaction on one connection' });
});

test('when one connection is lost its reading fails, and the other continues', async () => {
  const url = await place(...wide);
  const theirs = await user(url, 'two', 'grant reload on *.* to $user');
  const from = await source(theirs, 2);
  const table = await tableOf(from, 'wide');
  const readings = [1, 2].map(() => cellsOf(from, table).batches[Symbol.asyncIterator]());
  for (const reading of readings) await reading.next();
  const [[oldest] = []] = await sql(
    url,
    `select min(id) from information_schema.processlist where user = '${new URL(theirs).username}'`,
  );
  await sql(url, `kill ${oldest}`);
  const drained = readings.map(async (reading) => {
    for (;;) if ((await reading.next()).done) return 'ended';
  });
  const ends = await Promise.allSettled(drained);
  expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const [broken] = ends.filter((end) => end.status === 'rejected');
  expect(broken?.reason).toMatchObject({ code: 'source-interrupted' });
});
