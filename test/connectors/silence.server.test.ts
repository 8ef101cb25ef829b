import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { mysql } from '../../connectors/mysql/connector.ts';
import { postgres } from '../../connectors/postgres/connector.ts';
import { RowBuffer } from '../../core/encoded.ts';
import type { Source, Target } from '../../core/ports.ts';
import type { TableSchema } from '../../core/schema.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';
import { type TcpProxy, tcpProxy } from '../support/tcp-proxy.ts';

const silenceMs = 1500;
const silent = expect.objectContaining({
  reason: 'silent',
  message: expect.stringContaining('said nothing for 1.5 s'),
});
const table: TableSchema = {
  name: 'big.rows',
  columns: [{ name: 'v', type: { kind: 'text', native: 'text' }, nullable: true }] as TableSchema['columns'],
  key: [],
  unique: [],
  estimatedRows: null,
};
let database: TestDatabase;

beforeAll(async () => {
  database = await createPgDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query('create schema big; create table big.rows (v text)');
  await client.query('insert into big.rows select repeat(md5(i::text), 300) from generate_series(1, 4000) i');
  await client.end();
});
afterAll(() => database.drop());

async function proxied(url: string): Promise<TcpProxy> {
  const proxy = await tcpProxy(url);
  onTestFinished(() => proxy.close());
  return proxy;
}

async function targetBehind(proxy: TcpProxy): Promise<Target> {
  const open = postgres.openTarget as NonNullable<typeof postgres.openTarget>;
  const target = await open(proxy.through(database.url), { schema: 'big', settings: {}, silenceMs });
  onTestFinished(() => target.close());
  return target;
}

async function readAll(source: Source, onBatch: () => void): Promise<void> {
  for await (const _ of source.read(table, { number: 1, after: null, upTo: null })) onBatch();
}

test('a postgres source that goes silent within a reading is noticed', async () => {
  const proxy = await proxied(database.url);
  const source = await postgres.openSource(proxy.through(database.url), { schemas: {}, silenceMs });
  onTestFinished(() => source.close());
  await expect(readAll(source, () => proxy.pause())).rejects.toEqual(silent);
});

test('a mysql source that goes silent within a reading is noticed', async () => {
  const url = inject('mysqlUrl');
  const proxy = await proxied(url);
  const source = await mysql.openSource(proxy.through(url), { schemas: { big: 'information_schema' }, silenceMs });
  onTestFinished(() => source.close());
  proxy.pause();
  await expect(readAll(source, () => undefined)).rejects.toEqual(silent);
});

test('a target that goes silent within a COPY is noticed', async () => {
  const proxy = await proxied(database.url);
  const target = await targetBehind(proxy);
  const format = await target.rowFormat('rows', table.columns);
  const writer = await target.openPart('rows', ['v'], format);
  proxy.pause();
  const load = async (): Promise<void> => {
    const rows = new RowBuffer();
    rows.add(format, [randomBytes(200_000).toString('hex')]);
    for (let i = 0; i < 200; i++) await writer.write(rows);
    await writer.finish();
  };
  await expect(load()).rejects.toEqual(silent);
});

test('a part whose acknowledgement was swallowed is in, and the ledger says so', async () => {
  const proxy = await proxied(database.url);
  const target = await targetBehind(proxy);
  const format = await target.rowFormat('rows', table.columns);
  const writer = await target.openPart('rows', ['v'], format);
  proxy.onSent = (bytes) => {
    if (bytes.toString('latin1').includes('commit\0')) proxy.swallowAnswers();
  };
  const counts = { read: 0, loaded: 0, rejected: 0, filtered: 0, adjusted: 0, digest: '0'.repeat(16) };
  const part = { number: 1, after: null, upTo: null };
  await expect(writer.commit({ run: 'r1', mapping: 'a > b', part, ...counts })).rejects.toEqual(silent);
  expect(await target.ledger('r1')).toHaveLength(1);
});
