import { expect, onTestFinished, test } from 'vitest';
import { point, wkb } from '../../core/mapping/geometry-rules.ts';
import { bool, date } from '../../core/mapping/rules.ts';
import { narrow, parsed, pointsAt, utc, uuid } from '../../core/mapping/typed-rules.ts';
import { sql as onMysql } from '../connectors/mysql/database.ts';
import { sql as onPostgres } from '../connectors/postgres/database.ts';
import { createMysqlDatabase, createPgDatabase } from '../support/databases.ts';
import { isMariadb } from '../support/server-versions.ts';
import { carried } from './carried-table.ts';
import type { Way } from './passage.ts';

const ways: readonly Way[] = [
  { name: 'direct' },
  { name: 'reference', reference: true },
  { name: 'stages', stages: true, gzip: true },
];

async function mariadb(...statements: readonly string[]): Promise<string> {
  const { url, drop } = await createMysqlDatabase();
  onTestFinished(drop);
  await onMysql(url, 'alter database character set utf8mb4', "set sql_mode = ''", ...statements);
  return `app=${url}`;
}

async function postgres(...statements: readonly string[]): Promise<string> {
  const { url, drop } = await createPgDatabase();
  onTestFinished(drop);
  await onPostgres(url, ['create schema app', ...statements].join(';'));
  return url;
}

/** Key, rule and column of each record, by key and column. */
function causes(records: readonly string[]): unknown[] {
  const found = records.map((record) => JSON.parse(record)).map(({ key, rule, column }) => [key, rule, column]);
  return found.sort(([a, , b], [c, , d]) => (`${a} ${b}` < `${c} ${d}` ? -1 : 1));
}

const id = 'a0eebc99-9c0b-1ef8-bb6d-6bb9bd380a11';

test.each(ways)('bytes of MariaDB are UUIDs in plain and in swapped order, $name', async (way) => {
  const [plain, swapped] = ['a0eebc999c0b1ef8bb6d6bb9bd380a11', '1ef89c0ba0eebc99bb6d6bb9bd380a11'];
  const source = await mariadb(
    'create table docs (id binary(16) primary key, s varbinary(20), parent binary(16), c char(38))',
    `insert into docs values
      (x'${plain}', x'${swapped}', null, '${plain}'),
      (x'00000000000000000000000000000000', null, x'${plain}', '{${id}}'),
      (x'ffffffffffffffffffffffffffffffff', x'', null, null),
      (x'01000000000000000000000000000000', x'${swapped}00', null, null),
      (x'02000000000000000000000000000000', null, x'${swapped}', null)`,
  );
  const { doubts, records, rows } = await carried(
    {
      ...{ dialect: 'mysql', source },
      from: { id: 'binary(16) not null', s: 'varbinary(20)', parent: 'binary(16)', c: 'char(38)' },
      to: { id: 'uuid not null', s: 'uuid', parent: 'uuid', c: 'uuid' },
      rules: {
        id: uuid('id'),
        s: uuid('s', { order: 'swapped' }),
        parent: pointsAt('docs', uuid('parent'), 'null'),
      },
    },
    way,
  );
  expect({ doubts, rows }).toEqual({
    doubts: [],
    rows: [
      ['00000000-0000-0000-0000-000000000000', null, id, id],
      ['02000000-0000-0000-0000-000000000000', null, null, null],
      [id, id, null, id],
    ],
  });
  expect(records.map((record) => JSON.parse(record).rule).sort()).toEqual(['not-a-uuid', 'not-a-uuid', 'orphan']);
});

