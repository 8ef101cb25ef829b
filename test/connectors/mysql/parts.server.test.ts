import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row } from '../../../core/model/value.ts';
import type { Source } from '../../../core/ports/source.ts';
import { series } from '../../support/series.ts';
import { isMariadb } from '../../support/server-versions.ts';
import { database, rowsOf, source, sql, tableOf, whole } from './database.ts';

/** Reads in parts and as one part: the same rows in the same order, parts of the right size, and the same cut again. */
async function expectExactCover(from: Source, name: string, rows: number, maxRows: number): Promise<void> {
  const table = await tableOf(from, name);
  const parts = await from.parts(table, maxRows);
  expect(parts.map(({ number }) => number)).toEqual(parts.map((_, i) => i + 1));
  expect(parts.length).toBe(Math.max(1, Math.ceil(rows / maxRows)));
  const all: Row[] = [];
  for await (const batch of from.read(table, whole)) all.push(...batch);
  expect(await rowsOf(from, name, maxRows)).toEqual(all);
  expect(new Set(all.map((row) => JSON.stringify(row))).size).toBe(rows);
  expect(await from.parts(table, maxRows)).toEqual(parts);
}

interface KeyCase {
  readonly ddl: string;
  readonly key: fc.Arbitrary<readonly string[]>;
}

const quoted = (text: string) => `'${text.replace(/['\\]/g, '\\$&').replaceAll('\0', '\\0')}'`;
const word = fc.constantFrom('', 'a', 'B', 'c ', 'é', 'ß', "o'clock", 'back\\slash', 'z', '10', '9', '_', '%', '\t');
const bigInteger = (min: bigint, max: bigint) => fc.bigInt(min, max).map((n) => [String(n)] as const);

const cases: Readonly<Record<string, KeyCase>> = {
  'negative integers': {
    ddl: 'a int, primary key (a)',
    key: fc.integer({ min: -50, max: 50 }).map((n) => [String(n)]),
  },
  'integers with gaps': {
    ddl: 'a bigint, primary key (a)',
    key: fc.integer({ min: -9, max: 9 }).map((n) => [String(n * 1_000_000_000)]),
  },
  'the whole of bigint': { ddl: 'a bigint, primary key (a)', key: bigInteger(-(2n ** 63n), 2n ** 63n - 1n) },
  'up to 2^64-1': {
    ddl: 'a bigint unsigned, primary key (a)',
    key: fc.oneof(bigInteger(2n ** 64n - 20n, 2n ** 64n - 1n), bigInteger(0n, 20n)),
  },
  'composite with equal prefixes': {
    ddl: 'a int, b varchar(20), c date, primary key (a, b, c)',
    key: fc
      .tuple(fc.integer({ min: -1, max: 1 }), word, fc.constantFrom('0000-00-00', '2020-00-15', '2020-01-01'))
      .map(([a, b, c]) => [String(a), quoted(b), quoted(c)]),
  },
  'case-insensitive latin1 text': {
    ddl: 'a varchar(20) character set latin1 collate latin1_general_ci, primary key (a)',
    key: fc.oneof(word, fc.string({ maxLength: 3 }), fc.constantFrom('\u0081', '€', 'Ÿ')).map((text) => [quoted(text)]),
  },
  'unicode text': {
    ddl: 'a varchar(20) collate utf8mb4_unicode_ci, primary key (a)',
    key: fc.oneof(word, fc.string({ unit: 'grapheme', maxLength: 4 })).map((text) => [quoted(text)]),
  },
  'binary text': {
    ddl: 'a varchar(20) collate utf8mb4_bin, primary key (a)',
    key: fc.oneof(word, fc.string({ maxLength: 3 })).map((text) => [quoted(text)]),
  },
  bytes: {
    ddl: 'a varbinary(8), primary key (a)',
    key: fc.uint8Array({ maxLength: 4 }).map((bytes) => [`x'${Buffer.from(bytes).toString('hex')}'`]),
  },
  decimals: {
    ddl: 'a decimal(30,10), primary key (a)',
    key: fc.integer().map((n) => [`${n}.${Math.abs(n) % 1000}`]),
  },
  doubles: {
    ddl: 'a double, primary key (a)',
    key: fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => [`${n}`]),
  },
  floats: {
    ddl: 'a float, primary key (a)',
    key: fc.float({ noNaN: true, noDefaultInfinity: true }).map((n) => [`${n}`]),
  },
  'enum in the order of its labels': {
    ddl: "a enum('z','y','x','it''s'), b int, primary key (a, b)",
    key: fc
      .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 }))
      .map(([label, b]) => [String(label), String(b)]),
  },
  'points in time': {
    ddl: 'a timestamp(6), b datetime(3), c time(2), primary key (a, b, c)',
    key: fc
      .tuple(
        fc.constantFrom('0000-00-00', '2020-03-29 01:30:00.000001', '2020-10-25 01:30:00'),
        fc.constantFrom('0000-00-00', '9999-12-31 23:59:59.999'),
        fc.constantFrom('-838:59:59', '00:00:00.5', '-00:00:00.5', '838:59:59'),
      )
      .map((texts) => texts.map(quoted)),
  },
  'years, bits and flags': {
    ddl: 'a year, b bit(12), c tinyint(1), primary key (a, b, c)',
    key: fc
      .tuple(fc.constantFrom('0', '1901', '2155'), fc.integer({ min: 0, max: 4095 }), fc.integer({ min: -1, max: 2 }))
      .map(([a, b, c]) => [a, String(b), String(c)]),
  },
  'the odd name': {
    ddl: '`MIR.ORDER` int, `back``tick` int, primary key (`MIR.ORDER`, `back``tick`)',
    key: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 9 })).map((values) => values.map(String)),
  },
};

