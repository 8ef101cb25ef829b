import { describe, expect, test } from 'vitest';
import { UnreadableRow } from '../../../core/model/value.ts';
import { rowsOf, sourceOf, tableOf } from './database.ts';

/** Column → type in the contract. */
async function typesOf(...statements: readonly string[]): Promise<Record<string, string>> {
  const { columns } = await tableOf(await sourceOf(...statements), 't');
  return Object.fromEntries(columns.map(({ name, type }) => [name, `${type.native}: ${type.kind}`]));
}

describe('values that are not of the declared type', () => {
  test('make their row unreadable, and keep what SQLite holds', async () => {
    const source = await sourceOf(
      'create table t (id integer primary key, n integer, b blob, r real, s text)',
      `insert into t values (1, 1, x'01', 1.5, 'a'), (2, 'two', x'02', 2.5, 'b'), (3, 3, 'text', 3.5, 'c'),
        (4, 4, x'04', 'four', 'd'), (5, 5, x'05', 5.5, x'0005')`,
    );
    const rows = await rowsOf(source, 't');
    const unread = rows.map((row) => (row instanceof UnreadableRow ? [...row.unread.values()] : []));
    expect(unread).toEqual([
      [],
      [{ column: 'n', place: 'shop.t: column "n"', text: 'two' }],
      [{ column: 'b', place: 'shop.t: column "b"', text: '74657874' }],
      [{ column: 'r', place: 'shop.t: column "r"', text: 'four' }],
      [{ column: 's', place: 'shop.t: column "s"', text: "X'0005'" }],
    ]);
    const facts = await source.inspector.profile?.(await tableOf(source, 't'));
    expect([...(facts ?? [])].map(([column, { unreadable }]) => [column, unreadable])).toEqual([
      ['n', 1],
      ['b', 1],
      ['r', 1],
      ['s', 1],
    ]);
    const [aggregate] = await source.inspector.aggregates(await tableOf(source, 't'), ['n']);
    expect(aggregate).toEqual({ column: 'n', nonNull: 4, min: '1', max: '5', sum: '13' });
  });

  test('decide the type where all of them are of one class', async () => {
    expect(
      await typesOf(
        'create table t (a integer, b real, c text, d blob, e, f whatever, g decimal(5,2), h boolean, i json, j uuid, k integer)',
        `insert into t values ('x', 'y', x'00', 'text', 5, 1.5, 1.005, 2, '{', 'no id', 5.5), ('z', 'y', x'01', 'more', 6, 2, 1, 0, '[]', 'id', 1)`,
      ),
    ).toEqual({
      a: 'integer as text: text',
      b: 'real as text: text',
      c: 'text as blob: bytes',
      d: 'blob as text: text',
      e: 'any as integer: int64',
      f: 'whatever as decimal: decimal',
      g: 'decimal(5,2) as decimal: decimal',
      h: 'boolean as integer: int64',
      i: 'json as text: text',
      j: 'uuid as text: text',
      k: 'integer as decimal: decimal',
    });
  });

  test('text that is not UTF-8, or has a NUL, arrives as no other text', async () => {
    const source = await sourceOf(
      'create table t (id integer primary key, s text)',
      `insert into t values (1, cast(x'61ff62' as text)), (2, 'a' || char(0) || 'b'), (3, char(65533))`,
    );
    expect(await rowsOf(source, 't')).toEqual([
      ['1', 'a\udcffb'],
      ['2', 'a\0b'],
      ['3', '\ufffd'],
    ]);
  });
});

