import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { Mapping, Rule } from '../../../core/mapping/mapping.ts';
import { constant, id } from '../../../core/mapping/rules.ts';
import type { Progress } from '../../../engine/progress.ts';
import { customer, idOf, order, shopMappings } from '../../validators/shop.ts';
import { customers, noProgress, orders, pathsUnder, plainRows, refusing, shopRuns } from '../memory/shop-runs.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const canary = 'Erika Mustermann';
const tooFine = '0.000000000000000000001';

test('a reject, an adjustment and a filter are recorded with key, rule and values', async () => {
  const shop = await shopRuns({
    customer: [customer(1, { Balance: tooFine }), customer(2, { Born: '0000-00-00' }), customer(3, { Name: 'TEST' })],
  });
  await shop.run({ maxRejects: 1 });
  const about = { run: 'r1', mapping: customers, part: 1 };
  expect(await shop.records(customers)).toEqual([
    {
      kind: 'reject',
      ...about,
      key: 'ID=1',
      rule: 'scale-exceeded',
      stage: 'map',
      column: 'balance',
      sqlstate: null,
      constraint: null,
      row: customer(1, { Balance: tooFine }),
    },
    { kind: 'adjustment', ...about, key: 'ID=2', rule: 'zero-date', column: 'born', from: '0000-00-00', to: null },
    { kind: 'filter', ...about, key: 'ID=3', rule: 'test-customers' },
  ]);
});

test.each(['direct', 'staged'] as const)(
  'a nulled reference and a rejected orphan are recorded with their values (%s)',
  async (mode) => {
    const nulled = await shopRuns({ customer: [customer(1)], order: [order(11, 1), order(12, 99)] });
    await nulled.run({ mode });
    const about = {
      run: 'r1',
      mapping: orders,
      part: 0,
      key: `id=${idOf('orders', 12)}`,
      rule: 'orphan',
      column: 'customer_id',
    };
    expect(await nulled.records(orders)).toEqual([
      { kind: 'adjustment', ...about, from: idOf('customers', 99), to: null },
    ]);
    const rejected = await shopRuns(
      { customer: [customer(1)], order: [order(11, 1), order(12, 99)] },
      shopMappings('reject'),
    );
    await rejected.run({ mode, maxRejects: 1 });
    expect(await rejected.records(orders)).toEqual([
      {
        kind: 'reject',
        ...about,
        stage: 'resolve',
        sqlstate: null,
        constraint: null,
        row: expect.stringMatching(new RegExp(`^${idOf('orders', 12)}\t.*\t${idOf('customers', 99)}\t12.50$`)),
        parent: { table: 'customers', value: idOf('customers', 99) },
      },
    ]);
  },
);

test('resolved references of a table that two mappings feed are recorded and counted once', async () => {
  const [toCustomers, toOrders, toLogs] = shopMappings() as [Mapping, Mapping, Mapping];
  const { tenant_id } = toOrders.columns as Record<'tenant_id', Rule>;
  const none = constant('none', () => null);
  const unfilled = Object.fromEntries(Object.keys(toOrders.columns).map((name) => [name, none]));
  const columns = { ...unfilled, id: id('ID'), tenant_id };
  const second: Mapping = { ...toOrders, from: 'c01.customer', columns };
  const rows = { customer: [customer(1)], order: [order(11, 99)] };
  const shop = await shopRuns(rows, [toCustomers, toOrders, second, toLogs]);
  await shop.run();
  const of = async (mapping: string) => (await shop.records(mapping)).map(({ kind }) => kind);
  expect(await of(orders)).toEqual(['adjustment']);
  expect(await of('c01.customer > orders')).toEqual([]);
  expect(shop.report?.totals.adjusted).toBe(1);
});

test.each(['direct', 'staged'] as const)('only the user can read what a run writes (%s)', async (mode) => {
  const shop = await shopRuns({ ...plainRows(4), order: [order(11, 99)], log: [['x']] });
  shop.server.faults.refuse = refusing('customers', 'Name 2');
  await shop.run({ mode, maxRejects: 1, partRows: 2 });
  const folder = join(shop.runsPath, 'r1');
  const paths = await pathsUnder(folder);
  expect(paths).toEqual(expect.arrayContaining(['manifest.json', 'records']));
  const modes = await Promise.all(
    ['.', ...paths].map(async (path) => {
      const found = await stat(join(folder, path));
      return [path, found.isDirectory() ? 'folder' : 'file', (found.mode & 0o777).toString(8)];
    }),
  );
  expect(modes.filter(([, kind, bits]) => bits !== (kind === 'folder' ? '700' : '600'))).toEqual([]);
  expect(paths.filter((path) => path.endsWith('.partial'))).toEqual([]);
});

test.each(['direct', 'staged'] as const)(
  'the record files have as many records as the ledger counts (%s)',
  async (mode) => {
    const rows = plainRows(9).customer.map((row, i) => (i % 3 === 0 ? customer(i + 1, { Born: '0000-00-00' }) : row));
    rows[4] = customer(5, { Name: 'TEST' });
    rows[7] = customer(8, { Balance: tooFine });
    const shop = await shopRuns({ customer: rows });
    shop.server.faults.refuse = refusing('customers', 'Name 6', 'Name 9');
    await shop.run({ mode, partRows: 4, maxRejects: 3 });
    const folder = join(shop.runsPath, 'r1', 'records', 'customers.from.c01.customer');
    const kinds: string[] = [];
    for (const file of await pathsUnder(folder)) {
      const lines = (await readFile(join(folder, file), 'utf8')).trimEnd().split('\n');
      kinds.push(...lines.map((line) => (JSON.parse(line) as { kind: string }).kind));
    }
    const counted = { reject: 0, filter: 0, adjustment: 0 };
    for (const entry of shop.ledger().filter((e) => e.mapping === customers)) {
      counted.reject += entry.rejected;
      counted.filter += entry.filtered;
      counted.adjustment += entry.adjusted;
    }
    expect(counted).toEqual({ reject: 3, filter: 1, adjustment: 3 });
    const recorded = (kind: string) => kinds.filter((each) => each === kind).length;
    expect({ reject: recorded('reject'), filter: recorded('filter'), adjustment: recorded('adjustment') }).toEqual(
      counted,
    );
  },
);

test.each(['direct', 'staged'] as const)(
  'the engine prints nothing, and no message or report shows a value (%s)',
  async (mode) => {
    const prints = [
      ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name)),
      vi.spyOn(process.stdout, 'write'),
      vi.spyOn(process.stderr, 'write'),
    ];
    const shop = await shopRuns({
      customer: [customer(1, { Name: canary, Balance: tooFine }), customer(2, { Name: canary }), customer(3)],
      order: [order(11, 99)],
    });
    shop.server.faults.refuse = refusing('customers', canary);
    const reported: unknown[] = [];
    const report = (...all: unknown[]): void => void reported.push(all);
    const progress = Object.fromEntries(Object.keys(noProgress).map((name) => [name, report])) as unknown as Progress;
    const stopped = await shop.run({ mode, progress }).catch((error: unknown) => error);
    reported.push(String(stopped), (stopped as { hint: string }).hint);
    await shop.resume({ mode, progress, maxRejects: 2 });
    expect(prints.flatMap((print) => print.mock.calls)).toEqual([]);
    for (const shown of [reported, shop.report, await readFile(join(shop.runsPath, 'r1', 'manifest.json'), 'utf8')]) {
      expect(JSON.stringify(shown)).not.toContain(canary);
    }
    expect(JSON.stringify(await shop.records(customers))).toContain(canary);
  },
);
