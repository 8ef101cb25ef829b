import { randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql2 from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { mysql } from '../../connectors/mysql/connector.ts';
import { postgres } from '../../connectors/postgres/connector.ts';
import { RowBuffer } from '../../core/model/encoded.ts';
import type { TableSchema } from '../../core/model/schema.ts';
import type { Source } from '../../core/ports/source.ts';
import type { PartWriter, Target } from '../../core/ports/target.ts';
import { createPgDatabase, mysqlUrl, type TestDatabase } from '../support/databases.ts';
import { type TcpProxy, tcpProxy } from '../support/tcp-proxy.ts';

const idleTimeoutMs = 1500;
const longerMs = 4 * idleTimeoutMs;
const idle = expect.objectContaining({
  reason: 'idle',
  message: expect.stringContaining('did not respond for 1.5 s'),
});
const table: TableSchema = {
  name: 'big.rows',
  columns: [{ name: 'v', type: { kind: 'text', native: 'text' }, nullable: true }] as TableSchema['columns'],
  key: [],
  unique: [],
  estimatedRows: null,
};
const rowCount = 4000;
const names = { big: 'idle_big' };
let database: TestDatabase;

beforeAll(async () => {
  database = await createPgDatabase();
  await onPostgres('create schema big; create table big.rows (v text)');
  await onPostgres(`insert into big.rows select repeat(md5(i::text), 300) from generate_series(1, ${rowCount}) i`);
  const client = await mysql2.createConnection(inject('mysqlUrl'));
  await client.query(`create or replace database ${names.big}`);
  await client.query(`create table ${names.big}.rows (v longtext)`);
  const some = Array.from({ length: 40 }, (_, i) => [String(i).repeat(9600 / String(i).length)]);
  for (let i = 0; i < rowCount; i += some.length) await client.query(`insert into ${names.big}.rows values ?`, [some]);
  await client.end();
});
afterAll(() => database.drop());

async function onPostgres(sql: string): Promise<void> {
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function proxied(url: string): Promise<TcpProxy> {
  const proxy = await tcpProxy(url);
  onTestFinished(() => proxy.close());
  return proxy;
}

async function targetAt(url: string): Promise<Target> {
  const open = postgres.openTarget as NonNullable<typeof postgres.openTarget>;
  const target = await open(url, { schema: 'big', settings: {}, idleTimeoutMs });
  onTestFinished(() => target.close());
  return target;
}

async function writerAt(target: Target): Promise<{ writer: PartWriter; rows: RowBuffer }> {
  const format = await target.rowFormat('rows', table.columns);
  const writer = await target.openPart('rows', ['v'], format);
  const rows = new RowBuffer();
  rows.add(format, [randomBytes(200_000).toString('hex')]);
  return { writer, rows };
}

/** Each kind of source, its URL, and a function that opens it. */
const sources = [
  ['postgres', () => database.url, (url: string) => postgres.openSource(url, { schemas: {}, idleTimeoutMs })],
  ['mysql', () => mysqlUrl(names.big), (url: string) => mysql.openSource(url, { schemas: names, idleTimeoutMs })],
] as const;

async function readAll(source: Source, onBatch: (batch: number) => unknown): Promise<number> {
  let rows = 0;
  let number = 0;
  for await (const batch of source.read(table, { number: 1, after: null, upTo: null })) {
    rows += batch.length;
    await onBatch(++number);
  }
  return rows;
}

describe.each(sources)('a %s source', (_, urlOf, open) => {
  test('that stops responding while it is read is interrupted, and closing it does not hang', async () => {
    const proxy = await proxied(urlOf());
    const source = await open(proxy.through(urlOf()));
    onTestFinished(() => source.close());
    await expect(readAll(source, () => proxy.pause())).rejects.toEqual(idle);
  });

  test('that does not respond before the first row is interrupted', async () => {
    const proxy = await proxied(urlOf());
    const source = await open(proxy.through(urlOf()));
    onTestFinished(() => source.close());
    proxy.pause();
    await expect(readAll(source, () => undefined)).rejects.toMatchObject({ code: 'source-interrupted' });
  });

  test('is not idle while it waits for a slow consumer', async () => {
    const source = await open(urlOf());
    onTestFinished(() => source.close());
    expect(await readAll(source, (batch) => (batch === 2 ? sleep(longerMs) : undefined))).toBe(rowCount);
  });
});

describe('a target', () => {
  test('that stops responding during a COPY is interrupted', async () => {
    const proxy = await proxied(database.url);
    const { writer, rows } = await writerAt(await targetAt(proxy.through(database.url)));
    proxy.pause();
    const load = async (): Promise<void> => {
      for (let i = 0; i < 200; i++) await writer.write(rows);
      await writer.finish();
    };
    await expect(load()).rejects.toEqual(idle);
    await writer.rollback();
  });

  test('finds the part in its ledger if the acknowledgement of a commit was lost', async () => {
    const proxy = await proxied(database.url);
    const target = await targetAt(proxy.through(database.url));
    const { writer } = await writerAt(target);
    await target.recordRun({ run: 'r1', pipeline: 'p', fingerprint: '', startedAt: '2026-01-01T00:00:00Z' });
    proxy.onSent = (bytes) => {
      if (bytes.toString('latin1').includes('commit\0')) proxy.swallowAnswers();
    };
    const counts = { read: 0, loaded: 0, rejected: 0, filtered: 0, adjusted: 0, digest: '0'.repeat(16) };
    const part = { number: 1, after: null, upTo: null };
    await expect(writer.commit({ run: 'r1', mapping: 'a > b', part, ...counts })).rejects.toEqual(idle);
    expect(await target.ledger('r1')).toHaveLength(1);
  });

  test('is not idle during long DDL', async () => {
    const migrations = await mkdtemp(join(tmpdir(), 'waybill-'));
    await writeFile(join(migrations, '001.do.slow.sql'), `select pg_sleep(${longerMs / 1000});`);
    const target = await targetAt(database.url);
    await target.migrate(migrations, 1);
    expect((await target.versions(migrations)).filter(({ isDone }) => isDone)).toHaveLength(1);
  });

  test('is not idle while rows arrive slowly', async () => {
    const { writer, rows } = await writerAt(await targetAt(database.url));
    await writer.write(rows);
    await sleep(longerMs);
    await writer.write(rows);
    expect(await writer.finish()).toBeNull();
    await writer.rollback();
  });
});
