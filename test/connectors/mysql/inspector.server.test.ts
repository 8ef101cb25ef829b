import { expect, test } from 'vitest';
import type { OrphanQuestion } from '../../../core/ports/source.ts';
import { series } from '../../support/series.ts';
import { database, databaseOf, source, sql, tableOf } from './database.ts';

test('tables are listed with columns, keys and unique keys in name order, without views', async () => {
  const url = await database(
    `create table tbl_b (
      Id int(11) not null auto_increment, \`MIR.ORDER\` set('a','b') not null default '', Flag tinyint(1),
      Login varchar(50) character set latin1 collate latin1_general_ci not null, X decimal(18,2) unsigned,
      At timestamp not null default current_timestamp on update current_timestamp, Twice int as (Flag * 2) virtual,
      primary key (Id), unique key by_login (Login, X), unique key by_at (At), key plain (X))`,
    'create table tbl_a (b int not null, a int not null, primary key (a, b)) engine=MyISAM',
    'create view a_view as select * from tbl_a',
    'insert into tbl_a values (1, 1), (2, 2)',
  );
  const tables = await (await source(url)).inspector.tables(['c01', 'nowhere']);
  expect(tables).toEqual([
    {
      name: 'c01.tbl_a',
      columns: [
        { name: 'b', type: { kind: 'int32', native: 'int' }, nullable: false },
        { name: 'a', type: { kind: 'int32', native: 'int' }, nullable: false },
      ],
      key: ['a', 'b'],
      unique: [],
      estimatedRows: 2,
    },
    {
      name: 'c01.tbl_b',
      columns: [
        { name: 'Id', type: { kind: 'int32', native: 'int' }, nullable: false, hasDefault: true },
        {
          name: 'MIR.ORDER',
          type: { kind: 'set', native: "set('a','b')", labels: ['a', 'b'] },
          nullable: false,
          hasDefault: true,
        },
        { name: 'Flag', type: { kind: 'int16', native: 'tinyint(1)' }, nullable: true },
        { name: 'Login', type: { kind: 'text', native: 'varchar(50)', length: 50 }, nullable: false },
        {
          name: 'X',
          type: { kind: 'decimal', native: 'decimal(18,2) unsigned', precision: 18, scale: 2 },
          nullable: true,
        },
        { name: 'At', type: { kind: 'timestamptz', native: 'timestamp', scale: 0 }, nullable: false, hasDefault: true },
        { name: 'Twice', type: { kind: 'int32', native: 'int' }, nullable: true, hasDefault: true },
      ],
      key: ['Id'],
      unique: [['At'], ['Login', 'X']],
      estimatedRows: 0,
    },
  ]);
});

test('a logical schema is read from the live one, and a bare name from the one in the URL', async () => {
  const url = await database('create table t (a int)', 'insert into t values (1)');
  const from = await source(url);
  expect(await from.inspector.count('c01.t')).toBe(1);
  expect(await from.inspector.count('t')).toBe(1);
  expect(await from.inspector.count(`${databaseOf(url)}.t`)).toBe(1);
  expect((await from.inspector.tables([''])).map(({ name }) => name)).toEqual(['t']);
});

