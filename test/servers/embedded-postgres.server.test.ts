import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startPostgres } from '../../servers/embedded-postgres.ts';
import type { RunningServer } from '../../servers/running-server.ts';
import { endOwner, startOwner } from '../support/owners.ts';

let folder: string;
const started: RunningServer[] = [];

beforeEach(async () => {
  vi.stubEnv('WAYBILL_POSTGRES_URL', '');
  folder = await mkdtemp(path.join(os.tmpdir(), 'waybill-test-'));
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Parameters<typeof startPostgres>[0]): Promise<RunningServer> {
  const server = await startPostgres(options);
  started.push(server);
  return server;
}

async function ask(server: RunningServer, sql: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query({ text: sql, rowMode: 'array' }).finally(() => client.end());
  return rows.flat();
}

/** mkdtemp makes 0700 folders, which the server's user cannot enter when this process is root. */
async function openFolder(name: string): Promise<string> {
  await chmod(folder, 0o755);
  return path.join(folder, name);
}

test('accepts connections as waybill, with the defaults and the requested settings', async () => {
  const server = await start({ settings: { work_mem: '7MB', fsync: 'on' } });
  const names = [
    'work_mem',
    'fsync',
    'max_connections',
    'server_encoding',
    'lc_collate',
    'TimeZone',
    'listen_addresses',
  ];
  const shown = await ask(server, `select current_user, ${names.slice(0, 4).map((n) => `current_setting('${n}')`)}`);
  expect(shown).toEqual(['waybill', '7MB', 'on', '50', 'UTF8']);
  expect(await ask(server, 'select datcollate from pg_database where datname = current_database()')).toEqual(['C']);
});

test('a data folder keeps its rows between two starts', async () => {
  const dataDir = await openFolder('deep/data');
  const first = await start({ dataDir });
  await ask(first, 'create table kept as select 42 as answer');
  await first.stop();
  const second = await start({ dataDir });
  expect(second.dataDir).toBe(first.dataDir);
  expect(await ask(second, 'select answer from kept')).toEqual([42]);
});

test('a data folder keeps every committed row when its server is killed', async () => {
  const dataDir = await openFolder('data');
  const first = await start({ dataDir });
  await ask(first, 'create table kept as select 42 as answer');
  process.kill(first.pid ?? -1, 'SIGKILL');
  await first.stop();
  expect(await readdir(dataDir)).toContain('postmaster.pid');
  expect(await ask(await start({ dataDir }), 'select answer from kept')).toEqual([42]);
});

test('a data folder whose pid file names another live process starts', async () => {
  const dataDir = await openFolder('data');
  await (await start({ dataDir })).stop();
  await writeFile(path.join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n1700000000\n5432\n`);
  expect(await ask(await start({ dataDir }), 'select 1')).toEqual([1]);
});

test('a data folder whose owner was killed is reused with its rows', async () => {
  const dataDir = await openFolder('data');
  const owner = await startOwner('postgres', dataDir);
  await endOwner(owner, 'SIGKILL');
  expect(await ask(await start({ dataDir }), 'select 1')).toEqual([1]);
});

test('a data folder that a live server uses is refused, and that server keeps running', async () => {
  const dataDir = await openFolder('data');
  const first = await start({ dataDir });
  await expect(startPostgres({ dataDir })).rejects.toMatchObject({
    code: 'server-unavailable',
    message: `A PostgreSQL server (process ${first.pid}) already runs on ${first.dataDir}.`,
  });
  expect(await ask(first, 'select 1')).toEqual([1]);
});

test('a folder with other files is refused and left unchanged', async () => {
  const dataDir = await openFolder('data');
  await mkdir(dataDir);
  await writeFile(path.join(dataDir, 'letter.txt'), 'mine');
  await expect(startPostgres({ dataDir })).rejects.toMatchObject({ code: 'server-unavailable' });
  expect(await readdir(dataDir)).toEqual(['letter.txt']);
});

test('a data folder under a private home works, and keeps its rows', async () => {
  const dataDir = path.join(folder, 'data');
  const first = await start({ dataDir });
  await ask(first, 'create table kept as select 42 as answer');
  await first.stop();
  expect(await ask(await start({ dataDir }), 'select answer from kept')).toEqual([42]);
  if (first.dataDir !== dataDir) await rm(first.dataDir ?? '', { recursive: true });
});

test("a setting that PostgreSQL refuses is an error with PostgreSQL's message", async () => {
  await expect(startPostgres({ settings: { work_mem: 'plenty' } })).rejects.toMatchObject({
    code: 'server-unavailable',
    message: expect.stringContaining('invalid value for parameter "work_mem": "plenty"'),
  });
});

test('the server in WAYBILL_POSTGRES_URL is used and not stopped', async () => {
  vi.stubEnv('WAYBILL_POSTGRES_URL', 'postgres://someone@example.test/db');
  const server = await startPostgres({}, []);
  expect(server).toMatchObject({ url: 'postgres://someone@example.test/db', pid: undefined });
  await server.stop();
});

test('without any way to get a server the error names all three ways', async () => {
  const error: unknown = await startPostgres({}, []).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'server-unavailable' });
  for (const way of ['WAYBILL_POSTGRES_URL', '@embedded-postgres/', '/usr/lib/postgresql/*/bin']) {
    expect(String(error)).toContain(way);
  }
});
