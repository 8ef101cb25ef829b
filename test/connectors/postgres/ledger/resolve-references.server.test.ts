import { expect, test } from 'vitest';
import { rowText } from '../../../../core/model/row-text.ts';
import type { Reference } from '../../../../core/ports/ledger.ts';
import type { Target } from '../../../../core/ports/target.ts';
import { awkwardTexts } from '../awkward.ts';
import { database, linesOf, load, schema, sql, target } from '../database.ts';

const tables = `
  create table ${schema}.customers (id integer primary key, doctor integer, boss integer, note text);
  create table ${schema}.doctors (id integer primary key, clinic integer);
  create table ${schema}.orders (tenant integer, number integer, customer integer, second integer, primary key (tenant, number));
  create table ${schema}.details (id integer primary key, "order" integer)`;

async function filled(): Promise<{ url: string; into: Target }> {
  const url = await database(`create schema ${schema}`, tables);
  return { url, into: await target(url) };
}

function reference(from: string, parent: string, orphan: Reference['orphan'], parentColumn = 'id'): Reference {
  const [table, column] = from.split('.') as [string, string];
  return { table, mapping: `${table} > ${table}`, column, parent, parentColumn, orphan };
}

test('valid references are unchanged, and so are nulls', async () => {
  const { into } = await filled();
  await load(into, 'doctors', ['id'], [['7']]);
  await load(
    into,
    'customers',
    ['id', 'doctor'],
    [
      ['1', '7'],
      ['2', null],
    ],
  );
  expect(await into.resolveReferences('r1', [reference('customers.doctor', 'doctors', 'reject')])).toEqual([]);
  expect(await into.inspector.count('customers')).toBe(2);
});

test('an orphan becomes null, and its key and value are recorded', async () => {
  const { into } = await filled();
  await load(into, 'doctors', ['id'], [['7']]);
  await load(
    into,
    'customers',
    ['id', 'doctor'],
    [
      ['1', '7'],
      ['2', '8'],
      ['3', '9'],
    ],
  );
  const resolved = await into.resolveReferences('r1', [reference('customers.doctor', 'doctors', 'null')]);
  const common = {
    ...{ table: 'customers', mapping: 'customers > customers', parent: 'doctors', action: 'null', row: null },
    ...{ reason: 'orphan', column: 'doctor', columns: ['doctor'], disagreeing: [] },
  };
  expect(resolved).toEqual([
    { ...common, id: expect.any(String), key: ['2'], values: ['8'], value: '8' },
    { ...common, id: expect.any(String), key: ['3'], values: ['9'], value: '9' },
  ]);
  expect((await linesOf(into, 'customers', ['id', 'doctor'])).sort()).toEqual(['1\t7', '2\t\\N', '3\t\\N']);
});

test('a removed row is recorded completely, in canonical text', async () => {
  const url = await database(
    `create schema ${schema}`,
    `create table ${schema}.doctors (id integer primary key)`,
    `create table ${schema}.odd (
       id integer primary key, doctor integer, body text, list text[], data bytea, yes boolean, amount numeric(18,2),
       at timestamptz, d double precision, j json, padded character(5))`,
  );
  const into = await target(url);
  const columns = ['id', 'doctor', 'body', 'list', 'data', 'yes', 'amount', 'at', 'd', 'j', 'padded'];
  const fixed = [
    new Uint8Array([0, 92, 255]),
    true,
    '-0.10',
    '2020-02-29 23:59:59.5+00',
    '1e-07',
    '{"a" :\t1}',
    'ab   ',
  ];
  const rows = awkwardTexts.map((text, i) => [String(i), '5', text, [text, null], ...fixed]);
  await load(into, 'odd', columns, [...rows, ['99', '5', ...Array(9).fill(null)]]);
  const resolved = await into.resolveReferences('r1', [reference('odd.doctor', 'doctors', 'reject')]);
  const expected = [...rows, ['99', '5', ...Array(9).fill(null)]].map(rowText);
  expect(resolved.map(({ row }) => row).sort()).toEqual(expected.sort());
  expect(await into.inspector.count('odd')).toBe(0);
});

