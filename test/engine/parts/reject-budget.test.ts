import { expect, test } from 'vitest';
import { customer, order, shopMappings } from '../../validators/shop.ts';
import {
  customers,
  logs,
  orders,
  plainRows,
  refusing,
  type ShopRows,
  shopRuns,
  targetRows,
} from '../memory/shop-runs.ts';

const modes = ['direct', 'staged'] as const;
const tooFine = { Balance: '0.000000000000000000001' };

/** Nine customers in parts of three: one is rejected by a rule in the first part, two are refused in the second. */
const rows: ShopRows = {
  ...plainRows(9),
  customer: plainRows(9).customer.map((row, i) => (i === 1 ? customer(2, tooFine) : row)),
};
const refuse = refusing('customers', 'Name 4', 'Name 6');

test.each(modes)('as many rejects as are allowed pass (%s)', async (mode) => {
  const shop = await shopRuns(rows);
  shop.server.faults.refuse = refuse;
  expect((await shop.run({ mode, partRows: 3, maxRejects: 3 })).verdict).toBe('pass');
});

test.each(modes)('one reject more than allowed stops the run, and nothing of its part is loaded (%s)', async (mode) => {
  const shop = await shopRuns(rows);
  shop.server.faults.refuse = refuse;
  await expect(shop.run({ mode, partRows: 3, maxRejects: 2 })).rejects.toMatchObject({
    code: 'too-many-rejects',
    exitCode: 4,
    message: `3 rows were rejected so far, the last of them in ${customers}; --max-rejects allows 2.`,
  });
  expect(shop.ledger().map((e) => [e.mapping, e.part.number, e.loaded])).toEqual([[customers, 1, 2]]);
  expect(shop.server.lines('customers')).toHaveLength(2);
  expect(shop.server.open.size).toBe(0);
});

test.each(modes)('after a resume with a higher budget the target is that of an undisturbed run (%s)', async (mode) => {
  const shop = await shopRuns(rows);
  shop.server.faults.refuse = refuse;
  await expect(shop.run({ mode, partRows: 3, maxRejects: 2 })).rejects.toMatchObject({ code: 'too-many-rejects' });
  expect((await shop.resume({ mode, partRows: 3, maxRejects: 3 })).verdict).toBe('pass');
  const undisturbed = await shopRuns(rows);
  undisturbed.server.faults.refuse = refuse;
  await undisturbed.run({ mode, partRows: 3, maxRejects: 3 });
  expect(targetRows(shop)).toEqual(targetRows(undisturbed));
  expect(shop.ledger()).toEqual(undisturbed.ledger());
  expect(await shop.records(customers)).toEqual(await undisturbed.records(customers));
});

test.each(modes)('rejects of the session before count towards the budget (%s)', async (mode) => {
  const shop = await shopRuns(rows);
  shop.server.faults.refuse = refuse;
  await expect(shop.run({ mode, partRows: 3, maxRejects: 2 })).rejects.toMatchObject({ code: 'too-many-rejects' });
  await expect(shop.resume({ mode, partRows: 3, maxRejects: 2 })).rejects.toMatchObject({ code: 'too-many-rejects' });
  expect(shop.ledger()).toHaveLength(1);
  expect((await shop.resume({ mode, partRows: 3, maxRejects: 3 })).verdict).toBe('pass');
});

test.each(modes)('a rule that rejects more than allowed stops the run as well (%s)', async (mode) => {
  const shop = await shopRuns({ customer: [customer(1, tooFine), customer(2), customer(3, tooFine)] });
  await expect(shop.run({ mode, partRows: 1, maxRejects: 1 })).rejects.toMatchObject({ code: 'too-many-rejects' });
  expect((await shop.resume({ mode, partRows: 1, maxRejects: 2 })).verdict).toBe('pass');
  expect(shop.server.lines('customers')).toHaveLength(1);
});

test.each(modes)('the rejects that stopped a run are kept for inspection (%s)', async (mode) => {
  const shop = await shopRuns({ customer: [customer(1), customer(2, tooFine)] });
  await expect(shop.run({ mode })).rejects.toMatchObject({ code: 'too-many-rejects' });
  expect(await shop.records(customers)).toMatchObject([{ kind: 'reject', key: 'ID=2', rule: 'scale-exceeded' }]);
});

test.each(modes)('rows that resolving removes count towards the budget (%s)', async (mode) => {
  const shop = await shopRuns(
    { customer: [customer(1)], order: [order(11, 1), order(12, 98), order(13, 99)] },
    shopMappings('reject'),
  );
  await expect(shop.run({ mode, maxRejects: 1 })).rejects.toMatchObject({ code: 'too-many-rejects' });
  expect((await shop.resume({ mode, maxRejects: 2 })).verdict).toBe('pass');
  expect(shop.ledger().map((e) => e.mapping)).toEqual([customers, logs, orders]);
  expect(shop.server.lines('orders')).toHaveLength(1);
  expect(shop.report?.tables.find((t) => t.source === 'c01.order')).toMatchObject({ read: 3, loaded: 1, rejected: 2 });
  expect(await shop.records(orders)).toHaveLength(2);
});
