import { expect, test } from 'vitest';
import type { Relation } from '../../../core/mapping/pipeline.ts';
import { id, ref } from '../../../core/mapping/rules.ts';
import { foreignKeys } from '../../../validators/foreign-keys.ts';
import { tableIn } from '../memory.ts';
import { idOf } from '../shop.ts';
import { checkOf, loadWorld, type World } from '../world.ts';

const subject = 'c01.order(CustomerID) > c01.customer(ID)';
const common = { scope: 'tenant', drops: {} } as const;
const relation: Relation = {
  ...{ child: 'c01.order', columns: ['CustomerID'], parent: 'c01.customer', parentColumns: ['ID'] },
  ...{ decision: 'foreign-key', none: [], why: 'declared' },
  target: { child: 'orders', columns: ['customer_id'], parent: 'customers', parentColumns: ['id'] },
};

/** Two customers, an order of each, an orphan order, and regions. The target has no foreign key. */
function world(): World {
  return loadWorld({
    source: {
      customer: { key: ['ID'], columns: { ID: 'int32 not null' } },
      order: { key: ['ID'], columns: { ID: 'int32 not null', CustomerID: 'int32' } },
      region: { key: ['ID'], columns: { ID: 'int32 not null' } },
    },
    target: {
      customers: { key: ['id'], columns: { id: 'uuid not null' } },
      orders: { key: ['id'], columns: { id: 'uuid not null', customer_id: 'uuid' } },
      regions: { key: ['id'], columns: { id: 'uuid not null' } },
    },
    mappings: [
      { ...common, from: 'c01.customer', to: 'customers', columns: { id: id('ID') } },
      {
        ...common,
        ...{ from: 'c01.order', to: 'orders' },
        columns: { id: id('ID'), customer_id: ref('customers', 'CustomerID', { orphan: 'null' }) },
      },
      { ...common, from: 'c01.region', to: 'regions', columns: { id: id('ID') } },
    ],
    rows: {
      customer: [['1'], ['2']],
      order: [
        ['1', '1'],
        ['2', '2'],
        ['3', '9'],
      ],
      region: [['1']],
    },
    pipeline: { relations: [relation] },
  });
}

/** The world that a run of `--tables customer,order` validates. */
function someTables(loaded: World): World {
  const mappings = loaded.plan.mappings.filter(({ target }) => target.name !== 'regions');
  return { ...loaded, plan: { ...loaded.plan, mappings } };
}

test('a run of all tables without its foreign key fails', async () => {
  expect(await checkOf(world(), foreignKeys, subject)).toMatchObject({
    verdict: 'fail',
    note: 'the target has no such foreign key',
  });
});

test('a run of some tables, which builds no foreign keys, is incomplete and reports why', async () => {
  expect(await checkOf(someTables(world()), foreignKeys, subject)).toEqual({
    ...{ check: 'foreign-keys', subject, verdict: 'incomplete', expected: 1, actual: 1, sampleKeys: [] },
    note: 'only some tables took part, and no foreign keys were built',
  });
});

test('a run of some tables still fails on an orphan in the target and on one that was not recorded', async () => {
  const orphaned = someTables(world());
  tableIn(orphaned.target, 'customers').rows.pop();
  expect(await checkOf(orphaned, foreignKeys, subject)).toMatchObject({
    verdict: 'fail',
    sampleKeys: [`id=${idOf('orders', 2)}`],
    note: expect.stringMatching(/^1 row of the target without a parent; only some tables took part/),
  });
  const unrecorded = someTables(world());
  unrecorded.resolved.length = 0;
  expect(await checkOf(unrecorded, foreignKeys, subject)).toMatchObject({
    verdict: 'fail',
    sampleKeys: ['ID=3'],
    note: expect.stringMatching(/^1 orphan of the source not recorded; only some tables took part/),
  });
});
