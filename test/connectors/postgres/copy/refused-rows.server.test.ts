import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../../../core/model/value.ts';
import { openPart } from '../../../../testing/row-writer.ts';
import { entryOf, ownSessions, schema, sql } from '../database.ts';
import { isolate, load, open, raise } from './refused-rows.ts';

test('3,000 refused rows of 60,000 need few locks and few statements that fail', async () => {
  const { url, into } = await open(
    'create table t (id integer primary key, n integer constraint odd check (n % 20 <> 0))',
  );
  const rows = Array.from({ length: 60_000 }, (_, i) => [String(i), String(i)]);
  const writer = await openPart(into, 't', ['id', 'n']);
  const refused = await isolate(writer, rows);
  const [[locks] = []] = await sql(
    url,
    // Other tests use the same server.
    `select count(*) from pg_locks l join pg_database d on d.oid = l.database
    where d.datname = current_database() and l.mode <> 'AccessShareLock'`,
  );
  expect(Number(locks)).toBeLessThan(40);
  await writer.commit(entryOf(1, 57_000));
  expect(refused.length).toBe(3_000);
  expect(refused[1]).toEqual({ row: 20, refusal: { sqlstate: '23514', constraint: 'odd', column: null } });
  expect(await sql(url, `select count(*), sum(n) from ${schema}.t where n % 20 <> 0`)).toEqual([
    ['57000', '1710000000'],
  ]);
});

const every20 = (good: (i: number) => string | null, bad: (i: number) => string | null): readonly Row[] =>
  Array.from({ length: 60 }, (_, i) => [String(i), i % 20 === 7 ? bad(i) : good(i)]);

describe('every 20th row is refused alone', () => {
  test.for([
    ['by NOT NULL', 'integer not null', (i: number) => String(i), () => null, '23502'],
    ['by a domain', 'small', String, (i: number) => String(i + 1000), '23514'],
    ['as JSON', 'json', (i: number) => `{"a":  ${i}}`, () => '{"a":', '22P02'],
    ['as jsonb', 'jsonb', (i: number) => `{"a": ${i}}`, () => '{"a":', '22P02'],
    ['by a deferred unique key', 'integer unique deferrable initially deferred', String, () => '1', '23505'],
    ['by its range', 'int4range', (i: number) => `[${i},${i + 2})`, () => '[5,1)', '22000'],
    ['by an enum', 'mood', () => 'glad', () => 'sad', '22P02'],
    ['by an enum, as text', 'mood[]', () => '{glad}', () => '{sad}', '22P02'],
    ['by its length, as text', 'varchar(3)[]', () => '{abc}', () => '{abcd}', '22001'],
    ['by its address', 'inet', () => '10.0.0.1', () => '10.0.0.256', '22P02'],
    ['by an index row', 'text', String, () => Array.from({ length: 9000 }, Math.random).join(), '54000'],
    ['by a function of the schema', 'integer check (sane(n))', String, () => '-5', '22012'],
    [
      'by a generated column',
      'integer, g integer generated always as (100 / (n - 7777)) stored',
      String,
      () => '7777',
      '22012',
    ],
    [
      'by a partial exclusion',
      'int4range, exclude using gist (n with &&)',
      (i: number) => `[${i},${i + 1})`,
      () => '[0,9)',
      '23P01',
    ],
  ] as const)('%s', async ([, type, good, bad, state]) => {
    const { into } = await open(
      "create domain small as integer check (value < 1000); create type mood as enum ('glad')",
      'create function sane(n integer) returns boolean language sql as $$ select 100 / (n + 5) >= -1000 $$',
      `create table t (id integer primary key, n ${type})`,
      state === '54000' ? 'create index on t (n)' : '',
    );
    const expected = [`7 ${state}`, `27 ${state}`, `47 ${state}`];
    expect(await load(into, ['id', 'n'], every20(good, bad))).toEqual(expected);
    expect(await into.inspector.count('t')).toBe(57);
  });
});

test('rows are stored as COPY stores them', async () => {
  const table = (
    name: string,
  ): string => `create table ${name} (id bigint generated always as identity primary key, "r" numeric(6,2),
    "first" timestamp(0), "todo" varchar(3), "at" char(4), "waybill" interval(0), "state" double precision, "b" bytea,
    "j" json, "jb" jsonb, d date default '2020-02-02', g integer generated always as (length("todo")) stored)`;
  const { url, into } = await open(table('t'), table('copied'));
  const columns = ['id', 'r', 'first', 'todo', 'at', 'waybill', 'state', 'b', 'j', 'jb'];
  const row = [
    '7',
    '1.005',
    '2024-01-01 00:00:00.6',
    'ab ',
    'x ',
    'PT1.6S',
    '0.1',
    Buffer.from([0, 92, 255]),
    '{"a":  1}',
    '{"a":  1}',
  ];
  const copied = await openPart(into, 'copied', columns);
  expect(await copied.write([row])).toBeNull();
  expect(await copied.finish()).toBeNull();
  await copied.commit({ ...entryOf(1, 1), mapping: 'copied' });
  expect(await load(into, columns, [row, row.with(0, '8').with(1, '99999')])).toEqual(['1 22003']);
  expect(await sql(url, `select t::text from ${schema}.t`)).toEqual(
    await sql(url, `select t::text from ${schema}.copied t`),
  );
});