test('aggregates are exact, as canonical text', async () => {
  const url = await database(
    `create table t (id bigint unsigned primary key, d decimal(65,2), f float, x double, n int zerofill, y year, on_day date,
      at timestamp(3) null, tm time(2), v varchar(9), b bit(2), e enum('z','a'), none int)`,
    `insert into t values
      (18446744073709551615, 123456789012345678901234567890.10, 0.1, -1e300, 7, 2001, '0000-00-00', '2020-01-01 00:00:00.500',
       '-838:59:59', 'x', 1, 'z', null),
      (18446744073709551614, 0.05, 16777216, 5e-324, 41, 1999, '9999-12-31', '2021-01-01', '838:59:59', 'y', 2, 'a', null),
      (1, null, null, null, null, null, null, null, null, null, null, null, null)`,
  );
  const from = await source(url);
  const table = await tableOf(from, 't');
  const found = await from.inspector.aggregates(
    table,
    table.columns.map(({ name }) => name),
  );
  const years = { min: '1999', max: '2001', sum: '4000' };
  const nothing = { min: null, max: null, sum: null };
  expect(found).toEqual([
    { column: 'id', nonNull: 3, min: '1', max: '18446744073709551615', sum: '36893488147419103230' },
    {
      column: 'd',
      nonNull: 2,
      min: '0.05',
      max: '123456789012345678901234567890.10',
      sum: '123456789012345678901234567890.15',
    },
    { column: 'f', nonNull: 2, min: '0.1', max: '1.6777216e+07', sum: null },
    { column: 'x', nonNull: 2, min: '-1e+300', max: '5e-324', sum: null },
    { column: 'n', nonNull: 2, min: '7', max: '41', sum: '48' },
    { column: 'y', nonNull: 2, ...years },
    { column: 'on_day', nonNull: 2, min: '0000-00-00', max: '9999-12-31', sum: null },
    { column: 'at', nonNull: 2, min: '2020-01-01 00:00:00.5+00', max: '2021-01-01 00:00:00+00', sum: null },
    { column: 'tm', nonNull: 2, min: '-838:59:59', max: '838:59:59', sum: null },
    { column: 'v', nonNull: 2, ...nothing },
    { column: 'b', nonNull: 2, ...nothing },
    { column: 'e', nonNull: 2, ...nothing },
    { column: 'none', nonNull: 0, ...nothing },
  ]);
  expect(await from.inspector.aggregates(table, ['none', 'id'])).toHaveLength(2);
});

test('a sum with more digits than a decimal of the server is still exact', async () => {
  const nines = `${'9'.repeat(35)}.${'9'.repeat(30)}`;
  const url = await database(
    'create table t (id int primary key, d decimal(65,30), e decimal(65,30), f decimal(65,30))',
    `insert into t values (1, ${nines}, -${nines}, null), (2, ${nines}, 0.5, null), (3, -0.25, -0.75, null)`,
  );
  const from = await source(url);
  const sums = (await from.inspector.aggregates(await tableOf(from, 't'), ['d', 'e', 'f'])).map(({ sum }) => sum);
  expect(sums).toEqual([
    '199999999999999999999999999999999999.749999999999999999999999999998',
    '-100000000000000000000000000000000000.249999999999999999999999999999',
    null,
  ]);
});

const family = [
  `create table parent (id int primary key, code varchar(6) character set latin1 collate latin1_general_ci)`,
  `create table child (a int, b int, parent_id int, code varchar(6) character set latin1 collate latin1_general_ci,
    flag tinyint(1), on_day date, primary key (a, b))`,
  `insert into parent values (1, 'E11.9'), (2, 'Z'), (0, null)`,
];

test('orphans are child rows without a parent, and nulls and none values are not references', async () => {
  const url = await database(
    ...family,
    `insert into child (a, b, parent_id) values (3, 1, 9), (1, 2, 8), (1, 10, 7), (5, 5, null), (6, 6, 0), (7, 7, 1), (8, 8, -1)`,
    'delete from parent where id = 0',
  );
  const from = await source(url);
  const question: OrphanQuestion = {
    child: await tableOf(from, 'child'),
    columns: ['parent_id'],
    parent: await tableOf(from, 'parent'),
    parentColumns: ['id'],
    none: ['0', '', '-1'],
  };
  expect(await from.inspector.orphans(question, 2)).toEqual({
    count: 3,
    keys: ['a=1, b=2', 'a=1, b=10'],
    isComplete: true,
  });
  expect((await from.inspector.orphans({ ...question, none: [] }, 9)).count).toBe(5);
  expect((await from.inspector.orphans({ ...question, none: ['', 'none', '00', '8.0'] }, 9)).count).toBe(5);
});

test('codes are compared as the source compares them, ignoring case and trailing spaces', async () => {
  const url = await database(
    ...family,
    `insert into child (a, b, code, flag) values (1, 1, 'e11.9', 1), (1, 2, 'z ', 1), (1, 3, 'é', 1), (1, 4, '', 1), (1, 5, 'none', 0)`,
  );
  const from = await source(url);
  const question: OrphanQuestion = {
    child: await tableOf(from, 'child'),
    columns: ['code'],
    parent: await tableOf(from, 'parent'),
    parentColumns: ['code'],
    none: ['', 'NONE'],
  };
  expect(await from.inspector.orphans(question, 9)).toEqual({ count: 1, keys: ['a=1, b=3'], isComplete: true });
  const flagged = { ...question, none: [], when: { column: 'flag', equals: ['0'] } };
  expect(await from.inspector.orphans(flagged, 9)).toEqual({ count: 1, keys: ['a=1, b=5'], isComplete: true });
});