describe('dates', () => {
  test.each([
    ['date', "'2020-01-02', '2020-02-30'", 'date: date'],
    ['date', "'2020-01-02 10:00:00'", 'date as timestamp: timestamp'],
    ['date', "'01/02/2020', '02/02/2020'", 'date as text: text'],
    ['date', '1577836800, 0', 'date as seconds days: date'],
    ['date', "1577836800, '2020-01-03'", 'date as seconds days: date'],
    ['date', '1577836801', 'date as seconds: timestamptz'],
    ['date', '20200102', 'date as integer: int64'],
    ['datetime', "'2020-01-02T10:00:00', '2020-01-02'", 'datetime: timestamp'],
    ['datetime', "'2020-01-02T10:00:00Z', '2020-01-02'", 'datetime as utc: timestamptz'],
    ['datetime', "'2020-01-02 10:00:00.1234567'", 'datetime as text: text'],
    ['datetime', "1577836800123, '2020-01-02'", 'datetime as milliseconds: timestamptz'],
    ['datetime', '1577836800123456', 'datetime as microseconds: timestamptz'],
    ['datetime', '1577836800.25', 'datetime as seconds: timestamptz'],
    ['timestamp', '2458850.5, 2458850.25', 'timestamp as julian: timestamptz'],
    ['datetime', '1577836800, 1577836800123', 'datetime as integer: int64'],
    ['datetime', "7, '2020-01-02'", 'datetime: timestamp'],
    ['time', "'10:00', '23:59:59.5'", 'time: time'],
    ['time', '36000', 'time as integer: int64'],
    ['datetime', 'null', 'datetime: timestamp'],
  ])('%s with %s is %s', async (declared, values, type) => {
    const rows = values.split(', ').map((value) => `(${value})`);
    expect(await typesOf(`create table t (a ${declared})`, `insert into t values ${rows.join(', ')}`)).toEqual({
      a: type,
    });
  });

  test('numbers are the moments that SQLite made them from', async () => {
    const moments = ['2020-01-01 00:00:00', '1899-12-31 23:59:59.999', '2038-01-19 03:14:08.001'];
    const source = await sourceOf(
      'create table t (id integer primary key, j datetime, s datetime, m datetime)',
      ...moments.map((moment, i) => {
        const seconds = `unixepoch('${moment}', 'subsec')`;
        return `insert into t values (${i}, julianday('${moment}'), ${seconds}, cast(round(${seconds} * 1000) as integer))`;
      }),
    );
    const wanted = moments.map((moment) => `${moment}+00`);
    expect(await rowsOf(source, 't')).toEqual(wanted.map((moment, i) => [String(i), moment, moment, moment]));
  });
});

