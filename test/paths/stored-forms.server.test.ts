import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sql as onMysql } from '../connectors/mysql/database.ts';
import { sql as onPostgres } from '../connectors/postgres/database.ts';
import { createMysqlDatabase, createPgDatabase } from '../support/databases.ts';
import { postgresMajor } from '../support/server-versions.ts';
import { carried } from './carried-table.ts';
import type { Way } from './passage.ts';

const ways: readonly Way[] = [
  { name: 'direct' },
  { name: 'staged', staged: true },
  { name: 'reference', reference: true },
  { name: 'stages', stages: true, gzip: true },
];

async function postgres(...statements: readonly string[]): Promise<string> {
  const { url, drop } = await createPgDatabase();
  onTestFinished(drop);
  await onPostgres(url, ['create schema app', ...statements].join(';'));
  return `app=${url}`.replace('app=', '');
}

async function mariadb(...statements: readonly string[]): Promise<string> {
  const { url, drop } = await createMysqlDatabase();
  onTestFinished(drop);
  await onMysql(url, ...statements);
  return `app=${url}`;
}

async function file(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-stored-'));
  await writeFile(join(folder, name), text);
  return folder;
}

const documents = [
  '{"b":1,"aa":2}',
  '{"a": 1}',
  '[1,2]',
  '{"a": 1, "a": 2}',
  '1e2',
  '"x"',
  null,
  '{"z": 1.50e1, "y\\u0041":  [ -0, 1E-2, "\\/\\u00e9\\ud83d\\ude00" ], "😀": {}, "\uffff": null}',
  'null',
];
const stored = [
  '{"b": 1, "aa": 2}',
  '{"a": 1}',
  '[1, 2]',
  '{"a": 2}',
  '100',
  '"x"',
  null,
  '{"z": 15.0, "yA": [0, 0.01, "/é😀"], "\uffff": null, "😀": {}}',
  'null',
];
const storedRows = stored.map((text, i) => [String(i + 1), text]);
const doubled = JSON.stringify({
  ...{ kind: 'adjustment', mapping: 'app.docs > docs', key: 'id=4', rule: 'doubled-member', column: 'doc' },
  ...{ from: '{"a": 1, "a": 2}', to: '{"a": 2}' },
});
const values = documents.map(
  (text, i) => `(${i + 1}, ${text === null ? 'null' : `'${text.replaceAll('\\', '\\\\')}'`})`,
);
const to = { id: 'integer not null', doc: 'jsonb' };

test.each(ways)('json of PostgreSQL is the same in jsonb, $name', async (way) => {
  const source = await postgres(
    'create table app.docs (id int primary key, doc json)',
    `insert into app.docs values ${documents.map((text, i) => `(${i + 1}, ${text === null ? 'null' : `'${text}'`})`)}`,
  );
  const { doubts, records, rows } = await carried(
    { dialect: 'postgres', source, from: { id: 'integer not null', doc: 'json' }, to },
    way,
  );
  expect({ doubts, records, rows }).toEqual({ doubts: [], records: [doubled], rows: storedRows });
});

test.each(ways)('JSON in a text column of MariaDB is the same in jsonb, $name', async (way) => {
  const source = await mariadb(
    'alter database character set utf8mb4',
    'create table docs (id int primary key, doc longtext)',
    `insert into docs values ${values}, (10, 'not json'), (11, '"\\\\u0000"'), (12, '')`,
  );
  const { doubts, records, rows } = await carried(
    { dialect: 'mysql', source, from: { id: 'int not null', doc: 'longtext' }, to },
    way,
  );
  expect({ doubts, rows }).toEqual({ doubts: [], rows: storedRows });
  expect(records.map((text) => JSON.parse(text)).map(({ key, rule, column }) => [key, rule, column])).toEqual([
    ['id=4', 'doubled-member', 'doc'],
    ['id=10', 'not-json', 'doc'],
    ['id=11', 'not-jsonb', 'doc'],
    ['id=12', 'not-json', 'doc'],
  ]);
});

test('JSON of object-per-line files is the same in jsonb', async () => {
  // A string of such a file holds JSON text, and its null is NULL.
  const written = documents.map((text) => (text?.startsWith('"') ? JSON.stringify(text) : text));
  const lines = written.flatMap((text, i) => (text === 'null' ? [] : [`{"id": ${i + 1}, "doc": ${text}}\n`]));
  const folder = await file('docs.jsonl', lines.join(''));
  const from = { id: 'integer not null', doc: 'json' };
  const { doubts, records, rows } = await carried({ dialect: 'postgres', source: `jsonl:${folder}`, from, to });
  expect({ doubts, records }).toEqual({ doubts: [], records: [doubled] });
  expect(rows).toEqual(storedRows.slice(0, -1));
});

