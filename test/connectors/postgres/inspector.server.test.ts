import { expect, test } from 'vitest';
import type { TableSchema } from '../../../core/model/schema.ts';
import { database, schema, source, sql, tableOf, target } from './database.ts';

test('tables are described with keys, types, defaults and estimates, in name order', async () => {
  const url = await database(
    "create type mood as enum ('glad', 'so-so', 'it''s \"odd\", really')",
    'create domain positive as integer check (value > 0)',
    'create domain named as positive not null',
    `create table zebra (
       "ID" bigint generated always as identity, code varchar(50) not null default 'x', mood mood, amount numeric(18,2),
       at timestamptz(3), tags text[], n positive, m named, gone integer, primary key (code, "ID"))`,
    'alter table zebra drop column gone',
    'create unique index on zebra (amount, mood)',
    'create unique index on zebra (lower(code))',
    'create unique index on zebra (at) where n > 1',
    'create unique index on zebra (at) include (n)',
    'create table ant (id integer) partition by range (id)',
    'create table ant_1 partition of ant for values from (1) to (100)',
    'create view v as select 1 as one',
    'insert into zebra (code, m) select n::text, 1 from generate_series(1, 500) n',
    'analyze zebra',
  );
  const [ant, zebra, ...rest] = await (await source(url)).inspector.tables(['c01', 'nowhere']);
  expect(rest).toEqual([]);
  expect(ant).toMatchObject({ name: 'c01.ant', key: [], estimatedRows: null });
  const labels = ['glad', 'so-so', 'it\'s "odd", really'];
  const integer = { kind: 'int32', native: 'integer' };
  expect(zebra).toEqual({
    name: 'c01.zebra',
    key: ['code', 'ID'],
    unique: [['amount', 'mood'], ['at']],
    estimatedRows: 500,
    columns: [
      { name: 'ID', type: { kind: 'int64', native: 'bigint' }, nullable: false, hasDefault: true },
      {
        name: 'code',
        type: { kind: 'text', native: 'character varying(50)', length: 50 },
        nullable: false,
        hasDefault: true,
      },
      { name: 'mood', type: { kind: 'enum', native: 'mood', labels }, nullable: true },
      {
        name: 'amount',
        type: { kind: 'decimal', native: 'numeric(18,2)', precision: 18, scale: 2 },
        nullable: true,
      },
      { name: 'at', type: { kind: 'timestamptz', native: 'timestamp(3) with time zone', scale: 3 }, nullable: true },
      { name: 'tags', type: { kind: 'textArray', native: 'text[]' }, nullable: true },
      { name: 'n', type: integer, nullable: true },
      { name: 'm', type: integer, nullable: false },
    ],
  });
});

test('tables of a target have bare names', async () => {
  const url = await database(
    `create schema ${schema}`,
    `create table ${schema}.b (id integer)`,
    `create table ${schema}.a (id integer)`,
    'create table public.c (id integer)',
  );
  const { inspector } = await target(url);
  expect((await inspector.tables([''])).map(({ name }) => name)).toEqual(['a', 'b']);
  expect((await inspector.tables(['public'])).map(({ name }) => name)).toEqual(['public.c']);
});

