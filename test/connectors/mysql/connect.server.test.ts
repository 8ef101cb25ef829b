import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { mysql } from '../../../connectors/mysql/connector.ts';
import type { WaybillError } from '../../../core/model/errors.ts';
import { mysqlUrl } from '../../support/databases.ts';
import { startMariadb } from '../../support/mariadb/mariadb.ts';
import { series } from '../../support/series.ts';
import { isMariadb } from '../../support/server-versions.ts';
import { database, databaseOf, rowsOf, source, sql, tableOf, whole } from './database.ts';
import { tlsServer } from './tls-server.ts';

const secret = 'Sw0rd-fish';

/** Returns the error from opening a source, which must not contain a password. */
async function refusalOf(url: string): Promise<WaybillError> {
  const error = await mysql.openSource(url, { schemas: {} }).then(
    async (opened) => {
      await opened.close();
      throw new Error('it opened');
    },
    (reason: WaybillError) => reason,
  );
  expect(`${error.message} ${error.hint}`).not.toContain(secret);
  return error;
}

test('a wrong password is a refused login', async () => {
  const url = new URL(mysqlUrl());
  url.username = 'nobody';
  url.password = secret;
  expect(await refusalOf(url.href)).toMatchObject({ code: 'source-refused-login' });
});

test('a missing database is named with a hint', async () => {
  const error = await refusalOf(mysqlUrl('no_such_database'));
  expect(error).toMatchObject({ code: 'source-unavailable', hint: expect.stringContaining('database') });
});

test('a port without a listener and an unknown host are unavailable', async () => {
  const nobody = createServer();
  await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
  const { port } = nobody.address() as { port: number };
  await new Promise((resolve) => nobody.close(resolve));
  const code = 'source-unavailable';
  expect(await refusalOf(`mysql://root:${secret}@127.0.0.1:${port}/x`)).toMatchObject({ code });
  expect(await refusalOf(`mysql://root:${secret}@no-such-host.invalid/x?tls=off`)).toMatchObject({ code });
});

test('a server that never responds times out', async () => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as { port: number };
  const startedAt = Date.now();
  expect(await refusalOf(`mysql://root@127.0.0.1:${port}/x`)).toMatchObject({ code: 'source-unavailable' });
  expect(Date.now() - startedAt).toBeLessThan(12_000);
});

test('errors distinguish a missing table from a missing column', async () => {
  const url = await database('create table t (a int primary key)');
  const from = await source(url);
  const table = await tableOf(from, 't');
  const drain = async (name: string, column: string) => {
    const unknown = { name: column, type: mysql.parseType('int'), nullable: true };
    for await (const _ of from.read({ ...table, name, columns: [...table.columns, unknown] }, whole));
  };
  await expect(drain('c01.gone', 'a')).rejects.toMatchObject({
    code: 'source-missing-table',
    message: expect.stringContaining('c01.gone'),
  });
  await expect(drain('c01.t', 'gone')).rejects.toMatchObject({ code: 'drift' });
  await expect(from.inspector.count('nowhere.t')).rejects.toMatchObject({ code: 'source-missing-table' });
  expect(await from.inspector.count('c01.t')).toBe(0);
});

test('no error contains a value from the query', async () => {
  const url = await database('create table t (a int primary key)');
  const from = await source(url);
  const table = { ...(await tableOf(from, 't')), name: 'c01.gone' };
  const reading = async () => {
    for await (const _ of from.read(table, { number: 1, after: [secret], upTo: null }));
  };
  const error = await reading().then(
    () => new Error('read'),
    (reason: Error) => reason,
  );
  expect(error.message).toContain('did not read c01.gone');
  expect(error.message).not.toContain(secret);
});

test('everything is read from one snapshot', async () => {
  const url = await database('create table t (id int primary key)', `insert into t select seq from ${series(1, 100)}`);
  const from = await source(url);
  await sql(url, `insert into t select seq from ${series(101, 200)}`, 'delete from t where id < 50');
  expect(await from.inspector.count('c01.t')).toBe(100);
  expect((await rowsOf(from, 't', 9)).flat()).toEqual(Array.from({ length: 100 }, (_, i) => String(i + 1)));
  expect(from.snapshot).toEqual({ isConsistent: true, note: 'one transaction on one connection' });
  expect(from.label).toBe(`mysql://${new URL(url).host}/${databaseOf(url)}`);
});