test.each(ways)('declared labels of MariaDB are booleans, $name', async (way) => {
  const source = await mariadb(
    "create table docs (id int primary key, e enum('Y','N') not null, v varchar(5), f varchar(5), o varchar(5))",
    `insert into docs values
      (1, 'Y', 'yes', 'y', 'T'), (2, 'N', 'no', 'N  ', ''), (3, 'Y', '', 'Y', 'é'), (4, 'N', null, null, null),
      (5, '', 'yes', 'y', 'T'), (6, 'Y', 'YES', 'y', 'T'), (7, 'Y', 'yes', '', 'T')`,
  );
  const { doubts, records, rows } = await carried(
    {
      ...{ dialect: 'mysql', source },
      from: { id: 'int not null', e: "enum('Y','N') not null", v: 'varchar(5)', f: 'varchar(5)', o: 'varchar(5)' },
      to: { id: 'integer not null', e: 'boolean not null', v: 'boolean', f: 'boolean', o: 'boolean' },
      rules: {
        e: bool('e', { true: ['Y'], false: ['N'] }),
        v: bool('v', { true: ['yes'], false: ['no'], null: [''] }),
        f: bool('f', { true: ['Y'], false: ['N'], compare: 'folded' }),
        o: bool('o', { true: ['T'], false: ['F'], other: 'null' }),
      },
    },
    way,
  );
  expect({ doubts, rows }).toEqual({
    doubts: [],
    rows: [
      ['1', 't', 't', 't', 't'],
      ['2', 'f', 'f', 'f', null],
      ['3', 't', null, 't', null],
      ['4', 'f', null, null, null],
    ],
  });
  expect(causes(records)).toEqual([
    ['id=2', 'not-a-boolean', 'o'],
    ['id=3', 'not-a-boolean', 'o'],
    ['id=5', 'not-a-boolean', 'e'],
    ['id=6', 'not-a-boolean', 'v'],
    ['id=7', 'not-a-boolean', 'f'],
  ]);
});

test.each(ways)('bits and sets of MariaDB are numbers, bytes and text, $name', async (way) => {
  const source = await mariadb(
    `create table docs (
      id int primary key, b bit(63), w bit(64), y bit(9), s set('a','b c','é'), p set('x','y')
    )`,
    `insert into docs values
      (1, b'0', b'0', b'0', '', ''), (2, 9223372036854775807, 18446744073709551615, b'100000001', 'a,é', 'x,y'),
      (3, b'101', 9223372036854775808, b'11', 'é,b c,a', 'y'), (4, null, null, null, null, null)`,
  );
  const { doubts, records, rows } = await carried(
    {
      ...{ dialect: 'mysql', source },
      from: {
        ...{ id: 'int not null', b: 'bit(63)', w: 'bit(64)', y: 'bit(9)' },
        ...{ s: "set('a','b c','é')", p: "set('x','y')" },
      },
      to: { id: 'integer not null', b: 'bigint', w: 'numeric(20,0)', y: 'bytea', s: 'varchar(7)', p: 'char(4)' },
    },
    way,
  );
  expect({ doubts, records, rows }).toEqual({
    doubts: [],
    records: [],
    rows: [
      ['1', '0', '0', '\\x0000', '', '    '],
      ['2', '9223372036854775807', '18446744073709551615', '\\x0101', 'a,é', 'x,y '],
      ['3', '5', '9223372036854775808', '\\x0003', 'a,b c,é', 'y   '],
      ['4', null, null, null, null, null],
    ],
  });
});

test('bits of PostgreSQL are numbers and bytes', async () => {
  const source = await postgres(
    'create table app.docs (id int primary key, a bit(15), b bit(31), c bit(63), d bit(12))',
    "insert into app.docs values (1, repeat('1', 15)::bit(15), repeat('1', 31)::bit(31), repeat('1', 63)::bit(63), b'100000000001')",
  );
  const { doubts, records, rows } = await carried({
    ...{ dialect: 'postgres', source },
    from: { id: 'integer not null', a: 'bit(15)', b: 'bit(31)', c: 'bit(63)', d: 'bit(12)' },
    to: { id: 'integer not null', a: 'smallint', b: 'integer', c: 'bigint', d: 'bytea' },
  });
  expect({ doubts, records, rows }).toEqual({
    doubts: [],
    records: [],
    rows: [['1', '32767', '2147483647', '9223372036854775807', '\\x0801']],
  });
});