test('a two-column reference is an orphan if either column is wrong', async () => {
  const url = await database(
    'create table parent (customer int, id int, primary key (id))',
    'create table child (id int primary key, customer int, parent int)',
    'insert into parent values (1, 1), (2, 2)',
    'insert into child values (10, 1, 1), (11, 2, 1), (12, 1, 3), (13, null, 3), (14, 0, 3)',
  );
  const from = await source(url);
  const found = await from.inspector.orphans(
    {
      child: await tableOf(from, 'child'),
      columns: ['customer', 'parent'],
      parent: await tableOf(from, 'parent'),
      parentColumns: ['customer', 'id'],
      none: ['0'],
    },
    9,
  );
  expect(found).toEqual({ count: 2, keys: ['id=11', 'id=12'], isComplete: true });
});

test('collations that cannot be compared make the count incomplete, with a note', async () => {
  const url = await database(
    'create table parent (c varchar(5) collate utf8mb4_unicode_ci primary key)',
    'create table child (c varchar(5) collate utf8mb4_general_ci primary key)',
    "insert into child values ('x')",
  );
  const from = await source(url);
  const [child, parent] = [await tableOf(from, 'child'), await tableOf(from, 'parent')];
  const found = await from.inspector.orphans({ child, columns: ['c'], parent, parentColumns: ['c'], none: [] }, 9);
  expect(found).toMatchObject({ isComplete: false, note: expect.stringContaining('collations') });
});

test('duplicates are counted as groups, named by the first row of each', async () => {
  const url = await database(
    `create table t (a int, b varchar(5), login varchar(20) character set latin1 collate latin1_general_ci, n int,
      primary key (a, b))`,
    `insert into t values (2, 'x', 'Anna', 1), (1, 'z', 'ANNA ', 1), (1, 'b', 'anna', 2), (3, 'a', null, 1), (4, 'a', null, 1),
      (5, 'a', 'bob', 3), (9, 'a', 'Bob', 3), (6, 'a', 'cyd', 4)`,
  );
  const from = await source(url);
  const table = await tableOf(from, 't');
  expect(await from.inspector.duplicates(table, ['login'], 9)).toEqual({
    count: 2,
    keys: ['a=1, b=b', 'a=5, b=a'],
    isComplete: true,
  });
  expect(await from.inspector.duplicates(table, ['login', 'n'], 1)).toEqual({
    count: 2,
    keys: ['a=1, b=z'],
    isComplete: true,
  });
  expect(await from.inspector.duplicates(table, ['a', 'b'], 9)).toEqual({ count: 0, keys: [], isComplete: true });
});

test('duplicates and orphans of a table without a key are named by their values', async () => {
  const url = await database(
    'create table t (day date, n int)',
    "insert into t values ('2020-01-02', 5), ('2020-01-02', 5), ('0000-00-00', 6), ('0000-00-00', 6), ('2020-01-03', 6)",
    'create table p (n int primary key)',
  );
  const from = await source(url);
  const table = await tableOf(from, 't');
  expect(await from.inspector.duplicates(table, ['day', 'n'], 9)).toEqual({
    count: 2,
    keys: ['day=0000-00-00, n=6', 'day=2020-01-02, n=5'],
    isComplete: true,
  });
  const question = { child: table, columns: ['n'], parent: await tableOf(from, 'p'), parentColumns: ['n'], none: [] };
  expect(await from.inspector.orphans(question, 1)).toEqual({ count: 5, keys: ['n=5'], isComplete: true });
});

test('the estimate of a table is close', async () => {
  const url = await database('create table t (a int primary key)', `insert into t select seq from ${series(1, 5000)}`);
  await sql(url, 'analyze table t');
  const { estimatedRows } = await tableOf(await source(url), 't');
  expect(estimatedRows).toBeGreaterThan(3000);
  expect(estimatedRows).toBeLessThan(7000);
});
