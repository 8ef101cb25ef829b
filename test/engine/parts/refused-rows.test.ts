import { expect, test } from 'vitest';
import { customer, idOf } from '../../validators/shop.ts';
import { customers, plainRows, refusing, shopRuns } from '../memory/shop-runs.ts';

const places = {
  first: [1],
  last: [10],
  'in the middle': [5],
  'at both ends': [1, 10],
  'two in a batch': [4, 5],
  'every other': [2, 4, 6, 8, 10],
  all: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
};
const cases = (['direct', 'staged'] as const).flatMap((mode) =>
  Object.entries(places).flatMap(([place, refused]) =>
    [false, true].map((tellsLate) => ({ mode, place, refused, tellsLate })),
  ),
);

test.each(cases)(
  'refused rows ($place) are kept as rejects and the rest loads ($mode, reported late: $tellsLate)',
  async ({ mode, refused, tellsLate }) => {
    const shop = await shopRuns({ customer: plainRows(10).customer });
    shop.server.faults.refuse = refusing('customers', ...refused.map((key) => `Name ${key}`));
    shop.server.faults.tellsLate = tellsLate;
    expect((await shop.run({ mode, maxRejects: refused.length })).verdict).toBe('pass');
    const kept = Array.from({ length: 10 }, (_, i) => i + 1).filter((key) => !refused.includes(key));
    expect(shop.server.lines('customers').map((line) => line.split('\t')[0])).toEqual(
      kept.map((key) => idOf('customers', key)),
    );
    const rejects = await shop.records(customers);
    expect(rejects.map(({ key }) => key)).toEqual(
      refused.map((key) => (mode === 'direct' ? `ID=${key}` : `id=${idOf('customers', key)}`)),
    );
    const [entry] = shop.ledger();
    expect([entry?.read, entry?.loaded, entry?.rejected]).toEqual([10, kept.length, refused.length]);
  },
);

test('a reject of the target names SQLSTATE, constraint and column, and keeps the source row', async () => {
  const shop = await shopRuns({ customer: [customer(1), customer(2)] });
  shop.server.faults.refuse = (_table, row) =>
    row[0] === 'Name 2' ? { sqlstate: '22001', constraint: null, column: 'name' } : null;
  await shop.run({ maxRejects: 1 });
  expect(await shop.records(customers)).toEqual([
    {
      kind: 'reject',
      run: 'r1',
      mapping: customers,
      part: 1,
      key: 'ID=2',
      rule: 'refused',
      stage: 'load',
      column: 'name',
      sqlstate: '22001',
      constraint: null,
      row: customer(2),
    },
  ]);
  expect(shop.report?.tables[0]?.rejects).toEqual([
    { column: 'name', rule: 'refused', sqlstate: '22001', constraint: null, count: 1, sampleKeys: ['ID=2'] },
  ]);
});

test('of two rows with one key the first is loaded and the second is rejected', async () => {
  const shop = await shopRuns({ customer: [customer(1), customer(2), customer(2, { Name: 'again' }), customer(3)] });
  await shop.run({ maxRejects: 1 });
  expect(shop.server.lines('customers')).toHaveLength(3);
  expect(await shop.records(customers)).toMatchObject([
    { key: 'ID=2', sqlstate: '23505', constraint: 'customers_pkey', row: customer(2, { Name: 'again' }) },
  ]);
});

test('rows of a keyless table are refused one by one, and their duplicates keep their ids', async () => {
  const shop = await shopRuns({ log: [['a'], ['a'], ['b'], ['b'], ['b'], ['c']] });
  const undisturbed = await shopRuns({ log: [['a'], ['a'], ['b'], ['b'], ['b'], ['c']] });
  await undisturbed.run();
  const refused = undisturbed.server
    .lines('logs')
    .filter((line) => line.endsWith('\tb'))[1]
    ?.split('\t')[0] as string;
  shop.server.faults.refuse = refusing('logs', refused);
  await shop.run({ maxRejects: 1 });
  expect(shop.server.lines('logs')).toEqual(
    undisturbed.server.lines('logs').filter((line) => !line.startsWith(refused)),
  );
});

test('adjustments are recorded once although a part with a refused row is mapped twice', async () => {
  const shop = await shopRuns({ customer: [customer(1, { Born: '0000-00-00' }), customer(2), customer(3)] });
  shop.server.faults.refuse = refusing('customers', 'Name 3');
  await shop.run({ maxRejects: 1 });
  expect((await shop.records(customers)).map(({ kind, key }) => [kind, key])).toEqual([
    ['adjustment', 'ID=1'],
    ['reject', 'ID=3'],
  ]);
});