test.each(ways)('decimals and integers of MariaDB are floats, $name', async (way) => {
  const source = await mariadb(
    'create table docs (id int primary key, d decimal(65,30), r decimal(45,5), n bigint unsigned)',
    `insert into docs values
      (1, 0, 0, 0), (2, '12.5', '12.5', 9007199254740992), (3, '0.1', '0.1', 9007199254740993),
      (4, '-12345678901234567890123456789012345.123456789012345678901234567890', '123.45679', 18446744073709551615),
      (5, '1.000000059604644775390625', '340282356779733661637539395458142568447', 1),
      (6, null, '340282356779733661637539395458142568448', null), (7, null, null, null)`,
  );
  const { doubts, records, rows } = await carried(
    {
      ...{ dialect: 'mysql', source },
      from: { id: 'int not null', d: 'decimal(65,30)', r: 'decimal(45,5)', n: 'bigint unsigned' },
      to: { id: 'integer not null', d: 'double precision', r: 'real', n: 'double precision' },
      rules: { d: narrow('d'), r: narrow('r', { outOfRange: 'null' }), n: narrow('n') },
    },
    way,
  );
  expect({ doubts, rows }).toEqual({
    doubts: [],
    rows: [
      ['1', '0', '0', '0'],
      ['2', '12.5', '12.5', '9.007199254740992e+15'],
      ['3', '0.1', '0.1', '9.007199254740992e+15'],
      ['4', '-1.234567890123457e+34', '123.45679', '1.8446744073709552e+19'],
      ['5', '1.0000000596046448', '3.4028235e+38', '1'],
      ['6', null, null, null],
      ['7', null, null, null],
    ],
  });
  expect(causes(records)).toEqual([
    ['id=3', 'digits-lost', 'n'],
    ['id=4', 'digits-lost', 'd'],
    ['id=4', 'digits-lost', 'n'],
    ['id=5', 'digits-lost', 'd'],
    ['id=5', 'digits-lost', 'r'],
    ['id=6', 'out-of-range', 'r'],
  ]);
});

test.each(ways)('dates of MariaDB are moments, and zero dates the declared date, $name', async (way) => {
  const source = await mariadb(
    `create table docs (
      id int primary key, d date not null, t datetime(3) not null, m timestamp not null default current_timestamp, u date,
      z datetime not null
    )`,
    "set time_zone = '+00:00'",
    `insert into docs values
      (1, '2020-02-29', '2020-02-29 12:00:00.5', '2020-02-29 12:00:00', '0001-01-01', '2024-03-31 02:30:00'),
      (2, '0000-00-00', '0000-00-00', '0000-00-00', '9999-12-31', '0000-00-00'),
      (3, '2020-00-15', '2020-06-00 01:02:03', '1970-01-01 00:00:01', null, '1900-01-01 08:00:00')`,
  );
  const zero = '1970-01-01';
  const { doubts, records, rows } = await carried(
    {
      ...{ dialect: 'mysql', source },
      from: {
        ...{ id: 'int not null', d: 'date not null', t: 'datetime(3) not null', m: 'timestamp not null default' },
        ...{ u: 'date', z: 'datetime not null' },
      },
      to: {
        ...{ id: 'integer not null', d: 'date not null', t: 'timestamp not null', m: 'timestamptz not null' },
        ...{ u: 'timestamptz', z: 'timestamptz not null' },
      },
      rules: {
        ...{ d: date('d', { zero }), t: date('t', { zero }), m: date('m', { zero }) },
        ...{ u: utc('u'), z: utc('z', { zero }) },
      },
    },
    way,
  );
  expect({ doubts, rows }).toEqual({
    doubts: [],
    rows: [
      [
        '1',
        '2020-02-29',
        '2020-02-29 12:00:00.5',
        '2020-02-29 12:00:00+00',
        '0001-01-01 00:00:00+00',
        '2024-03-31 02:30:00+00',
      ],
      ['2', zero, `${zero} 00:00:00`, `${zero} 00:00:00+00`, '9999-12-31 00:00:00+00', `${zero} 00:00:00+00`],
      ['3', zero, `${zero} 00:00:00`, `${zero} 00:00:01+00`, null, '1900-01-01 08:00:00+00'],
    ],
  });
  expect(causes(records)).toEqual([
    ['id=2', 'zero-date', 'd'],
    ['id=2', 'zero-date', 'm'],
    ['id=2', 'zero-date', 't'],
    ['id=2', 'zero-date', 'z'],
    ['id=3', 'zero-date', 'd'],
    ['id=3', 'zero-date', 't'],
  ]);
});

