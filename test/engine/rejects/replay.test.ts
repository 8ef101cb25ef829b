import { expect, test } from 'vitest';
import { date } from '../../../core/mapping/rules.ts';
import { WaybillError } from '../../../core/model/errors.ts';
import { numberedCauses, readRejects } from '../../../engine/rejects/reject-causes.ts';
import { type ReplayOptions, type ReplayResult, replayRun } from '../../../engine/rejects/replay-run.ts';
import { reopenRun } from '../../../engine/resume-run.ts';
import { validateRun } from '../../../engine/stages/stage-runs.ts';
import { customer, order, shopMappings } from '../../validators/shop.ts';
import {
  customers,
  orders,
  plainRows,
  refusing,
  type ShopRuns,
  shopPipeline,
  shopRuns,
  targetRows,
} from '../memory/shop-runs.ts';

const modes = ['direct', 'staged'] as const;

/** Six customers in parts of three, two of them refused. Their orders are rejected with them, or lose their reference. */
async function refusedShop(mode: 'direct' | 'staged', orphan: 'null' | 'reject' = 'reject'): Promise<ShopRuns> {
  const rows = plainRows(6);
  const shop = await shopRuns(
    { ...rows, customer: rows.customer.map((row, i) => (i === 4 ? customer(5, { Born: '0000-00-00' }) : row)) },
    shopMappings(orphan),
  );
  shop.server.faults.refuse = refusing('customers', 'Name 2', 'Name 5');
  await shop.run({ mode, partRows: 3, maxRejects: 4 });
  shop.server.faults.refuse = () => null;
  return shop;
}

function replay(shop: ShopRuns, over: Partial<ReplayOptions> = {}): Promise<ReplayResult> {
  return replayRun({ ...shop.options(over), run: 'r1', pick: (rejects) => rejects, ...over });
}

async function expectProved(shop: ShopRuns, mappings = shopMappings('reject')): Promise<void> {
  expect((await validateRun(shop.options({ pipeline: shopPipeline(mappings), partRows: 3 }))).verdict).toBe('pass');
}

test.each(modes)(
  'after a fix all rejects load, parents before children, and the run looks as if nothing had been rejected (%s)',
  async (mode) => {
    const shop = await refusedShop(mode);
    expect(await replay(shop)).toMatchObject({ loaded: 4, refused: [] });
    const undisturbed = await shopRuns(
      {
        ...plainRows(6),
        customer: plainRows(6).customer.map((row, i) => (i === 4 ? customer(5, { Born: '0000-00-00' }) : row)),
      },
      shopMappings('reject'),
    );
    await undisturbed.run({ mode, partRows: 3 });
    expect(targetRows(shop)).toEqual(targetRows(undisturbed));
    expect(shop.ledger()).toEqual(undisturbed.ledger());
    expect(await shop.records(orders)).toEqual([]);
    await expectProved(shop);
  },
);

test.each(modes)('a second replay changes nothing (%s)', async (mode) => {
  const shop = await refusedShop(mode);
  await replay(shop);
  const state = shop.server.state();
  expect(await replay(shop)).toMatchObject({ loaded: 0, refused: [] });
  expect(shop.server.state()).toEqual(state);
});

test.each(modes)(
  'after a kill between commit and run folder, the next replay loads nothing twice and updates the folder (%s)',
  async (mode) => {
    const shop = await refusedShop(mode);
    shop.server.faults.afterReplay = () => {
      throw new Error('killed');
    };
    await expect(replay(shop)).rejects.toThrow('killed');
    shop.server.faults.afterReplay = () => undefined;
    expect(shop.server.lines('customers')).toHaveLength(6);
    expect(await replay(shop)).toMatchObject({ loaded: 2, refused: [] });
    expect(shop.server.lines('orders')).toHaveLength(6);
    await expectProved(shop);
  },
);

test('after a lost acknowledgement the target is asked, and the row is not loaded twice', async () => {
  const shop = await refusedShop('direct');
  let isLost = false;
  shop.server.faults.afterReplay = () => {
    if (isLost) return;
    isLost = true;
    throw new WaybillError('target-interrupted', 'The connection broke.', { hint: 'Resume.', reason: 'lost' });
  };
  expect(await replay(shop)).toMatchObject({ loaded: 4, refused: [] });
  await expectProved(shop);
});

test('a row that is refused again stays a reject, and so do its children', async () => {
  const shop = await refusedShop('direct');
  shop.server.faults.refuse = refusing('customers', 'Name 2');
  const { loaded, refused } = await replay(shop);
  expect(loaded).toBe(2);
  expect(refused.map(({ reject }) => reject.record.mapping)).toEqual([customers, orders]);
  await expectProved(shop);
});

test('references that became null without their parent are restored with it', async () => {
  const shop = await refusedShop('direct', 'null');
  expect(shop.report?.totals.adjusted).toBe(3);
  expect(await replay(shop)).toMatchObject({ loaded: 2, restored: 2 });
  expect((await shop.records(orders)).length).toBe(0);
  await expectProved(shop, shopMappings('null'));
});

test('a mapping may be corrected before a replay, and its adjustments replace the old ones', async () => {
  const shop = await refusedShop('direct');
  const born = date('Born', { sentinels: ['1980-05-01'] });
  const corrected = shopMappings('reject').map((m) =>
    m.to === 'customers' ? { ...m, columns: { ...m.columns, born } } : m,
  );
  expect(await replay(shop, { pipeline: shopPipeline(corrected) })).toMatchObject({ loaded: 4 });
  expect(
    shop
      .ledger()
      .filter((e) => e.mapping === customers)
      .map((e) => e.adjusted),
  ).toEqual([1, 1]);
  expect((await shop.records(customers)).map(({ kind, key }) => [kind, key])).toEqual([
    ['adjustment', 'ID=5'],
    ['adjustment', 'ID=2'],
  ]);
});

test('a changed id rule is refused by name', async () => {
  const shop = await refusedShop('direct');
  const changed = shopMappings('reject').map((m) => (m.to === 'customers' ? { ...m, scope: 'shared' as const } : m));
  await expect(replay(shop, { pipeline: shopPipeline(changed) })).rejects.toMatchObject({
    code: 'plan-refused',
    message: expect.stringMatching(/begun with another id rules of c01.customer > customers/),
  });
});

test('rejected orphans are grouped under the cause of their parents', async () => {
  const rows = { customer: [customer(1), customer(2)], order: [order(11, 2), order(12, 99)] };
  const shop = await shopRuns(rows, shopMappings('reject'));
  shop.server.faults.refuse = refusing('customers', 'Name 2');
  await shop.run({ maxRejects: 3 });
  const context = await reopenRun(shop.options());
  const causes = numberedCauses(await readRejects(context.folder.recordsPath, context.selected), context.plan);
  expect(
    causes.map(({ number, parent, rejects }) => [number, parent, rejects[0]?.record.mapping, rejects.length]),
  ).toEqual([
    [1, null, customers, 1],
    [2, 1, orders, 1],
    [3, null, orders, 1],
  ]);
});
