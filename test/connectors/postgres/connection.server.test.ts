import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { postgres } from '../../../connectors/postgres/connector.ts';
import { openPart } from '../../../testing/row-writer.ts';
import { database, schema } from './database.ts';

const openTarget = postgres.openTarget as NonNullable<typeof postgres.openTarget>;
const options = { schema, settings: {} };

test('a port without a listener, an unknown host and a missing database are unavailable', async () => {
  const url = new URL(await database());
  url.port = '1';
  await expect(openTarget(url.href, options)).rejects.toMatchObject({ code: 'target-unavailable' });
  await expect(postgres.openSource(url.href, { schemas: {} })).rejects.toMatchObject({ code: 'source-unavailable' });
  const nowhere = 'postgres://u@no-such-host.invalid/x?sslmode=disable';
  await expect(openTarget(nowhere, options)).rejects.toMatchObject({ code: 'target-unavailable' });
  const missing = new URL(await database());
  missing.pathname = '/no_such_database';
  await expect(openTarget(missing.href, options)).rejects.toMatchObject({
    code: 'target-unavailable',
    message: expect.stringContaining('"no_such_database"'),
  });
});

test('an unknown user is a refused login, and no message contains the password', async () => {
  const url = new URL(await database());
  url.username = 'no_such_user';
  url.password = 'hush-canary';
  const error = await openTarget(url.href, options).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'target-refused-login' });
  expect(`${error} ${(error as { hint: string }).hint}`).not.toContain('hush-canary');
});

test('a server without TLS is refused if TLS is required', async () => {
  const url = `${await database()}?sslmode=require`;
  await expect(openTarget(url, options)).rejects.toMatchObject({
    code: 'target-unavailable',
    hint: expect.stringContaining('sslmode=disable'),
  });
});

test.for(['waybill', 'pg_stuff', 'Upper', 'a.b', "it's", '', 'x'.repeat(64)])(
  '"%s" is not a valid target name',
  async (name) => {
    await expect(openTarget('postgres://u@127.0.0.1:1/x', { schema: name, settings: {} })).rejects.toMatchObject({
      code: 'configuration',
    });
  },
);

test('a peer that accepts the connection and never responds times out after ten seconds', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const begun = Date.now();
  const url = `postgres://u@127.0.0.1:${(server.address() as AddressInfo).port}/x`;
  await expect(openTarget(url, options)).rejects.toMatchObject({ code: 'target-unavailable' });
  expect(Math.round((Date.now() - begun) / 1000)).toBe(10);
});

test('settings reach every session, and the error names one that the server does not accept', async () => {
  const url = await database();
  const into = await openTarget(url, { schema, settings: { 'app.tenant': 'one', work_mem: '8MB' } });
  await into.close();
  await expect(openTarget(url, { schema, settings: { no_such_setting: '1' } })).rejects.toMatchObject({
    code: 'target-refused',
    message: expect.stringContaining('no_such_setting'),
  });
});

test('closing a target ends what is in use, and later use is refused', async () => {
  const url = await database(`create schema ${schema}`, `create table ${schema}.t (id integer)`);
  const into = await openTarget(url, options);
  const writer = await openPart(into, 't', ['id']);
  await into.close();
  await expect(writer.writeIsolating([['1']])).rejects.toMatchObject({ code: 'target-interrupted' });
  await writer.rollback();
  await expect(into.inspector.count('t')).rejects.toMatchObject({ code: 'internal' });
});