test('a removed row takes its children with it, generation by generation', async () => {
  const { into } = await filled();
  await load(into, 'doctors', ['id', 'clinic'], [['1', '50']]);
  await load(
    into,
    'customers',
    ['id', 'doctor'],
    [
      ['10', '1'],
      ['11', null],
    ],
  );
  await load(
    into,
    'orders',
    ['tenant', 'number', 'customer'],
    [
      ['1', '100', '10'],
      ['1', '101', '11'],
    ],
  );
  await load(
    into,
    'details',
    ['id', 'order'],
    [
      ['1000', '100'],
      ['1001', '101'],
      ['1002', null],
    ],
  );
  const resolved = await into.resolveReferences('r1', [
    reference('details.order', 'orders', 'null', 'number'),
    reference('orders.customer', 'customers', 'reject'),
    reference('customers.doctor', 'doctors', 'reject'),
    reference('doctors.clinic', 'customers', 'reject'),
  ]);
  expect(resolved.map(({ table, action, key }) => `${action} ${table} ${key.join('/')}`)).toEqual([
    'reject doctors 1',
    'reject customers 10',
    'reject orders 1/100',
    'null details 1000',
  ]);
  expect(await linesOf(into, 'orders', ['number'])).toEqual(['101']);
});

test('a cycle is followed until no orphan is left', async () => {
  const { into } = await filled();
  // 1 → 2 → 3 → 4 → 9, which is missing. 20 ↔ 21 refer to each other, and 30 refers to itself.
  const bosses = [
    ['1', '2'],
    ['2', '3'],
    ['3', '4'],
    ['4', '9'],
    ['20', '21'],
    ['21', '20'],
    ['30', '30'],
  ];
  await load(into, 'customers', ['id', 'boss'], bosses);
  const resolved = await into.resolveReferences('r1', [reference('customers.boss', 'customers', 'reject')]);
  expect(resolved.map(({ key }) => key[0])).toEqual(['4', '3', '2', '1']);
  expect((await linesOf(into, 'customers', ['id'])).sort()).toEqual(['20', '21', '30']);
});

test('a value that becomes null removes what refers to it, and leaves what refers to its row', async () => {
  const { into } = await filled();
  await load(into, 'doctors', ['id', 'clinic'], [['5', '1']]);
  await load(into, 'customers', ['id', 'doctor'], [['1', '9']]);
  await load(into, 'orders', ['tenant', 'number', 'customer', 'second'], [['1', '1', '9', '1']]);
  await load(into, 'details', ['id', 'order'], [['1', '9']]);
  const resolved = await into.resolveReferences('r1', [
    reference('details.order', 'orders', 'reject', 'customer'),
    reference('orders.customer', 'customers', 'null', 'doctor'),
    reference('orders.second', 'customers', 'null'),
    reference('customers.doctor', 'doctors', 'null'),
    reference('doctors.clinic', 'customers', 'reject'),
  ]);
  expect(resolved.map(({ table, column, action }) => `${table}.${column} ${action}`)).toEqual([
    'customers.doctor null',
    'orders.customer null',
    'details.order reject',
  ]);
});

test('a row is listed once for each reference that became null, and once when it is removed', async () => {
  const { into } = await filled();
  await load(
    into,
    'customers',
    ['id', 'boss'],
    [
      ['1', '2'],
      ['2', '99'],
    ],
  );
  await load(
    into,
    'orders',
    ['tenant', 'number', 'customer', 'second'],
    [
      ['1', '1', '88', '77'],
      ['1', '2', '1', '66'],
    ],
  );
  const resolved = await into.resolveReferences('r1', [
    reference('orders.second', 'customers', 'null'),
    reference('orders.customer', 'customers', 'reject'),
    reference('customers.boss', 'customers', 'reject'),
  ]);
  expect(resolved.map(({ table, column, key, value }) => `${table}.${column} ${key.join('/')} ${value}`)).toEqual([
    'orders.customer 1/1 88',
    'customers.boss 2 99',
    'orders.second 1/2 66',
    'customers.boss 1 2',
    'orders.customer 1/2 1',
  ]);
});