test('the note counts the non-transactional tables', async () => {
  const url = await database(
    'create table a (id int) engine=MyISAM',
    'create table b (id int) engine=MyISAM',
    'create table c (id int) engine=MEMORY',
    'create table d (id int) engine=InnoDB',
  );
  const { snapshot } = await source(url);
  expect(snapshot.isConsistent).toBe(false);
  expect(snapshot.note).toContain('1 MEMORY, 2 MyISAM');
});

test('the session is read-only', async () => {
  const url = await database('create table t (id int primary key)');
  const from = await source(url);
  await from.inspector.count('c01.t');
  const sessions = await sql(
    url,
    `select trx_is_read_only, trx_isolation_level from information_schema.innodb_trx
     join information_schema.processlist p on p.id = trx_mysql_thread_id where p.db = '${databaseOf(url)}'`,
  );
  expect(sessions).toEqual([['1', 'REPEATABLE READ']]);
});

test('global server settings do not change what is read', async () => {
  const modes = 'STRICT_ALL_TABLES,ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH,PIPES_AS_CONCAT';
  const server = await startMariadb({
    settings: [
      `--sql-mode=${modes}`,
      '--default-time-zone=+05:30',
      '--lower-case-table-names=1',
      '--character-set-server=latin1',
    ],
  });
  onTestFinished(() => server.stop());
  await sql(
    server.url,
    'create database legacy',
    'use legacy',
    String.raw`create table Tbl_T (a varchar(9), at timestamp, c char(5), e enum('x\\y'), primary key (a))`,
    String.raw`insert into tbl_t values ('back\\', '2020-01-01', 'c', 1), ('b', '0000-00-00', '€', 1), ('c''', '2020-01-01', '', 1)`,
    `set global sql_select_limit = 1, global ${isMariadb ? 'max_statement_time = 0.5' : 'max_execution_time = 500'}, global max_sort_length = 8`,
  );
  const opened = await mysql.openSource(`${server.url}Legacy`, { schemas: { c01: 'LEGACY' } });
  onTestFinished(() => opened.close());
  expect((await tableOf(opened, 'tbl_t')).columns[3]?.type.labels).toEqual(['x\\y']);
  expect(await rowsOf(opened, 'tbl_t', 1)).toEqual([
    ['b', '0000-00-00 00:00:00+00', '€', 'x\\y'],
    ['back\\', '2020-01-01 00:00:00+00', 'c', 'x\\y'],
    ["c'", '2020-01-01 00:00:00+00', '', 'x\\y'],
  ]);
});

const run = promisify(execFile);

test('a certificate is accepted only if it verifies or the URL says so', async () => {
  const { url, authority } = await tlsServer();
  const open = async (mode: string) => {
    url.search = `?tls=${mode}`;
    url.hostname = 'localhost';
    const opened = await mysql.openSource(url.href, { schemas: {} });
    await opened.close();
    return 'opened';
  };
  expect(await open('off')).toBe('opened');
  expect(await open('unverified')).toBe('opened');
  await expect(open('verified')).rejects.toMatchObject({
    code: 'source-unavailable',
    hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
  });
  const program = `
    import { mysql } from '${join(import.meta.dirname, '../../../connectors/mysql/connector.ts')}';
    const name = process.argv[1];
    try { await (await mysql.openSource(name, { schemas: {} })).close(); console.log('opened'); }
    catch (error) { console.log(error.code, error.cause?.code ?? error.cause?.message); }`;
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program, url.href], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: authority },
  });
  expect(stdout.trim()).toBe('opened');
});

test('a server without TLS is refused if TLS is required', async () => {
  const url = new URL(mysqlUrl());
  url.hostname = 'localhost';
  url.search = '?tls=verified';
  expect(await refusalOf(url.href)).toMatchObject({
    code: 'source-unavailable',
    hint: expect.stringContaining('?tls=off'),
  });
});