test('aggregates are exact, and null where they have no meaning', async () => {
  const url = await database(
    `create table sums (
       id integer primary key, big bigint, amount numeric(30,10), d double precision, day date, at timestamptz, t text,
       u uuid, yes boolean, none numeric)`,
    `insert into sums values
       (1, 9223372036854775807, 0.0000000001, 0.1, '2020-01-02', '2020-01-01 00:00:00.000001+02', 'b', null, true, null),
       (2, 9223372036854775807, 12345678901234567890.0000000001, 0.2, '0009-12-04', null, 'a', null, false, null)`,
  );
  const from = await source(url);
  const table = await tableOf(from, 'sums');
  const names = table.columns.map(({ name }) => name);
  const at = '2019-12-31 22:00:00.000001+00';
  expect(await from.inspector.aggregates(table, names)).toEqual([
    { column: 'id', nonNull: 2, min: '1', max: '2', sum: '3' },
    { column: 'big', nonNull: 2, min: '9223372036854775807', max: '9223372036854775807', sum: '18446744073709551614' },
    {
      column: 'amount',
      nonNull: 2,
      min: '0.0000000001',
      max: '12345678901234567890.0000000001',
      sum: '12345678901234567890.0000000002',
    },
    { column: 'd', nonNull: 2, min: '0.1', max: '0.2', sum: null },
    { column: 'day', nonNull: 2, min: '0009-12-04', max: '2020-01-02', sum: null },
    { column: 'at', nonNull: 1, min: at, max: at, sum: null },
    { column: 't', nonNull: 2, min: null, max: null, sum: null },
    { column: 'u', nonNull: 0, min: null, max: null, sum: null },
    { column: 'yes', nonNull: 2, min: null, max: null, sum: null },
    { column: 'none', nonNull: 0, min: null, max: null, sum: null },
  ]);
  expect(await from.inspector.aggregates(table, [])).toEqual([]);
});

test.each([['-0, 0'], ['0, -0']])('an extreme of zero has no sign, in the order %s', async (values) => {
  const [first, second] = values.split(', ');
  const url = await database(
    'create table zeros (id integer primary key, d double precision)',
    `insert into zeros values (1, '${first}'), (2, '${second}')`,
  );
  const from = await source(url);
  expect(await from.inspector.aggregates(await tableOf(from, 'zeros'), ['d'])).toEqual([
    { column: 'd', nonNull: 2, min: '0', max: '0', sum: null },
  ]);
});

test('a table with more columns than one query can take is aggregated', async () => {
  const columns = Array.from({ length: 1000 }, (_, i) => `c${i} integer`);
  const url = await database(
    `create table broad (${columns.join(', ')})`,
    'insert into broad (c0, c999) values (1, 2)',
  );
  const from = await source(url);
  const table = await tableOf(from, 'broad');
  const facts = await from.inspector.aggregates(
    table,
    table.columns.map(({ name }) => name),
  );
  expect(facts.filter(({ nonNull }) => nonNull > 0).map(({ column }) => column)).toEqual(['c0', 'c999']);
});

async function orphanage(): Promise<{
  child: TableSchema;
  parent: TableSchema;
  from: Awaited<ReturnType<typeof source>>;
}> {
  const url = await database(
    'create table parent (id integer primary key, code text)',
    'create table child (id integer primary key, parent integer, parent_text text, kind text)',
    `insert into parent values (1, 'A'), (2, 'B')`,
    `insert into child values (1, 1, '1', 'x'), (2, 3, '3', 'x'), (3, null, null, 'x'), (4, 0, 'None ', 'x'),
       (5, 4, '4', 'Y '), (10, 5, '5', 'x')`,
  );
  const from = await source(url);
  return { child: await tableOf(from, 'child'), parent: await tableOf(from, 'parent'), from };
}

test('orphans are counted and named in key order, and nulls and none values are not orphans', async () => {
  const { child, parent, from } = await orphanage();
  const question = { child, columns: ['parent'], parent, parentColumns: ['id'], none: ['0'] };
  const found = await from.inspector.orphans(question, 2);
  expect(found).toEqual({ count: 3, keys: ['id=2', 'id=5'], isComplete: true });
  const flagged = { ...question, when: { column: 'kind', equals: ['y'] } };
  expect(await from.inspector.orphans(flagged, 9)).toEqual({ count: 1, keys: ['id=5'], isComplete: true });
});