test.each(Object.entries(cases))('parts cover a table exactly once: key of %s', async (_, { ddl, key }) => {
  const url = await database(`create table t (${ddl})`);
  await fc.assert(
    fc.asyncProperty(fc.array(key, { maxLength: 40 }), fc.integer({ min: 1, max: 12 }), async (keys, maxRows) => {
      const inserts = keys.map((values) => `(${values.join(', ')})`);
      await sql(url, 'truncate t', ...(keys.length > 0 ? [`insert ignore into t values ${inserts.join(', ')}`] : []));
      const [[rows] = []] = await sql(url, 'select count(*) from t');
      const from = await source(url);
      // An open snapshot would prevent the next run from truncating the table.
      await expectExactCover(from, 't', Number(rows), maxRows).finally(() => from.close());
    }),
    { numRuns: 12 },
  );
});

test.each([-1, 0, 1])('a table of maxRows %i rows is cut at the right row', async (more) => {
  const url = await database(
    'create table t (id int primary key)',
    `insert into t select seq from ${series(1, 100 + more)}`,
  );
  const from = await source(url);
  await expectExactCover(from, 't', 100 + more, 100);
  await expectExactCover(from, 't', 100 + more, 50);
});

test('an empty table and a table without a key are one part', async () => {
  const url = await database(
    'create table nothing (id int primary key)',
    'create table keyless (a int)',
    'insert into keyless values (2), (1), (2)',
  );
  const from = await source(url);
  for (const name of ['nothing', 'keyless']) {
    expect(await from.parts(await tableOf(from, name), 1)).toEqual([whole]);
  }
  expect(await rowsOf(from, 'keyless', 1)).toEqual([['1'], ['2'], ['2']]);
});

test('a table whose unique key is nullable is one part, including rows without a key', async () => {
  const url = await database(
    'create table t (a int, b int, unique (a))',
    'insert into t values (2, 1), (null, 1), (null, 1), (1, 1)',
  );
  const from = await source(url);
  expect(await from.parts(await tableOf(from, 't'), 1)).toEqual([whole]);
  expect((await rowsOf(from, 't', 1)).map(([a]) => a).sort()).toEqual(['1', '2', null, null]);
});

test('a table whose key is a set, or an enum with an empty label, is one part', async () => {
  const url = await database(
    "create table s (a set('x','y') primary key)",
    "create table e (a enum('x','') primary key)",
    "insert into s values ('x,y'), (''), ('y')",
    "insert into e values ('x'), (0), (2)",
  );
  const from = await source(url);
  for (const name of ['s', 'e']) {
    expect(await from.parts(await tableOf(from, name), 1)).toEqual([whole]);
  }
  expect(await rowsOf(from, 's', 1)).toEqual([[[]], [['y']], [['x', 'y']]]);
  expect(await rowsOf(from, 'e', 1)).toEqual([[''], ['x'], ['']]);
});

test.runIf(isMariadb)('a table whose key holds a lone surrogate is one part', async () => {
  const url = await database(
    'create table t (a varchar(9) primary key)',
    "insert into t values ('a'), (x'eda080'), (x'eda081'), ('b')",
  );
  const from = await source(url);
  expect(await from.parts(await tableOf(from, 't'), 1)).toEqual([whole]);
  expect((await rowsOf(from, 't', 1)).length).toBe(Number((await sql(url, 'select count(*) from t'))[0]?.[0]));
});

test('the scan that cuts a large table uses its key, even a composite one', async () => {
  const url = await database(
    'create table t (a int, b varchar(20) character set latin1 collate latin1_general_ci, c char(100), primary key (a, b))',
    `insert into t select seq div 10000, seq, '' from ${series(1, 100000)}`,
  );
  const from = await source(url);
  const table = await tableOf(from, 't');
  await sql(url, 'analyze table t');
  await sql(url, 'flush status');
  const parts = await from.parts(table, 20_000);
  expect(parts.length).toBe(5);
  const before = Number((await sql(url, "show global status like 'Handler_read_next'"))[0]?.[1]);
  const last = parts.at(-1);
  if (last !== undefined) for await (const _ of from.read(table, last));
  const after = Number((await sql(url, "show global status like 'Handler_read_next'"))[0]?.[1]);
  expect(after - before).toBeLessThan(60_000);
});
