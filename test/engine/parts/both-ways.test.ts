import { expect, test } from 'vitest';
import type { RunOptions } from '../../../engine/stages/run.ts';
import { customer, idOf, order } from '../../validators/shop.ts';
import {
  customers,
  logs,
  orders,
  plainRows,
  refusing,
  type ShopRows,
  type ShopRuns,
  shopRuns,
  targetRows,
} from '../memory/shop-runs.ts';

/** Ten customers, with every way in which a row or a value can differ after the load. */
const troubled: ShopRows = {
  customer: [
    customer(1),
    customer(2, { Born: '0000-00-00', Name: 'nul\u0000' }),
    customer(3, { Name: 'TEST' }),
    customer(4, { Balance: '0.000000000000000000001' }),
    customer(5, { Name: 'refused', Born: '2020-00-15' }),
    customer(6, { Name: 'tab\tnewline\nbackslash\\ ', Code: '' }),
    customer(7, { Name: 'line\u2028separator', Seen: '1900-01-01 00:00:00' }),
    customer(8, { Name: null, Code: null, Balance: null, Born: null, Seen: null }),
    customer(9, { Name: 'TEST' }),
    customer(10, { Balance: '-99999999999999999999.99999999999999999999' }),
  ],
  order: [
    order(11, 1),
    order(12, 3),
    order(13, 5),
    order(14, 0),
    order(15, null),
    order(16, 10, '-0.01'),
    order(17, 999),
  ],
  log: [['a'], ['a'], ['a'], ['b'], [null], [null]],
};

async function loaded(over: Partial<RunOptions>): Promise<ShopRuns> {
  const shop = await shopRuns(troubled);
  shop.server.faults.refuse = refusing('customers', 'refused');
  const { verdict } = await shop.run({ maxRejects: 2, ...over });
  expect({ verdict, checks: shop.report?.checks.filter((c) => c.verdict !== 'pass') }).toEqual({
    verdict: 'pass',
    checks: [],
  });
  return shop;
}

test.each([1, 9, 10, 11])(
  'direct and staged give the same rows, ledger and counts with parts of %i rows',
  async (partRows) => {
    const direct = await loaded({ mode: 'direct', partRows });
    const staged = await loaded({ mode: 'staged', partRows });
    expect(targetRows(staged)).toEqual(targetRows(direct));
    expect(staged.ledger()).toEqual(direct.ledger());
    expect(
      staged.report?.tables.map(({ rejects, ...facts }) => [facts, rejects.map(({ sampleKeys, ...r }) => r)]),
    ).toEqual(direct.report?.tables.map(({ rejects, ...facts }) => [facts, rejects.map(({ sampleKeys, ...r }) => r)]));
  },
);

test('the size of the parts changes neither the rows nor the digest of a mapping', async () => {
  const one = await loaded({ partRows: 1 });
  const all = await loaded({ partRows: 1000 });
  expect(targetRows(one)).toEqual(targetRows(all));
  expect(one.report?.tables).toEqual(all.report?.tables);
  expect(one.ledger().map((e) => e.mapping)).toHaveLength(10 + 7 + 1);
  expect(all.ledger().map((e) => e.mapping)).toEqual([customers, logs, orders]);
});

test.each(['direct', 'staged'] as const)('the loaded rows are what the rules say (%s)', async (mode) => {
  const shop = await loaded({ mode });
  const names = shop.server.schemas
    .get('shop')
    ?.get('customers')
    ?.rows.map((row) => [row[2], row[3], row[5]]);
  expect(names).toEqual([
    ['Name 1', 'c1', '1980-05-01'],
    ['nul', 'c2', null],
    ['tab\tnewline\nbackslash\\ ', null, '1980-05-01'],
    ['line\u2028separator', 'c7', '1980-05-01'],
    [null, null, null],
    ['Name 10', 'c10', '1980-05-01'],
  ]);
  const parents = shop.server.schemas
    .get('shop')
    ?.get('orders')
    ?.rows.map((row) => row[2]);
  expect(parents).toEqual([idOf('customers', 1), null, null, null, null, idOf('customers', 10), null]);
  expect(shop.server.lines('logs')).toHaveLength(6);
  expect(new Set(shop.server.lines('logs')).size).toBe(6);
});

test.each(['direct', 'staged'] as const)(
  'read is loaded, rejected and filtered, in each part and in sum (%s)',
  async (mode) => {
    const shop = await loaded({ mode, partRows: 4 });
    for (const { read, loaded: kept, rejected, filtered } of shop.ledger())
      expect(kept + rejected + filtered).toBe(read);
    const accounts = shop.report?.tables.map(({ source, read, loaded: kept, rejected, filtered, adjusted }) => {
      return [source, { read, kept, rejected, filtered, adjusted }];
    });
    expect(Object.fromEntries(accounts ?? [])).toEqual({
      'c01.customer': { read: 10, kept: 6, rejected: 2, filtered: 2, adjusted: 4 },
      'c01.order': { read: 7, kept: 7, rejected: 0, filtered: 0, adjusted: 3 },
      'c01.log': { read: 6, kept: 6, rejected: 0, filtered: 0, adjusted: 0 },
    });
    expect(shop.report?.totals).toEqual({ read: 23, loaded: 19, rejected: 2, filtered: 2, adjusted: 7 });
  },
);

test.each(['direct', 'staged'] as const)(
  'a source without a row gives an empty target that is proved (%s)',
  async (mode) => {
    const shop = await shopRuns({});
    expect((await shop.run({ mode })).verdict).toBe('pass');
    expect(targetRows(shop)).toEqual({ customers: [], orders: [], logs: [] });
    expect(shop.ledger().map((e) => [e.mapping, e.read, e.digest])).toEqual([
      [customers, 0, '0000000000000000'],
      [logs, 0, '0000000000000000'],
      [orders, 0, '0000000000000000'],
    ]);
  },
);

test('two tenants of one source get different rows', async () => {
  const first = await shopRuns(plainRows(2));
  const second = await shopRuns(plainRows(2));
  await first.run();
  await second.run({ params: { tenant: 'c02' } });
  const both = [...first.server.lines('customers'), ...second.server.lines('customers')];
  expect(new Set(both).size).toBe(4);
});

test('every target and every writer is closed again', async () => {
  const shop = await loaded({ mode: 'staged', partRows: 3 });
  expect(shop.server.openTargets).toBe(0);
  expect(shop.server.open.size).toBe(0);
});