test.each([
  [['0'], 3],
  [['0', '', 'none', '00', '4.0', `${2n ** 63n}0`], 3],
  [['-4', '4', '0'], 2],
  [['', 'none'], 4],
])(
  'the none values %s of a number are compared as numbers, and texts that are not whole numbers are ignored',
  async (none, count) => {
    const { child, parent, from } = await orphanage();
    const question = { child, columns: ['parent'], parent, parentColumns: ['id'], none };
    expect(await from.inspector.orphans(question, 9)).toMatchObject({ count, isComplete: true });
  },
);

test('a uuid that means none is not a reference, in upper or lower case', async () => {
  const [gone, nobody] = ['0f0a8f1c-0000-4000-8000-00000000000a', '00000000-0000-0000-0000-00000000000b'];
  const url = await database(
    'create table parent (id uuid primary key)',
    'create table child (id integer primary key, parent uuid)',
    `insert into child values (1, '${gone}'), (2, '${nobody}')`,
  );
  const from = await source(url);
  const [child, parent] = [await tableOf(from, 'child'), await tableOf(from, 'parent')];
  const question = { child, columns: ['parent'], parent, parentColumns: ['id'], none: ['0', nobody.toUpperCase()] };
  expect(await from.inspector.orphans(question, 9)).toMatchObject({ count: 1, keys: ['id=1'] });
  expect(await from.inspector.orphans({ ...question, none: ['0'] }, 9)).toMatchObject({ count: 2 });
});

test('a reference with another type than its parent is compared as text', async () => {
  const { child, parent, from } = await orphanage();
  const question = { child, columns: ['parent_text'], parent, parentColumns: ['id'], none: ['none'] };
  expect(await from.inspector.orphans(question, 9)).toMatchObject({ count: 3, keys: ['id=2', 'id=5', 'id=10'] });
});

test('a multi-column reference is not an orphan if one of its columns is null', async () => {
  const url = await database(
    'create table parent (a integer, b integer, primary key (a, b))',
    'create table child (a integer, b integer)',
    'insert into parent values (1, 1), (2, 2)',
    'insert into child values (1, 1), (1, 2), (1, null), (null, 9), (2, 1), (2, 1)',
  );
  const from = await source(url);
  const [child, parent] = [await tableOf(from, 'child'), await tableOf(from, 'parent')];
  const columns = ['a', 'b'];
  const found = await from.inspector.orphans({ child, columns, parent, parentColumns: columns, none: [] }, 2);
  expect(found).toEqual({ count: 3, keys: ['a=1, b=2', 'a=2, b=1'], isComplete: true });
});

test('duplicates are counted by group and named by the first key of each', async () => {
  const url = await database(
    'create table people (id integer primary key, mail text, doc json)',
    `insert into people values (1, 'a', '{}'), (2, 'a', '{}'), (12, 'b', '[]'), (4, null, null), (5, null, null),
       (6, 'b', '1'), (7, 'b', '2'), (8, 'c', '3')`,
  );
  const from = await source(url);
  const people = await tableOf(from, 'people');
  const found = await from.inspector.duplicates(people, ['mail'], 9);
  expect(found).toEqual({ count: 2, keys: ['id=1', 'id=6'], isComplete: true });
  expect(await from.inspector.duplicates(people, ['mail', 'doc'], 9)).toMatchObject({ count: 1, keys: ['id=1'] });
  expect(await from.inspector.duplicates(people, ['id'], 9)).toEqual({ count: 0, keys: [], isComplete: true });
});

test('an estimate follows the growth of the table, and is missing before the first ANALYZE', async () => {
  const url = await database('create table t (id integer)', 'alter table t set (autovacuum_enabled = off)');
  const estimate = async () => {
    const from = await source(url);
    const { estimatedRows } = await tableOf(from, 't');
    await from.close();
    return estimatedRows;
  };
  expect(await estimate()).toBe(0);
  await sql(url, 'insert into t select generate_series(1, 10000)');
  expect(await estimate()).toBeNull();
  await sql(url, 'analyze t; insert into t select generate_series(1, 10000)');
  expect(Math.abs(((await estimate()) ?? 0) - 20_000)).toBeLessThan(500);
});