test.each(['json', 'jsonb', 'text'])('%s of CSV files is the same in jsonb', async (type) => {
  const lines = documents.map((text, i) => `${i + 1},${text === null ? '' : `"${text.replaceAll('"', '""')}"`}\n`);
  const folder = await file('docs.csv', ['id,doc\n', ...lines].join(''));
  const from = { id: 'integer not null', doc: type };
  const { doubts, records, rows } = await carried({ dialect: 'postgres', source: `csv:${folder}`, from, to });
  expect({ doubts, records, rows }).toEqual({ doubts: [], records: [doubled], rows: storedRows });
});

test('jsonb of PostgreSQL is forwarded as it is', async () => {
  const source = await postgres(
    'create table app.docs (id int primary key, doc jsonb)',
    `insert into app.docs values ${documents.map((text, i) => `(${i + 1}, ${text === null ? 'null' : `'${text}'`})`)}`,
  );
  const { doubts, records, rows, forwarded } = await carried({
    ...{ dialect: 'postgres', source, from: { id: 'integer not null', doc: 'jsonb' }, to },
  });
  expect({ doubts, records, rows }).toEqual({ doubts: [], records: [], rows: storedRows });
  expect(forwarded).toBeGreaterThan(0);
});

test.each(ways)('blanks that char(n) forgets are recorded, $name', async (way) => {
  const source = await mariadb(
    'create table docs (id int primary key, c varchar(10), d char(5))',
    "insert into docs values (1, 'x', 'y'), (2, 'x ', 'y '), (3, '', ''), (4, null, null), (5, '0123456789', 'é😀')",
  );
  const { doubts, records, rows } = await carried(
    {
      ...{ dialect: 'mysql', source },
      from: { id: 'int not null', c: 'varchar(10)', d: 'char(5)' },
      to: { id: 'integer not null', c: 'char(10)', d: 'char(7)' },
    },
    way,
  );
  const [first, second, third] = rows.map(([, c, d]) => [c, d]);
  expect([first, second, third]).toEqual([
    ['x'.padEnd(10), 'y'.padEnd(7)],
    ['x'.padEnd(10), 'y'.padEnd(7)],
    [' '.repeat(10), ' '.repeat(7)],
  ]);
  expect({ doubts, records }).toEqual({
    doubts: [],
    records: [
      JSON.stringify({
        ...{ kind: 'adjustment', mapping: 'app.docs > docs', key: 'id=2', rule: 'trailing-blanks', column: 'c' },
        ...{ from: 'x ', to: 'x'.padEnd(10) },
      }),
    ],
  });
});

test('two keys that only blanks tell apart are one key in char(n): the second is refused', async () => {
  const source = await postgres(
    'create table app.docs (id varchar(5) primary key)',
    "insert into app.docs values ('x'), ('x '), ('y ')",
  );
  const { doubts, ledger, records } = await carried({
    ...{ dialect: 'postgres', source, from: { id: 'varchar(5) not null' }, to: { id: 'char(5) not null' } },
  });
  expect(ledger['app.docs > docs']).toMatchObject({ read: 3, loaded: 2, rejected: 1 });
  expect(records.map((text) => JSON.parse(text).rule).sort()).toContain('trailing-blanks');
  expect(doubts.map(({ check }) => check)).toEqual([]);
});

test('char(n) of PostgreSQL grows, and its blanks mean nothing', async () => {
  const source = await postgres(
    'create table app.docs (id char(3) primary key, b bpchar)',
    "insert into app.docs values ('x', 'x '), ('yy ', '')",
  );
  const { doubts, records } = await carried({
    ...{ dialect: 'postgres', source, from: { id: 'char(3) not null', b: 'bpchar' } },
    to: { id: 'char(5) not null', b: 'bpchar' },
  });
  expect({ doubts, records }).toEqual({ doubts: [], records: [] });
});

test.each(ways)('times, addresses, UUIDs and dates are compared in the form of their target, $name', async (way) => {
  const source = await mariadb(
    `create table docs (
      id int primary key, t time(3), i varchar(50), c varchar(50), m varchar(50), u varchar(50), d date
    )`,
    `insert into docs values
      (1, '838:59:59.000', '10.1.2.3/32', '10.0.0.0/8', '08002B:010203', '{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}', '2020-02-29'),
      (2, '-00:00:01.500', 'FE80:0:0:0::1', '::1', '08-00-2b-01-02-03', 'a0eebc999c0b4ef8bb6d6bb9bd380a11', '0001-01-01'),
      (3, '00:00:00', '::ffff:1.2.3.4', '1.2.3.4', '0800.2b01.0203', null, null),
      (4, null, 'localhost', null, null, null, null),
      (5, null, null, '10.1.0.0/8', null, null, null),
      (6, null, null, null, null, 'none', null)`,
  );
  const varchar = 'varchar(50)';
  const { doubts, records, rows } = await carried(
    {
      ...{ dialect: 'mysql', source },
      from: { id: 'int not null', t: 'time(3)', i: varchar, c: varchar, m: varchar, u: varchar, d: 'date' },
      to: { id: 'integer not null', t: 'interval', i: 'inet', c: 'cidr', m: 'macaddr', u: 'uuid', d: 'timestamp' },
    },
    way,
  );
  const id = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11';
  const mac = '08:00:2b:01:02:03';
  expect({ doubts, rows }).toEqual({
    doubts: [],
    rows: [
      ['1', '838:59:59', '10.1.2.3', '10.0.0.0/8', mac, id, '2020-02-29 00:00:00'],
      ['2', '-00:00:01.5', 'fe80::1', '::1/128', mac, id, '0001-01-01 00:00:00'],
      ['3', '00:00:00', '::ffff:1.2.3.4', '1.2.3.4/32', mac, null, null],
    ],
  });
  expect(records.map((text) => JSON.parse(text)).map(({ key, rule, column }) => [key, rule, column])).toEqual([
    ['id=4', 'not-an-address', 'i'],
    ['id=5', 'not-an-address', 'c'],
    ['id=6', 'not-a-uuid', 'u'],
  ]);
});

test.each(['citext', 'public.citext'])('text is carried into %s, which is in another schema', async (citext) => {
  const source = await postgres(
    'create table app.docs (id int primary key, c text, d varchar(5))',
    "insert into app.docs values (1, 'Ab ', 'x '), (2, 'aB', null)",
  );
  const { doubts, rows, ledger } = await carried({
    ...{ dialect: 'postgres', source, from: { id: 'integer not null', c: 'text', d: 'varchar(5)' } },
    to: { id: 'integer not null', c: citext, d: 'char(7)' },
    before: 'create extension if not exists citext schema public;',
  });
  expect({ doubts, rows }).toEqual({
    doubts: [],
    rows: [
      ['1', 'Ab ', 'x'.padEnd(7)],
      ['2', 'aB', null],
    ],
  });
  expect(ledger['app.docs > docs']).toMatchObject({ loaded: 2, adjusted: 1 });
});

const opaque: readonly (readonly [type: string, ...values: string[]])[] = [
  ['interval', '-1 year -2 months +3 days -04:05:06.7', '178000000 years', '0'],
  ['inet', '10.1.2.3/8', '::1', 'fe80::1/64'],
  ['cidr', '10.0.0.0/8', '::/0', '::1'],
  ['macaddr', '08:00:2b:01:02:03'],
  ['macaddr8', '08:00:2b:01:02:03:04:05'],
  ['xml', '<?xml version="1.0"?><a  b = "1"/>', '<a/>', 'text'],
  ['tsvector', "'b':2 'a':1A", "'it''s'"],
  ['tsquery', "'a' & !'b'"],
  ['money', '-1234.56', '0', '92233720368547758.07'],
  ['bit varying(5)', '10101', ''],
  ['integer[]', '{1,NULL,-3}', '{}', '[0:1]={1,2}'],
  ['jsonb[]', '{"{\\"a\\": 1}",NULL}'],
  ['character(3)[]', '{a,"b "}'],
  ['int4range', '[1,5)', 'empty', '(,)'],
  ['tstzrange', '[2020-01-01 00:00:00+05,)'],
  ...(postgresMajor < 15 ? [] : [['numeric(5,-2)', '1234567', '-100'] as const]),
  ['time with time zone', '10:00:00+05:45'],
  ['interval year to month', '1 year 2 months'],
  ['point', '(1.5,-2)'],
  ['pg_lsn', '16/B374D848'],
];

test.each(ways)('a type that waybill cannot convert is carried into the same type, $name', async (way) => {
  const columns = opaque.map(([type], i) => `c${i} ${type}`);
  const rows = [0, 1, 2, 3].map(
    (n) =>
      `(${n}, ${opaque.map(([, ...each]) => (each[n] === undefined ? 'null' : `'${each[n].replaceAll("'", "''")}'`))})`,
  );
  const source = await postgres(
    `create table app.docs (id int primary key, ${columns})`,
    `insert into app.docs values ${rows}`,
  );
  const types = { id: 'integer not null', ...Object.fromEntries(opaque.map(([type], i) => [`c${i}`, type])) };
  const { doubts, records, ledger } = await carried({ dialect: 'postgres', source, from: types, to: types }, way);
  expect({ doubts, records }).toEqual({ doubts: [], records: [] });
  expect(ledger['app.docs > docs']).toMatchObject({ loaded: 4 });
});