test('rows at the same ctid in two partitions are distinguished', async () => {
  const url = await database(
    `create schema ${schema}`,
    `create table ${schema}.doctors (id integer primary key)`,
    `create table ${schema}.visits (id integer primary key, doctor integer) partition by list (id)`,
    `create table ${schema}.visits_1 partition of ${schema}.visits for values in (1)`,
    `create table ${schema}.visits_2 partition of ${schema}.visits for values in (2)`,
    `insert into ${schema}.doctors values (7)`,
    `insert into ${schema}.visits values (1, 7), (2, 8)`,
  );
  const into = await target(url);
  expect(await into.resolveReferences('r1', [reference('visits.doctor', 'doctors', 'reject')])).toMatchObject([
    { key: ['2'] },
  ]);
  expect(await linesOf(into, 'visits', ['id', 'doctor'])).toEqual(['1\t7']);
});

test('resolving again finds nothing more and still reports what was resolved for the run', async () => {
  const { into } = await filled();
  await load(into, 'customers', ['id', 'boss'], [['1', '2']]);
  const references = [reference('customers.boss', 'customers', 'null')];
  const first = await into.resolveReferences('r1', references);
  expect(first.length).toBe(1);
  expect(await into.resolveReferences('r1', references)).toEqual(first);
  expect(await into.resolveReferences('r2', references)).toEqual([]);
});

test('resolving that fails changes nothing and records nothing', async () => {
  const { url, into } = await filled();
  await sql(url, `alter table ${schema}.customers alter column boss set not null`);
  await load(into, 'customers', ['id', 'boss', 'doctor'], [['1', '2', '3']]);
  const references = [
    reference('customers.doctor', 'doctors', 'null'),
    reference('customers.boss', 'customers', 'null'),
  ];
  await expect(into.resolveReferences('r1', references)).rejects.toMatchObject({
    code: 'target-refused',
    message: expect.stringMatching(/did not resolve customers\.boss: SQLSTATE 23502 \(table customers, column boss\)/),
  });
  expect(await linesOf(into, 'customers', ['id', 'boss', 'doctor'])).toEqual(['1\t2\t3']);
  expect(await into.resolveReferences('r1', [])).toEqual([]);
});

test('a two-column reference is an orphan when no single parent matches both columns, and only its last column becomes null', async () => {
  const url = await database(
    `create schema ${schema}`,
    tables,
    `create table ${schema}.lines (id integer primary key, tenant integer, number integer)`,
  );
  const into = await target(url);
  await load(
    into,
    'orders',
    ['tenant', 'number'],
    [
      ['1', '10'],
      ['2', '20'],
    ],
  );
  await load(
    into,
    'lines',
    ['id', 'tenant', 'number'],
    [
      ['1', '1', '10'],
      ['2', '1', '20'],
      ['3', null, '99'],
      ['4', '2', null],
    ],
  );
  const both = {
    ...reference('lines.number', 'orders', 'null', 'number'),
    also: [{ column: 'tenant', parentColumn: 'tenant' }],
  };
  expect(await into.resolveReferences('r1', [both])).toMatchObject([
    { key: ['2'], column: 'number', value: '20', action: 'null' },
  ]);
  expect((await linesOf(into, 'lines', ['id', 'tenant', 'number'])).sort()).toEqual([
    '1\t1\t10',
    '2\t1\t\\N',
    '3\t\\N\t99',
    '4\t2\t\\N',
  ]);
});
