import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { mysql } from '../../../../connectors/mysql/connector.ts';
import { WaybillError } from '../../../../core/model/errors.ts';
import type { TableSchema } from '../../../../core/model/schema.ts';
import type { Source } from '../../../../core/ports/source.ts';
import { series } from '../../../support/series.ts';
import { cableTo, cellsOf, database, databaseOf, rowsOf, source, sql, tableOf, whole } from '../database.ts';

const run = promisify(execFile);

/** 60,000 rows of 2 KB, far more than sockets and batches hold. */
const wide = [
  'create table wide (id int primary key, body varchar(3000) not null)',
  `insert into wide select seq, repeat(left(sha2(seq, 256), 32), 64) from ${series(1, 60000)}`,
];

/** Reads until something breaks. Calls `midway` after the first batch. */
async function drain(from: Source, table: TableSchema, midway: () => Promise<unknown>): Promise<number> {
  let rows = 0;
  for await (const batch of from.read(table, whole)) {
    if (rows === 0) await midway();
    rows += batch.length;
  }
  return rows;
}

async function killAll(url: string, what: 'connection' | 'query'): Promise<void> {
  const sessions = await sql(
    url,
    `select id from information_schema.processlist where db = '${databaseOf(url)}' and id <> connection_id()`,
  );
  for (const [id] of sessions) await sql(url, `kill ${what} ${id}`);
}

test('batches hold at most 1000 rows and about 1 MB', async () => {
  const url = await database(...wide, 'create table narrow (id int primary key)');
  await sql(url, `insert into narrow select seq from ${series(1, 5500)}`);
  const from = await source(url);
  const sizes: number[] = [];
  for await (const batch of from.read(await tableOf(from, 'narrow'), whole)) sizes.push(batch.length);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(5500);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1000);
  expect(Math.min(...sizes)).toBeGreaterThan(0);
  for await (const batch of from.read(await tableOf(from, 'wide'), whole)) {
    expect(batch.flat().join('').length).toBeLessThanOrEqual(1_000_000);
    expect(batch.length).toBeGreaterThan(0);
  }
});

test('a slow consumer slows the server down', async () => {
  const url = await database(...wide);
  const cable = await cableTo(url);
  const from = await source(cable.url);
  let rows = 0;
  for await (const batch of from.read(await tableOf(from, 'wide'), whole)) {
    if (rows === 0) {
      await sleep(500);
      // 120 MB in all. At most as much has arrived as buffers hold here, on the way and in the kernel.
      expect(cable.received()).toBeLessThan(30_000_000);
    }
    rows += batch.length;
  }
  expect(rows).toBe(60_000);
});

test('values over 16 MB and packets at the protocol boundary arrive whole, even with a slow consumer', async () => {
  const sizes = [21_000_000, 16_777_215, 16_777_214, 16_777_200, 1, 33_554_430, 33_554_417];
  const url = await database(
    'create table big (id int primary key, t longtext, b longblob)',
    ...sizes.map((size, i) => `insert into big values (${i}, repeat('é', ${size} div 2), repeat('x', ${size}))`),
    `insert into big values (${sizes.length}, repeat('x', 16777215 - 6), null)`,
    `insert into big select seq, 'small', 'x' from ${series(100, 3000)}`,
  );
  const from = await source(url);
  const read: (readonly [string, number, number])[] = [];
  for await (const batch of from.read(await tableOf(from, 'big'), whole)) {
    for (const [id, t, b] of batch) {
      read.push([id as string, Buffer.byteLength(t as string), (b as Uint8Array | null)?.length ?? -1]);
    }
    await sleep(5);
  }
  expect(read.slice(0, sizes.length)).toEqual(sizes.map((size, i) => [String(i), size - (size % 2), size]));
  expect(read[sizes.length]).toEqual([String(sizes.length), 16_777_209, -1]);
  expect(read.length).toBe(sizes.length + 1 + 2901);
});

test('a table many times larger than the heap is read, whatever the size of its rows', async () => {
  const url = await database(
    'create table big (id int primary key, t longtext)',
    `insert into big select seq, repeat('x', 21000000) from ${series(1, 12)}`,
    `insert into big select seq, repeat('y', 1000) from ${series(1000, 80000)}`,
  );
  const program = `
    import { mysql } from '${join(import.meta.dirname, '../../../../connectors/mysql/connector.ts')}';
    const source = await mysql.openSource(process.argv[1], { schemas: { c01: process.argv[2] } });
    const [table] = await source.inspector.tables(['c01']);
    let bytes = 0;
    for await (const batch of source.read(table, { number: 1, after: null, upTo: null })) {
      for (const row of batch) bytes += row[1].length;
      await new Promise((resolve) => setTimeout(resolve, batch.length === 1 ? 50 : 1));
    }
    console.log(bytes);
    await source.close();`;
  const capped = ['--max-old-space-size=72', '--import', 'tsx', '--input-type=module', '-e', program];
  const { stdout } = await run(process.execPath, [...capped, url, databaseOf(url)]);
  expect(stdout.trim()).toBe(String(12 * 21_000_000 + 79_001 * 1000));
});

