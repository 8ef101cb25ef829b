import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import mysql from 'mysql2/promise';
import { beforeEach, expect, test, vi } from 'vitest';
import { startMariadb } from './mariadb.ts';
import { mariadbFinders } from './mariadb-binaries.ts';

beforeEach(() => {
  vi.stubEnv('WAYBILL_MYSQL_URL', '');
});

async function ask(url: string, sql: string): Promise<unknown> {
  const connection = await mysql.createConnection(url);
  const [rows] = await connection.query({ sql, rowsAsArray: true }).finally(() => connection.end());
  return rows;
}

test('accepts connections as root, with the defaults and the requested settings', async () => {
  const server = await startMariadb({ settings: ['--max-connections=17', '--innodb-buffer-pool-size=64M'] });
  try {
    const asked = '@@max_connections, @@innodb_buffer_pool_size, @@max_allowed_packet, @@local_infile';
    expect(
      await ask(server.url, `select current_user(), ${asked}, @@character_set_server, @@time_zone, @@log_bin`),
    ).toEqual([['root@127.0.0.1', 17, 64 * 2 ** 20, 64 * 2 ** 20, 1, 'utf8mb4', '+00:00', 0]]);
  } finally {
    await server.stop();
  }
});

test('root may create databases and users', async () => {
  const server = await startMariadb();
  try {
    await ask(server.url, 'create database made');
    await ask(server.url, "create user 'reader'@'%' identified by 'secret'");
    await ask(server.url, "grant select on made.* to 'reader'@'%'");
    const reader = new URL('/made', server.url);
    [reader.username, reader.password] = ['reader', 'secret'];
    expect(await ask(reader.href, 'select current_user()')).toEqual([['reader@%']]);
  } finally {
    await server.stop();
  }
});

test("a flag that MariaDB refuses is an error with MariaDB's message", async () => {
  await expect(startMariadb({ settings: ['--no-such-flag=1'] })).rejects.toMatchObject({
    code: 'server-unavailable',
    message: expect.stringContaining("unknown variable 'no-such-flag=1'"),
  });
});

test('the server in WAYBILL_MYSQL_URL is used and not stopped', async () => {
  vi.stubEnv('WAYBILL_MYSQL_URL', 'mysql://someone@example.test/');
  const server = await startMariadb({}, []);
  expect(server).toMatchObject({ url: 'mysql://someone@example.test/', pid: undefined });
  await server.stop();
});

test('without any way to get a server the error lists what was tried', async () => {
  await expect(startMariadb({}, [async () => 'the shelf is empty'])).rejects.toMatchObject({
    code: 'server-unavailable',
    message: 'No MariaDB or MySQL server was found: WAYBILL_MYSQL_URL is not set; the shelf is empty.',
  });
});

/** Needs Debian or Ubuntu with a network. */
test('a fetched server runs, and two fetches at once leave one', async () => {
  const caches = await mkdtemp(path.join(os.tmpdir(), 'waybill-test-'));
  await chmod(caches, 0o755);
  vi.stubEnv('XDG_CACHE_HOME', caches);
  const withoutInstalled = mariadbFinders.slice(1);
  const servers = await Promise.all([startMariadb({}, withoutInstalled), startMariadb({}, withoutInstalled)]);
  const cached = await startMariadb({}, withoutInstalled.slice(0, 1));
  for (const server of [...servers, cached]) {
    expect(await ask(server.url, 'select 1')).toEqual([[1]]);
    await server.stop();
  }
  expect(await readdir(path.join(caches, 'waybill', 'mariadb'))).toHaveLength(1);
  await rm(caches, { recursive: true });
});
