import { expect, test } from 'vitest';
import { WaybillError } from '../../../core/model/errors.ts';
import type { LedgerEntry } from '../../../core/ports/ledger.ts';
import type { RunOptions } from '../../../engine/stages/run.ts';
import { customer, order, shopMappings } from '../../validators/shop.ts';
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

const modes = ['direct', 'staged'] as const;

/** Eight customers in two parts, some of which make records. One order has no customer, and one log has no key. */
const rows: ShopRows = {
  customer: plainRows(8).customer.map((row, i) => {
    if (i === 2) return customer(3, { Born: '0000-00-00' });
    return i === 6 ? customer(7, { Name: 'TEST' }) : row;
  }),
  order: [order(11, 1), order(12, 999), order(13, 8), order(14, 7)],
  log: [['a'], ['a'], ['b'], ['c'], ['c']],
};
const common = { partRows: 5, maxRejects: 1 };

async function brokenShop(): Promise<ShopRuns> {
  const shop = await shopRuns(rows);
  shop.server.faults.refuse = refusing('customers', 'Name 6');
  return shop;
}

async function undisturbed(mode: RunOptions['mode']): Promise<ShopRuns> {
  const shop = await brokenShop();
  await shop.run({ mode, ...common });
  return shop;
}

/** Everything that must be the same, however often the run was interrupted. */
async function outcome(shop: ShopRuns) {
  const records = await Promise.all([customers, orders, logs].map((mapping) => shop.records(mapping)));
  return {
    rows: targetRows(shop),
    ledger: shop.ledger(),
    records,
    totals: shop.report?.totals,
    open: shop.server.open.size,
  };
}

function interrupted(side: 'source' | 'target'): WaybillError {
  return new WaybillError(`${side}-interrupted`, 'The connection broke.', { hint: 'Resume.' });
}

/** Throws the n-th time it is called, and never again. */
function onceAt(n: number, error: () => unknown): () => void {
  let calls = 0;
  return () => {
    calls++;
    if (calls === n) throw error();
  };
}

test.each(modes)(
  'a source that fails at any batch interrupts the run, and after a resume every row is loaded once (%s)',
  async (mode) => {
    const expected = await outcome(await undisturbed(mode));
    const batches = 2 + 1 + 2 + 2;
    for (let n = 1; n <= batches; n++) {
      const shop = await brokenShop();
      shop.failSource = onceAt(n, () => interrupted('source'));
      await expect(shop.run({ mode, ...common })).rejects.toMatchObject({ code: 'source-interrupted', exitCode: 4 });
      expect(shop.server.open.size).toBe(0);
      expect((await shop.resume({ mode, ...common })).verdict).toBe('pass');
      expect(await outcome(shop)).toEqual(expected);
    }
  },
);

const moments = ['beforeCommit', 'afterCommit'] as const;
const deaths = modes.flatMap((mode) => moments.map((moment) => ({ mode, moment })));

test.each(deaths)(
  'after a target dies at any commit ($moment), a resume loads every row once ($mode)',
  async ({ mode, moment }) => {
    const first = await undisturbed(mode);
    const expected = await outcome(first);
    for (let n = 1; n <= first.ledger().length; n++) {
      const shop = await brokenShop();
      shop.server.faults[moment] = onceAt(n, () => interrupted('target'));
      await expect(shop.run({ mode, ...common })).rejects.toMatchObject({ code: 'target-interrupted', exitCode: 4 });
      expect(shop.ledger()).toHaveLength(moment === 'afterCommit' ? n : n - 1);
      expect(shop.server.open.size).toBe(0);
      expect((await shop.resume({ mode, ...common })).verdict).toBe('pass');
      expect(await outcome(shop)).toEqual(expected);
    }
  },
);

test.each(modes)('after a target dies at every commit, it still has every row once in the end (%s)', async (mode) => {
  const expected = await outcome(await undisturbed(mode));
  const shop = await brokenShop();
  const seen = new Set<string>();
  const dieOnce = (moment: string) => (entry: LedgerEntry) => {
    const place = `${moment} ${entry.mapping} ${entry.part.number}`;
    if (seen.has(place)) return;
    seen.add(place);
    throw interrupted('target');
  };
  shop.server.faults.beforeCommit = dieOnce('before');
  shop.server.faults.afterCommit = dieOnce('after');
  let result = await shop.run({ mode, ...common }).catch(() => null);
  for (let n = 0; result === null && n < 50; n++) result = await shop.resume({ mode, ...common }).catch(() => null);
  expect(result?.verdict).toBe('pass');
  expect(seen.size).toBe(2 * shop.ledger().length);
  expect(await outcome(shop)).toEqual(expected);
});

test.each(modes)('a target that dies while rows are written has no rows of the part (%s)', async (mode) => {
  const expected = await outcome(await undisturbed(mode));
  for (let n = 1; n <= 8; n++) {
    const shop = await brokenShop();
    shop.server.faults.beforeWrite = onceAt(n, () => interrupted('target'));
    await expect(shop.run({ mode, ...common })).rejects.toMatchObject({ code: 'target-interrupted' });
    const loaded = shop.ledger().reduce((sum, e) => sum + e.loaded, 0);
    expect(Object.values(targetRows(shop)).flat()).toHaveLength(loaded);
    await shop.resume({ mode, ...common });
    expect(await outcome(shop)).toEqual(expected);
  }
});

test.each(modes)('a run that stopped in resolve or constraints resumes there (%s)', async (mode) => {
  const orphans = { customer: [customer(1)], order: plainRows(3).order };
  const shop = await shopRuns(orphans, shopMappings('reject'));
  shop.server.faults.beforeMigrate = (version) => {
    if (version === 2) throw interrupted('target');
  };
  await expect(shop.run({ mode, maxRejects: 2 })).rejects.toMatchObject({ code: 'target-interrupted' });
  shop.server.faults.beforeMigrate = () => undefined;
  expect((await shop.resume({ mode, maxRejects: 2 })).verdict).toBe('pass');
  expect(shop.report?.tables.find((t) => t.source === 'c01.order')).toMatchObject({ read: 3, loaded: 1, rejected: 2 });
  expect(await shop.records(orders)).toHaveLength(2);
  expect(shop.server.versions.get('shop')).toBe(2);
});

test.each(modes)('a foreign error leaves no open transaction and no partly loaded part (%s)', async (mode) => {
  const shop = await brokenShop();
  shop.failSource = onceAt(2, () => new TypeError('a bug'));
  await expect(shop.run({ mode, ...common })).rejects.toBeInstanceOf(TypeError);
  expect(shop.server.open.size).toBe(0);
  expect(shop.server.openTargets).toBe(0);
  expect((await shop.resume({ mode, ...common })).verdict).toBe('pass');
});
