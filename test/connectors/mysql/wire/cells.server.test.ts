import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { CellBatch } from '../../../../core/model/cells.ts';
import type { Row } from '../../../../core/model/value.ts';
import { startMariadb } from '../../../support/mariadb/mariadb.ts';
import { series } from '../../../support/series.ts';
import { cableTo, cellsOf, database, rowsOf, source, sql, tableOf, valuesOf } from '../database.ts';
import { tlsServer } from '../tls-server.ts';

const run = promisify(execFile);

/** Rows of 2 KB, including NULLs, that fill more than a few batches. */
const mixed = [
  'create table mixed (id int primary key, n int, body varchar(3000), b longblob)',
  `insert into mixed select seq, nullif(seq % 7, 0), if(seq % 5 = 0, null, repeat(left(sha2(seq, 256), 32), seq % 64)), x'00ff'
   from ${series(1, 9000)}`,
];

test('cells and values give the same rows in the same order', async () => {
  const from = await source(await database(...mixed));
  const values = await valuesOf(cellsOf(from, await tableOf(from, 'mixed')));
  expect(values).toHaveLength(9000);
  expect(values).toEqual(await rowsOf(from, 'mixed', 10_000));
});

test('a batch holds at least one row and at most 256 KB, unless a single row is larger', async () => {
  const url = await database(
    ...mixed,
    `insert into mixed select seq * 1000, null, null, repeat('x', 1000000) from ${series(10, 12)}`,
  );
  const from = await source(url);
  const sizes: (readonly [number, number])[] = [];
  for await (const { rows, bounds } of cellsOf(from, await tableOf(from, 'mixed')).batches) {
    const used = bounds.subarray(0, rows * 8);
    sizes.push([rows, used.reduce((a, b) => Math.max(a, b), 0)]);
  }
  expect(sizes.reduce((sum, [rows]) => sum + rows, 0)).toBe(9003);
  expect(Math.min(...sizes.map(([rows]) => rows))).toBe(1);
  const large = sizes.filter(([, bytes]) => bytes > 262_144);
  expect(large.map(([rows]) => rows)).toEqual([1, 1, 1]);
  // Full, or cut short by a larger row or the end.
  expect(sizes.filter(([, bytes]) => bytes < 250_000).length).toBeLessThanOrEqual(2);
});

test('rows without bytes also come in batches of limited length', async () => {
  const columns = Array.from({ length: 500 }, (_, i) => `c${i} tinyint`);
  const url = await database(`create table empty_rows (id int primary key, ${columns.join(', ')}) engine=MyISAM`);
  await sql(url, `insert into empty_rows (id) select seq from ${series(1, 700)}`);
  const from = await source(url);
  const table = await tableOf(from, 'empty_rows');
  const values = await valuesOf(cellsOf(from, table));
  expect(values.map(([id]) => id)).toEqual(Array.from({ length: 700 }, (_, i) => String(i + 1)));
  expect(values.every(([, ...rest]) => rest.every((value) => value === null))).toBe(true);
});

test('a batch stays unchanged until the next one is requested, however much is waiting', async () => {
  const from = await source(await database(...mixed));
  const table = await tableOf(from, 'mixed');
  const hex = ({ bytes, bounds, rows }: CellBatch) =>
    Buffer.from(bytes.subarray(0, bounds[rows * 8 - 1])).toString('hex');
  for await (const batch of cellsOf(from, table).batches) {
    const before = hex(batch);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(hex(batch) === before).toBe(true);
  }
});

test('batches reuse memory, except that of a batch at which a consumer stopped', async () => {
  const from = await source(await database(...mixed));
  const table = await tableOf(from, 'mixed');
  const memories = new Set<Uint8Array>();
  let kept: CellBatch | undefined;
  for (let times = 0; times < 3; times++)
    for await (const { bytes } of cellsOf(from, table).batches) memories.add(bytes);
  expect(memories.size).toBeLessThanOrEqual(6);
  for await (const batch of cellsOf(from, table).batches) {
    kept = batch;
    break;
  }
  const before = Buffer.from(kept?.bytes ?? []);
  await valuesOf(cellsOf(from, table));
  expect(before.equals(kept?.bytes ?? Buffer.of())).toBe(true);
});