test('a mediumblob of the largest size keeps every byte', async () => {
  const url = await database(
    'create table pictures (id int primary key, picture mediumblob)',
    `insert into pictures values (1, concat(repeat(x'00ff5c0a27', 3355443)))`,
  );
  const [[, picture] = []] = await rowsOf(await source(url), 'pictures');
  expect((picture as Uint8Array).length).toBe(16_777_215);
  expect(Buffer.from('00ff5c0a27'.repeat(3_355_443), 'hex').equals(picture as Uint8Array)).toBe(true);
});

test('a consumer that stops early leaves the source usable, on the same snapshot', async () => {
  const url = await database(...wide);
  const from = await source(url);
  const table = await tableOf(from, 'wide');
  await sql(url, 'insert into wide values (0, "late")');
  for (let times = 0; times < 3; times++) {
    for await (const batch of from.read(table, whole)) {
      expect(batch[0]?.[0]).toBe('1');
      break;
    }
    expect(await from.inspector.count('c01.wide')).toBe(60_000);
  }
  const unread = from.read(table, whole)[Symbol.asyncIterator]();
  await unread.return?.();
  expect(await drain(from, table, async () => {})).toBe(60_000);
});

test('a consumer that stops just before the end leaves the source usable', async () => {
  const url = await database('create table t (id int primary key)', `insert into t select seq from ${series(1, 2500)}`);
  const from = await source(url);
  const table = await tableOf(from, 't');
  for (let times = 0; times < 20; times++) {
    let batches = 0;
    for await (const _ of from.read(table, whole)) if (++batches > times % 3) break;
    expect(await from.inspector.count('c01.t')).toBe(2500);
  }
});

test('an error of the consumer is thrown unchanged, and the source stays usable', async () => {
  const url = await database(...wide);
  const from = await source(url);
  const table = await tableOf(from, 'wide');
  const reading = drain(from, table, async () => {
    throw new Error('disk full');
  });
  await expect(reading).rejects.toThrow('disk full');
  expect(await from.inspector.count('c01.wide')).toBe(60_000);
});

test('inspections wait for a reading, and readings wait for each other', async () => {
  const url = await database(...wide);
  const from = await source(url);
  const table = await tableOf(from, 'wide');
  const nothing = async () => {};
  const answers = await Promise.all([
    drain(from, table, nothing),
    from.inspector.count('c01.wide'),
    drain(from, table, nothing),
    from.parts(table, 30_000),
  ]);
  expect(answers.map((answer) => (Array.isArray(answer) ? answer.length : answer))).toEqual([
    60_000, 60_000, 60_000, 2,
  ]);
});

const interruptions: readonly (readonly [
  string,
  (url: string, cut: (how: 'end' | 'reset') => void) => Promise<void>,
])[] = [
  ['the server kills the connection', (url) => killAll(url, 'connection')],
  ['somebody kills the query', (url) => killAll(url, 'query')],
  ['the network says goodbye', async (_, cut) => cut('end')],
  ['the network resets', async (_, cut) => cut('reset')],
];

/** The same for cells. */
async function drainCells(from: Source, table: TableSchema, midway: () => Promise<unknown>): Promise<number> {
  let rows = 0;
  for await (const batch of cellsOf(from, table).batches) {
    if (rows === 0) await midway();
    rows += batch.rows;
  }
  return rows;
}

const ways = [drain, drainCells].flatMap((way) =>
  interruptions.map(([what, how]) => [what, way.name, how, way] as const),
);

test.each(ways)('when %s mid-result, the reading fails instead of ending (%s)', async (_, __, interrupt, way) => {
  const url = await database(...wide);
  const cable = await cableTo(url);
  const from = await source(cable.url);
  const table = await tableOf(from, 'wide');
  const reading = way(from, table, async () => {
    await interrupt(url, cable.cut);
    await sleep(100);
  });
  const error = await reading.then(
    (rows) => `ended after ${rows} rows`,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(WaybillError);
  expect(error).toMatchObject({ code: 'source-interrupted' });
});

test('when the connection is lost between readings, the next inspection reports it', async () => {
  const url = await database(...wide);
  const from = await source(url);
  await killAll(url, 'connection');
  await sleep(50);
  for (let times = 0; times < 2; times++) {
    await expect(from.inspector.count('c01.wide')).rejects.toMatchObject({ code: 'source-interrupted' });
  }
  await expect(rowsOf(from, 'wide')).rejects.toMatchObject({ code: 'source-interrupted' });
});

test('closing ends an open reading with an error', async () => {
  const url = await database(...wide);
  const from = await mysql.openSource(url, { schemas: { c01: databaseOf(url) } });
  const table = await tableOf(from, 'wide');
  await expect(drain(from, table, () => from.close())).rejects.toMatchObject({ code: 'source-interrupted' });
  await from.close();
});
