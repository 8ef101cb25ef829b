import { expect, onTestFinished, test } from 'vitest';
import { sqlserver } from '../../../connectors/sqlserver/connector.ts';
import type { Source } from '../../../core/ports/source.ts';
import type { TableStructure } from '../../../core/ports/structure.ts';
import { serveFacts } from '../../support/tds/server-of-facts.ts';
import { shop, shopWithArchive } from './shop.ts';

async function openShop(facts = shop): Promise<Source> {
  const server = await serveFacts(facts);
  onTestFinished(server.close);
  const source = await sqlserver.openSource(server.url, { schemas: { c01: 'dbo' } });
  onTestFinished(() => source.close());
  return source;
}

async function tableNamed(name: string): Promise<TableStructure> {
  const structure = await (await openShop()).inspector.structure(['c01']);
  return structure?.tables.find((table) => table.name === `c01.${name}`) as TableStructure;
}

test('the history of a system-versioned table is a table, or stays behind where its schema is not read', async () => {
  const names = ['customers', 'notes', 'order lines', 'orders', 'prices', 'prices_history'].map(
    (name) => `c01.${name}`,
  );
  const tables = await (await openShop()).inspector.tables(['c01']);
  expect(tables.map(({ name }) => name)).toEqual(names);
  expect(tables.filter(({ hasHistory }) => hasHistory)).toEqual([]);
  const others = await (await openShop(shopWithArchive)).inspector.tables(['c01']);
  expect(others.filter(({ hasHistory }) => hasHistory).map(({ name }) => name)).toEqual(['c01.prices']);
});

test('columns have their defaults, identity, expressions, comments and collations', async () => {
  const { columns, comment } = await tableNamed('customers');
  expect(comment).toBe('who buys');
  expect(columns.map(({ name, default: initial, identity }) => [name, initial ?? identity])).toEqual([
    ['id', 'always'],
    ['code', null],
    ['name', null],
    ['country', { kind: 'literal', text: 'de' }],
    ['is_active', { kind: 'literal', text: 'true' }],
    ['balance', { kind: 'literal', text: '0.0000' }],
    ['created_at', { kind: 'now' }],
    ['version', null],
    ['place', null],
  ]);
  expect(columns[1]?.collation).toEqual({
    name: 'Latin1_General_CI_AI',
    ignores: ['trailing-blanks', 'case', 'accents'],
  });
  expect(columns.map((column) => column.comment)).toEqual([null, null, "as it's on the card", ...Array(6).fill(null)]);
  const orders = await tableNamed('orders');
  expect(orders.columns.find(({ name }) => name === 'with_tax')?.generated).toEqual({
    expression: '([total]*(1.19))',
    isStored: true,
  });
  expect(orders.columns[0]?.default).toEqual({ kind: 'expression', sql: 'NEXT VALUE FOR [dbo].[order numbers]' });
  const prices = await tableNamed('prices');
  expect(prices.columns[1]?.generated?.expression).toBe('generated always as row start');
});

test('indexes have their method, order, included columns and filter', async () => {
  const { indexes } = await tableNamed('orders');
  expect(indexes.map(({ name, kind, method }) => [name, kind, method])).toEqual([
    ['PK_orders', 'primary', 'btree'],
    ['by customer', 'plain', 'btree'],
    ['fast', 'plain', 'columnstore'],
    ['off', 'plain', 'disabled'],
    ['recent', 'unique', 'btree'],
  ]);
  // The column that the table is partitioned by is in the catalog of each index.
  expect(indexes[1]?.parts.map(({ column }) => column)).toEqual(['customer']);
  expect(indexes[4]).toMatchObject({
    parts: [{ column: 'placed_at', isDescending: true }],
    includes: ['total'],
    predicate: "([placed_at]>'20240101')",
  });
  const customers = await tableNamed('customers');
  expect(customers.indexes.at(-1)).toMatchObject({ method: 'fulltext', parts: [{ column: 'name' }] });
  // Neither a filtered index nor a hypothetical one makes a key unique.
  expect((await tableNamed('orders')).unique).toEqual([]);
});