test.each(ways)('numbers and dates in texts of MariaDB are numbers and dates, $name', async (way) => {
  const varchar = 'varchar(40)';
  const source = await mariadb(
    `create table docs (id int primary key, n ${varchar}, p ${varchar}, d ${varchar}, t ${varchar})`,
    `insert into docs values
      (1, ' 42 ', '1.5', '31.12.1999', '2020-02-29T08:30'), (2, '-7', '-0.00', '', '2020-02-29'),
      (3, 'é😀', null, null, null), (4, null, '1,5', null, null), (5, null, null, '31.11.1999', null),
      (6, null, null, null, '2020-02-29 25:00'), (7, null, null, null, null), (8, '2147483648', null, null, null)`,
  );
  const { doubts, records, rows } = await carried(
    {
      ...{ dialect: 'mysql', source },
      from: { id: 'int not null', n: varchar, p: varchar, d: varchar, t: varchar },
      to: { id: 'integer not null', n: 'integer', p: 'numeric(7,2)', d: 'date', t: 'timestamp' },
      rules: {
        ...{ n: parsed('n', { other: 'null' }), p: parsed('p'), t: parsed('t') },
        d: parsed('d', { format: 'DD.MM.YYYY', none: [''] }),
      },
    },
    way,
  );
  expect({ doubts, rows }).toEqual({
    doubts: [],
    rows: [
      ['1', '42', '1.50', '1999-12-31', '2020-02-29 08:30:00'],
      ['2', '-7', '0.00', null, '2020-02-29 00:00:00'],
      ['3', null, null, null, null],
      ['7', null, null, null, null],
      ['8', null, null, null, null],
    ],
  });
  expect(causes(records)).toEqual([
    ['id=3', 'not-parsed', 'n'],
    ['id=4', 'not-parsed', 'p'],
    ['id=5', 'not-parsed', 'd'],
    ['id=6', 'not-parsed', 't'],
    ['id=8', 'out-of-range', 'n'],
  ]);
});

test.each(ways)('geometries of MariaDB are WKB and points, $name', async (way) => {
  const source = await mariadb(
    'create table docs (id int primary key, g geometry, p point, s geometry, r point)',
    `insert into docs values
      (1, st_geomfromtext('LINESTRING(0 0, 1 1)'), point(1.5, -2), st_geomfromtext('POINT(1 2)', 4326), point(0, 0)),
      (2, st_geomfromtext('GEOMETRYCOLLECTION(POINT(1 1),POLYGON((0 0,0 1,1 1,0 0)))'), point(1e300, -1e-7), null, null),
      (3, null, null, null, null),
      (4, st_geomfromtext('POINT(1 2)', 4326), null, null, null),
      (5, null, null, st_geomfromtext('POINT(1 2)'), null),
      (6, null, null, null, st_geomfromtext('POINT(1 2)', 3857))`,
  );
  const { doubts, records, rows } = await carried(
    {
      ...{ dialect: 'mysql', source },
      from: { id: 'int not null', g: 'geometry', p: 'point', s: 'geometry', r: 'point' },
      to: { id: 'integer not null', g: 'bytea', p: 'point', s: 'point', r: 'bytea' },
      rules: {
        ...{ g: wkb('g'), p: point('p'), s: point('s', { srid: 4326 }) },
        r: wkb('r', { otherSrid: 'record' }),
      },
    },
    way,
  );
  const binary = (column: string): string => `concat('\\\\x', lower(hex(st_asbinary(${column}))))`;
  const printed = await onMysql(
    source.slice('app='.length),
    `select id, ${binary('g')}, ${binary('r')} from docs where id in (1, 2, 3, 6) order by id`,
  );
  expect(doubts).toEqual([]);
  expect(rows.map(([key, g, , , r]) => [key, g, r])).toEqual(printed);
  // MySQL reads the latitude first in a text of SRID 4326, and keeps the longitude first.
  expect(rows.map(([key, , p, s]) => [key, p, s])).toEqual([
    ['1', '(1.5,-2)', isMariadb ? '(1,2)' : '(2,1)'],
    ['2', '(1e+300,-1e-07)', null],
    ['3', null, null],
    ['6', null, null],
  ]);
  expect(causes(records)).toEqual([
    ['id=4', 'other-srid', 'g'],
    ['id=5', 'other-srid', 's'],
    ['id=6', 'other-srid', 'r'],
  ]);
});
