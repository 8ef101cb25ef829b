import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { sqlserver } from '../../../connectors/sqlserver/connector.ts';
import type { TableSchema } from '../../../core/model/schema.ts';
import type { Source } from '../../../core/ports/source.ts';
import type { DatabaseFacts } from '../../support/tds/database.ts';
import type { Answer } from '../../support/tds/server.ts';
import { type FactServer, serveFacts } from '../../support/tds/server-of-facts.ts';
import { SqlError } from '../../support/tds/sql/relation.ts';
import { Exact, type SqlValue } from '../../support/tds/sql/values.ts';

const whole = { number: 1, after: null, upTo: null };
const columns = [
  { name: 'id', type: 'int', isNullable: false },
  { name: 'body', type: 'nvarchar(max)' },
];
const facts: DatabaseFacts = { name: 'shop', tables: [{ name: 'big', key: ['id'], columns }] };

/** The rows of the table, made as they are sent. */
type Rows = (server: () => FactServer) => AsyncGenerator<readonly SqlValue[]>;

async function openBig(
  rows: Rows,
  options: { readonly idleTimeoutMs?: number } = {},
): Promise<{ readonly server: FactServer; readonly source: Source; readonly table: TableSchema }> {
  const answer = (sql: string): Answer | null =>
    sql.includes('from [dbo].[big]') && sql.includes('order by') ? { columns, rows: rows(() => server) } : null;
  const server: FactServer = await serveFacts(facts, { answer });
  onTestFinished(server.close);
  const source = await sqlserver.openSource(server.url, { schemas: { c01: 'dbo' }, ...options });
  onTestFinished(() => source.close());
  const [table] = await source.inspector.tables(['c01']);
  return { server, source, table: table as TableSchema };
}

async function* rowsOf(count: number, body: string): AsyncGenerator<readonly SqlValue[]> {
  for (let i = 0; i < count; i++) yield [Exact.of(String(i)), body];
}

test('a large result is read with bounded memory, because the server waits while nobody takes rows', async () => {
  const { server, source, table } = await openBig(() => rowsOf(6_000, 'x'.repeat(5_000)));
  const reading = source.read(table, whole)[Symbol.asyncIterator]();
  const first = await reading.next();
  expect(first.done).toBe(false);
  await sleep(300);
  const sent = server.log.rows;
  await sleep(300);
  // 60 MB in all. Sockets hold some megabytes, the driver one packet, and the connector a batch.
  expect(server.log.rows).toBe(sent);
  expect(sent).toBeLessThan(2_000);
  let rows = first.done === true ? 0 : first.value.length;
  for (let next = await reading.next(); next.done !== true; next = await reading.next()) {
    expect(next.value.length).toBeLessThanOrEqual(250);
    rows += next.value.length;
  }
  expect(rows).toBe(6_000);
});

test('a value of megabytes arrives whole', async () => {
  const body = 'ä😀'.repeat(1_500_000);
  const { source, table } = await openBig(() => rowsOf(2, body));
  const found: boolean[] = [];
  for await (const batch of source.read(table, whole)) for (const row of batch) found.push(row[1] === body);
  expect(found).toEqual([true, true]);
});

test('a connection that breaks in the middle of a result is an error, and never the end of the data', async () => {
  const { source, table } = await openBig(async function* (server) {
    yield* rowsOf(1_000, 'row');
    server().cut();
    yield* rowsOf(1_000, 'never sent');
  });
  let rows = 0;
  const read = async () => {
    for await (const batch of source.read(table, whole)) rows += batch.length;
  };
  await expect(read()).rejects.toMatchObject({
    code: 'source-interrupted',
    message: expect.stringContaining('broke while waybill tried to read c01.big'),
  });
  expect(rows).toBeLessThan(1_500);
  // The snapshot went with the connection: no other connection takes its place.
  await expect(source.inspector.count('c01.big')).rejects.toMatchObject({ code: 'source-interrupted' });
});

test('an error in the middle of a result names the operation and the number, and no value', async () => {
  const { source, table } = await openBig(async function* () {
    yield* rowsOf(500, 'row');
    throw new SqlError(245, "Conversion failed when converting the varchar value 'secret' to data type int.");
  });
  const read = async () => {
    for await (const _ of source.read(table, whole));
  };
  const error = await read().catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'source-interrupted', message: expect.stringContaining('error 245') });
  expect(String(error)).not.toContain('secret');
  expect(await source.inspector.count('c01.big')).toBe(0);
});

test('an error that ends the transaction is reported by its number, and later reads fail', async () => {
  const { source, table } = await openBig(async function* () {
    yield* rowsOf(500, 'row');
    throw new SqlError(1205, 'Transaction was deadlocked and has been chosen as the victim.', {
      endsTransaction: true,
    });
  });
  const read = async () => {
    for await (const _ of source.read(table, whole));
  };
  await expect(read()).rejects.toMatchObject({
    code: 'source-interrupted',
    message: expect.stringContaining('error 1205'),
    hint: expect.stringContaining('deadlock'),
  });
  await expect(source.inspector.count('c01.big')).rejects.toMatchObject({ code: 'source-interrupted' });
});

test('a reading that is abandoned is cancelled at the server, and the session reads on', async () => {
  const { server, source, table } = await openBig(() => rowsOf(50_000, 'x'.repeat(2_000)));
  for await (const _ of source.read(table, whole)) break;
  expect(server.log.attentions).toBe(1);
  expect(server.log.rows).toBeLessThan(20_000);
  expect(await source.inspector.count('c01.big')).toBe(0);
});

test('a server that falls silent is an error after the idle timeout', async () => {
  const silent: Rows = async function* () {
    yield* rowsOf(300, 'row');
    await sleep(60_000, null, { ref: false });
  };
  const { source, table } = await openBig(silent, { idleTimeoutMs: 200 });
  const read = async () => {
    for await (const _ of source.read(table, whole));
  };
  await expect(read()).rejects.toMatchObject({ code: 'source-interrupted', reason: 'idle' });
});