test('foreign keys and checks that the server does not hold all rows to are not validated', async () => {
  expect((await tableNamed('orders')).foreignKeys).toEqual([
    {
      ...{ name: 'orders customer', columns: ['customer'], parent: 'c01.customers', parentColumns: ['code'] },
      ...{ onDelete: 'no action', onUpdate: 'no action', isValidated: false },
    },
  ]);
  const lines = await tableNamed('order lines');
  expect(lines.foreignKeys).toMatchObject([{ onDelete: 'cascade', isValidated: true, parent: 'c01.orders' }]);
  expect(lines.checks).toEqual([
    { name: 'amount', expression: '([amount]>(0))', isValidated: true },
    { name: 'old', expression: '([line]<(9))', isValidated: false },
  ]);
});

test('the objects of the schema are listed by kind, with a definition where this user may read it', async () => {
  const structure = await (await openShop()).inspector.structure(['c01']);
  expect(structure?.objects.map(({ kind, name, table }) => [kind, name, table])).toEqual([
    ['domain', 'c01.Code', null],
    ['function', 'c01.secret', null],
    ['grant', 'c01', null],
    ['grant', 'c01.customers', 'c01.customers'],
    ['grant', 'c01.orders', 'c01.orders'],
    ['policy', 'c01.own rows', null],
    ['procedure', 'c01.tidy', null],
    ['sequence', 'c01.not described', null],
    ['sequence', 'c01.order numbers', null],
    ['sequence', 'c01.unused', null],
    ['synonym', 'c01.clients', null],
    ['trigger', 'stamp', 'c01.orders'],
    ['type', 'c01.Hints', null],
    ['type', 'c01.Rows', null],
    ['view', 'c01.active', null],
  ]);
  const definitions = structure?.objects.map(({ definition }) => definition);
  expect(definitions?.slice(0, 5)).toEqual([
    'create type [Code] from varchar',
    null,
    'grant select on schema::[dbo] to [reporting];',
    'grant select ([code]) on [customers] to [reporting];',
    'grant insert on [orders] to [reporting] with grant option;',
  ]);
  expect(structure?.objects.filter(({ kind }) => kind === 'sequence').map(({ definition }) => definition)).toEqual([
    null,
    expect.stringMatching(/^create sequence \[order numbers\] start with 1 /),
    expect.stringMatching(/^create sequence \[unused\] start with 5 /),
  ]);
});

test('sequences and identities give their next value, and the columns that use them', async () => {
  expect(await (await openShop()).inspector.sequences(['c01'])).toEqual([
    {
      ...{ name: 'c01.customers.id', next: '13', increment: '3', cycles: false },
      columns: [{ table: 'c01.customers', column: 'id' }],
    },
    {
      ...{ name: 'c01.order numbers', next: '9007199254741000', increment: '1', cycles: false },
      columns: [{ table: 'c01.orders', column: 'order no' }],
    },
    { name: 'c01.unused', next: '5', increment: '-1', cycles: true, columns: [] },
  ]);
});

test('a reference under a collation without case and accents has spellings and no orphans', async () => {
  const { inspector } = await openShop();
  const tables = await inspector.tables(['c01']);
  const [parent, child] = ['customers', 'orders'].map((name) => tables.find((table) => table.name === `c01.${name}`));
  if (parent === undefined || child === undefined) throw new Error('no tables');
  const question = { child, columns: ['customer'], parent, parentColumns: ['code'], none: [] };
  expect(await inspector.orphans(question, 10)).toEqual({ count: 0, keys: [], isComplete: true });
  const { count, pairs } = await inspector.spellings(question, 10);
  expect(count).toBe(2);
  expect(pairs).toEqual([
    { child: ['Ada'], parent: ['ADA'] },
    { child: ['zoé'], parent: ['zoe'] },
  ]);
});