test('a consumer of cells that stops early leaves the source usable', async () => {
  const from = await source(await database(...mixed));
  const table = await tableOf(from, 'mixed');
  for (let times = 0; times < 20; times++) {
    let batches = 0;
    for await (const _ of cellsOf(from, table).batches) if (++batches > times % 10) break;
    expect(await from.inspector.count('c01.mixed')).toBe(9000);
  }
  cellsOf(from, table); // never started
  expect(await valuesOf(cellsOf(from, table))).toHaveLength(9000);
});

test.each(['tls=unverified', 'compress=on', 'tls=unverified&compress=on'])(
  'with %s the rows are the same',
  async (how) => {
    const url = how.includes('tls') ? `${(await tlsServer()).url}test` : await database();
    if (how.includes('tls')) await sql(new URL('/', url).href, 'create database test');
    const large = `insert into mixed values (0, 1, null, repeat('é🎉', 3500000))`;
    await sql(url, ...mixed, large);
    const cable = await cableTo(url);
    const from = await source(`${cable.url}?${how}`);
    const rows = await valuesOf(cellsOf(from, await tableOf(from, 'mixed')));
    // 30 MB uncompressed.
    expect(cable.received() < 8_000_000).toBe(how.includes('compress'));
    const digests = (all: readonly Row[]) => all.map((row) => createHash('sha1').update(row.join('\n')).digest('hex'));
    expect(digests(rows)).toEqual(digests(await rowsOf(await source(url), 'mixed', 100_000)));
  },
);

test.each(['cells', 'read'])('rows of 1 MB, 20 MB and 64 MB are read within a small heap (%s)', async (way) => {
  const server = await startMariadb({ settings: ['--max-allowed-packet=128M'] });
  onTestFinished(() => server.stop());
  await sql(
    server.url,
    'create database large',
    'use large',
    'create table large.t (id int primary key, body longtext character set latin1)',
    `insert into large.t select seq, repeat('x', 1000000) from ${series(1, 400)}`,
    `insert into large.t values (1000, repeat('y', 20000000)), (1001, repeat('z', ${64 << 20})), (1002, 'end')`,
  );
  const program = `
    import { mysql } from '${join(import.meta.dirname, '../../../../connectors/mysql/connector.ts')}';
    import { peakMb } from '${join(import.meta.dirname, '../../../support/peak-memory.ts')}';
    const source = await mysql.openSource(process.argv[1], { schemas: { c01: 'large' } });
    const [table] = await source.inspector.tables(['c01']);
    const part = { number: 1, after: null, upTo: null };
    let [rows, bytes] = [0, 0];
    if (process.argv[2] === 'read') {
      for await (const batch of source.read(table, part)) for (const row of batch) { rows += 1; bytes += row[1].length; }
    } else {
      for await (const { bounds, rows: count } of source.cells(table, part).batches) {
        for (let row = 0; row < count; row++) { rows += 1; bytes += bounds[row * 4 + 3] - bounds[row * 4 + 2]; }
      }
    }
    console.log(rows, bytes, peakMb());
    await source.close();`;
  const capped = ['--max-old-space-size=256', '--import', 'tsx', '--input-type=module', '-e', program];
  const { stdout } = await run(process.execPath, [...capped, `${server.url}large`, way]);
  const [rows = 0, bytes = 0, maxRssMb = 0] = stdout.trim().split(' ').map(Number);
  expect([rows, bytes]).toEqual([403, 420_000_003 + (64 << 20)]);
  expect(maxRssMb).toBeLessThan(500);
});