test('rows that refer to each other load in any order, next to a refused one', async () => {
  const { into } = await open('create table t (id integer primary key check (id <> 3), up integer references t)');
  const rows = [
    ['1', '2'],
    ['2', '9'],
    ['3', null],
    ['4', '77'],
    ['9', null],
    ['10', '3'],
  ];
  expect(await load(into, ['id', 'up'], rows)).toEqual(['2 23514', '3 23503', '5 23503']);
});

test('errors at a row, after the rows and of foreign keys, mixed at random, refuse what single inserts refuse', async () => {
  const { url, into } = await open(
    'create table p (id integer primary key)',
    'insert into p select generate_series(1, 5)',
    `create table t (id integer primary key, n varchar(3) not null check (n <> 'bad'), up integer references p)`,
    `create function late() returns trigger language plpgsql as $$ begin
       if new.n = 'aft' then raise exception 'late'; end if; return null; end $$`,
    'create trigger late after insert on t for each row execute function late()',
    'create table single (like t including all, foreign key (up) references p)',
    'create trigger late after insert on single for each row execute function late()',
    `create function one(i integer, n text, up integer) returns text language plpgsql as $$ begin
       insert into ${schema}.single values (i, n, up); return null;
       exception when others then return sqlstate; end $$`,
  );
  const n = fc.constantFrom('ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'bad', 'aft', 'long', null);
  const up = fc.constantFrom('1', '2', null, '3', '4', '9');
  const drawn = fc.tuple(fc.integer({ min: 1, max: 4000 }).map(String), n, up);
  for (const [share, seed] of [
    [1, 11],
    [5, 12],
    [40, 13],
  ] as const) {
    const rows = fc.sample(drawn, { numRuns: 700, seed }).map(([id, text, parent], i): Row => {
      const isPlain = (i * 37) % 100 >= share;
      if (isPlain) return [String(5000 + i), 'ok', '1'];
      // A row without a parent is tried again later, so it must not have the key of another row.
      return [parent === '9' ? String(9000 + i) : id, text, parent];
    });
    await sql(url, `truncate ${schema}.t, ${schema}.single`);
    const single = await sql(
      url,
      `select format('%s %s', place - 1, ${schema}.one((r ->> 0)::integer, r ->> 1, (r ->> 2)::integer)) as refused
       from json_array_elements('${JSON.stringify(rows)}') with ordinality as t (r, place)`,
    );
    const expected = single.flat().filter((text) => !String(text).endsWith(' '));
    const writer = await openPart(into, 't', ['id', 'n', 'up']);
    const refused = await isolate(writer, rows);
    await writer.commit(entryOf(share, rows.length - refused.length));
    expect(refused.map(({ row, refusal }) => `${row} ${refusal.sqlstate}`)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
    expect(await sql(url, `select * from ${schema}.t order by id`)).toEqual(
      await sql(url, `select * from ${schema}.single order by id`),
    );
  }
});

test('a partition that is missing refuses its rows', async () => {
  const { into } = await open(
    'create table t (id integer, n integer) partition by range (n); create table t1 partition of t for values from (0) to (10)',
  );
  expect(
    await load(
      into,
      ['id', 'n'],
      [
        ['1', '1'],
        ['2', '10'],
        ['3', '3'],
      ],
    ),
  ).toEqual(['1 23514']);
});

describe('an error that the schema raises for a row is the refusal of that row, whatever its SQLSTATE:', () => {
  test.for([
    'U0001',
    '42501',
    '42P01',
    '53100',
    '53200',
    '40001',
    '40P01',
    '55P03',
    '57014',
    '25006',
    '08006',
    '22P04',
    'XX001',
  ])('%s', async (state) => {
    const { into } = await open(
      'create table t (id integer)',
      raise(`if new.id = 2 then raise exception using errcode = '${state}'; end if`),
    );
    const whole = await openPart(into, 't', ['id']);
    expect((await whole.write([['1'], ['2']])) ?? (await whole.finish())).toMatchObject({ sqlstate: state });
    await whole.rollback();
    expect(await load(into, ['id'], [['1'], ['2'], ['3']])).toEqual([`1 ${state}`]);
    expect(await into.inspector.count('t')).toBe(2);
  });

  test.for([
    ['an assertion', 'assert new.id <> 2', 'P0004'],
    ['a table that is not there', 'if new.id = 2 then perform 1 from no_such_table; end if', '42P01'],
    ['a recursion', "if new.id = 2 then perform repeat('[', 100000)::json; end if", '54001'],
    ['an AFTER trigger', "if new.id = 2 then raise exception 'no'; end if", 'P0001'],
  ])('%s', async ([what, body, state]) => {
    const { into } = await open(
      'create table t (id integer)',
      what === 'an AFTER trigger' ? raise(body as string).replace('before', 'after') : raise(body as string),
    );
    expect(await load(into, ['id'], [['1'], ['2'], ['3']])).toEqual([`1 ${state}`]);
  });
});

test('a session is used again after refused rows, and nothing of them stays', async () => {
  const { url, into } = await open('create table t (id integer primary key)');
  for (const id of [1, 2, 3]) {
    const writer = await openPart(into, 't', ['id']);
    expect(await writer.writeIsolating([[String(id)], [String(id)]])).toHaveLength(1);
    await writer.commit({ ...entryOf(id, 1) });
  }
  expect((await sql(url, ownSessions)).length).toBe(1);
  expect(await sql(url, "select relname from pg_class where relname like 'waybill%'")).toEqual([]);
});
