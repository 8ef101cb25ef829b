import { expect, test } from 'vitest';
import type { Value } from '../../../core/model/value.ts';
import { series } from '../../support/series.ts';
import { database, rowsOf, source, sql } from './database.ts';

/** Expects that equal rows of a table without a key are adjacent. */
async function expectNeighbours(url: string): Promise<readonly (readonly Value[])[]> {
  const from = await source(url);
  const rows = await rowsOf(from, 't');
  // An open snapshot prevents a truncate of the table.
  await from.close();
  const texts = rows.map((row) => JSON.stringify(row));
  const runs = texts.filter((text, i) => i === 0 || text !== texts[i - 1]);
  expect(runs.length).toBe(new Set(texts).size);
  return rows;
}

test('without a key, texts that are equal in the collation are not mixed', async () => {
  const url = await database(
    'create table t (a varchar(20) character set latin1 collate latin1_general_ci, b int)',
    "insert into t values ('a', 1), ('A', 1), ('a', 1), ('A', 1), ('a ', 1), ('a', 1), ('A ', 1), ('a ', 1), (null, 1), (null, 1)",
  );
  await expectNeighbours(url);
});

test('without a key, long values with the same prefix are not mixed', async () => {
  const long = (end: string) => `concat(repeat('x', 20000), '${end}')`;
  const ends = ['a', 'b', 'a', 'B', 'b', 'a', 'A', 'B', 'a', 'b'];
  const url = await database(
    'create table t (a longtext, b longblob, c varchar(5000))',
    ...ends.map((end) => `insert into t values (${long(end)}, null, '')`),
    ...ends.map((end) => `insert into t values (null, ${long(end)}, '')`),
    ...ends.map((end) => `insert into t values (null, null, concat(repeat('x', 4500), '${end}'))`),
  );
  await expectNeighbours(url);
});

test('without a key, the order is the same each time', async () => {
  const url = await database(
    "create table t (e enum('z','a'), s set('p','q'), d date, n decimal(9,2), f float, b bit(3), v varchar(300))",
    `insert into t select 1 + seq % 2, seq % 4, '2020-01-01', seq % 3, seq % 5, seq % 8, left(sha2(seq % 7, 256), 32) from ${series(1, 3000)}`,
  );
  const first = await expectNeighbours(url);
  await sql(
    url,
    'create table copy as select * from t order by rand()',
    'truncate t',
    'insert into t select * from copy',
  );
  expect(await expectNeighbours(url)).toEqual(first);
});

test('a table of 100 wide columns without a key can be sorted', async () => {
  const columns = Array.from({ length: 100 }, (_, i) => `c${i} varchar(150)`);
  const url = await database(
    `create table t (${columns.join(', ')})`,
    `insert into t (c0, c99) select left(sha2(seq % 50, 256), 32), left(sha2(seq % 3, 256), 32) from ${series(1, 2000)}`,
  );
  expect((await expectNeighbours(url)).length).toBe(2000);
});