describe('keys', () => {
  test('a primary key that holds NULL is a unique key, and its rows are read', async () => {
    const source = await sourceOf(
      'create table t (a text primary key, b integer)',
      "insert into t values (null, 1), (null, 2), ('x', 3)",
    );
    const { key, unique, columns } = await tableOf(source, 't');
    expect([key, unique, columns[0]?.nullable]).toEqual([[], [['a']], true]);
    expect((await rowsOf(source, 't', 1)).map(([, b]) => b).sort()).toEqual(['1', '2', '3']);
  });

  test('a key column with values of all classes is cut into parts that cover it once', async () => {
    const source = await sourceOf(
      'create table t (a primary key not null, n integer) without rowid',
      `insert into t values (1, 1), (2.5, 2), ('1', 3), ('a''b', 4), (x'01', 5), ('x' || char(0), 6), ('x' || char(0) || 'y', 7),
        (cast(x'ff' as text), 8), (-9223372036854775808, 9), (1e300, 10)`,
    );
    for (const maxRows of [1, 2, 3, 9]) {
      const rows = await rowsOf(source, 't', maxRows);
      expect(rows.map(([, n]) => Number(n))).toEqual([9, 1, 2, 10, 3, 4, 6, 7, 8, 5]);
    }
    expect(await source.parts(await tableOf(source, 't'), 3)).toHaveLength(4);
  });

  test('a key whose index compares otherwise than its column loses no row', async () => {
    const source = await sourceOf(
      'create table t (a text collate nocase not null, n integer, primary key (a collate binary))',
      "insert into t values ('a', 1), ('A', 2), ('b', 3), ('B', 4)",
    );
    expect((await rowsOf(source, 't', 1)).map(([, n]) => n)).toEqual(['2', '4', '1', '3']);
  });

  test('keys that differ in case only are found as spellings of a NOCASE parent', async () => {
    const source = await sourceOf(
      'create table p (code text collate nocase primary key not null)',
      'create table c (id integer primary key, code text references p)',
      "insert into p values ('ab'), ('cd')",
      "insert into c values (1, 'AB'), (2, 'cd'), (3, 'x')",
    );
    const [child, parent] = [await tableOf(source, 'c'), await tableOf(source, 'p')];
    const question = { child, columns: ['code'], parent, parentColumns: ['code'], none: [] };
    expect(await source.inspector.orphans(question, 5)).toEqual({ count: 1, keys: ['id=3'], isComplete: true });
    expect(await source.inspector.spellings(question, 5)).toEqual({
      count: 1,
      pairs: [{ child: ['AB'], parent: ['ab'] }],
      isComplete: true,
    });
  });

  test('the next number of an AUTOINCREMENT key is beyond deleted rows', async () => {
    const source = await sourceOf(
      'create table a (id integer primary key autoincrement)',
      'create table b (id integer primary key)',
      'create table c (id integer primary key)',
      'create table d (id int primary key)',
      'insert into a values (7), (90)',
      'delete from a where id = 90',
      'insert into b values (7), (90)',
      'delete from b where id = 90',
    );
    const sequences = await source.inspector.sequences(['shop']);
    expect(sequences?.map(({ name, next }) => [name, next])).toEqual([
      ['shop.a.id', '91'],
      ['shop.b.id', '8'],
      ['shop.c.id', '1'],
    ]);
  });
});

test('names may hold anything', async () => {
  const source = await sourceOf(
    'create table "select ""x"".[y] `z`" ("c1" text, "c0" text, "" text, "a b" integer primary key, "1" text, "0" text)',
    `insert into "select ""x"".[y] \`z\`" values ('one', 'nought', 'none', 1, 'first', 'zeroth'), ('1', '0', '-', 2, '1st', '0th')`,
  );
  const rows = await rowsOf(source, 'select "x".[y] `z`', 1);
  expect(rows).toEqual([
    ['one', 'nought', 'none', '1', 'first', 'zeroth'],
    ['1', '0', '-', '2', '1st', '0th'],
  ]);
});

test('the columns of an unkeyed table may be called as the query calls them', async () => {
  const source = await sourceOf(
    'create table t (c1 text, c0 text)',
    "insert into t values ('b', 'x'), ('a', 'y'), ('b', 'x'), ('a', 'x'), ('B', 'x'), ('a', 'y')",
  );
  const lines = (await rowsOf(source, 't')).map((row) => row.join());
  expect(lines.filter((line, i) => line !== lines[i - 1])).toHaveLength(4);
});

test('integers are summed exactly beyond 64 bits, and decimals beyond the digits of a real', async () => {
  const source = await sourceOf(
    'create table t (n integer, d decimal(10,2), m decimal text(30,10))',
    `insert into t values (9223372036854775807, 0.1, '12345678901234567890.0000000001'), (9223372036854775807, 0.2, '-0.5'),
      (-1, 0.3, '1'), (null, null, null)`,
  );
  expect(await source.inspector.aggregates(await tableOf(source, 't'), ['n', 'd', 'm'])).toEqual([
    { column: 'n', nonNull: 3, min: '-1', max: '9223372036854775807', sum: '18446744073709551613' },
    { column: 'd', nonNull: 3, min: '0.10', max: '0.30', sum: '0.60' },
    {
      ...{ column: 'm', nonNull: 3, min: '-0.5000000000', max: '12345678901234567890.0000000001' },
      sum: '12345678901234567890.5000000001',
    },
  ]);
});
