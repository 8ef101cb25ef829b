import { expect, test } from 'vitest';
import type { Expected, Progress } from '../../engine/progress.ts';
import { exportRun, importRun, transformRun } from '../../engine/stages/stage-runs.ts';
import { customer, order } from '../validators/shop.ts';
import { customers, logs, orders, plainRows, refusing, type ShopRuns, shopRuns } from './memory/shop-runs.ts';

/** The progress reported for one stage. */
interface StageProgress {
  readonly expected: readonly Expected[];
  /** `begin c01.log`, `end c01.log`, in the reported order. */
  readonly edges: string[];
  readonly rows: Record<string, number>;
  readonly bytes: Record<string, number>;
  readonly records: Record<string, readonly [rejected: number, adjusted: number]>;
  readonly checks: Record<string, number>;
}

function listener(): { readonly progress: Progress; readonly stages: Record<string, StageProgress> } {
  const stages: Record<string, StageProgress> = {};
  let current: StageProgress;
  const add = (to: Record<string, number>, name: string, n: number): void => {
    to[name] = (to[name] ?? 0) + n;
  };
  const progress: Progress = {
    stage(name, expected) {
      current = { expected, edges: [], rows: {}, bytes: {}, records: {}, checks: {} };
      stages[name] = current;
    },
    begin: (table) => void current.edges.push(`begin ${table}`),
    rows(table, count, bytes) {
      add(current.rows, table, count);
      add(current.bytes, table, bytes);
    },
    records(table, { rejected, adjusted }) {
      const [r, a] = current.records[table] ?? [0, 0];
      current.records[table] = [r + rejected, a + adjusted];
    },
    end: (table) => void current.edges.push(`end ${table}`),
    check: (_, verdict) => add(current.checks, verdict, 1),
    note: () => undefined,
  };
  return { progress, stages };
}

/**
 * Ten customers: 2 is filtered, 3 is rejected by a rule, 4 is refused by the target, and 5 is adjusted. One order has
 * no customer.
 */
async function troubledShop(): Promise<ShopRuns> {
  const shop = await shopRuns({
    customer: plainRows(10).customer.map((row, i) => {
      if (i === 1) return customer(2, { Name: 'TEST' });
      if (i === 2) return customer(3, { Balance: '0.000000000000000000001' });
      return i === 4 ? customer(5, { Born: '0000-00-00' }) : row;
    }),
    order: [order(11, 1), order(12, 99)],
  });
  shop.server.faults.refuse = refusing('customers', 'Name 4');
  return shop;
}

const jobs = [1, 3] as const;

test.each([
  ...jobs.map((jobs) => ({ mode: 'direct' as const, jobs })),
  ...jobs.map((jobs) => ({ mode: 'staged' as const, jobs })),
])('a $mode run reports every source row once, whatever its outcome ($jobs jobs)', async ({ mode, jobs }) => {
  const shop = await troubledShop();
  const { progress, stages } = listener();
  await shop.run({ mode, progress, jobs, partRows: 4, maxRejects: 2 });
  expect(Object.keys(stages)).toEqual(['load', 'resolve', 'constraints', 'analyze', 'validate']);
  expect(stages.load?.rows).toEqual({ [customers]: 10, [orders]: 2 });
  expect(stages.load?.records[customers]).toEqual([2, 1]);
  expect(stages.resolve?.records).toEqual({ [orders]: [0, 1] });
  expect(stages.validate?.checks.pass).toBe(shop.report?.checks.length);
});

test.each(jobs)(
  'single stages report their rows, and the load expects exactly the rows that it reads (%d jobs)',
  async (jobs) => {
    const shop = await troubledShop();
    const { progress, stages } = listener();
    const options = shop.options({ progress, jobs, partRows: 4, maxRejects: 2 });
    await exportRun(options);
    await transformRun(options);
    await importRun(options, 'shop');
    expect(stages.export?.rows).toEqual({ 'c01.customer': 10, 'c01.order': 2 });
    // Exported rows are counted, not estimated.
    expect(stages.transform?.expected).toEqual([
      { table: customers, rows: 10 },
      { table: orders, rows: 2 },
      { table: logs, rows: 0 },
    ]);
    expect(stages.transform?.rows).toEqual({ [customers]: 10, [orders]: 2 });
    expect(stages.transform?.records[customers]).toEqual([1, 1]);
    expect(stages.load?.expected).toEqual([
      { table: customers, rows: 8 },
      { table: orders, rows: 2 },
      { table: logs, rows: 0 },
    ]);
    expect(stages.load?.rows).toEqual({ [customers]: 8, [orders]: 2 });
    expect(stages.load?.records[customers]).toEqual([1, 0]);
  },
);

test.each(jobs)('every table begins and ends once, and ends after all of its rows (%d jobs)', async (jobs) => {
  const shop = await shopRuns(plainRows(10));
  const { progress, stages } = listener();
  const rowsAtEnd: Record<string, number | undefined> = {};
  const end = (table: string): void => {
    rowsAtEnd[table] = stages.load?.rows[table];
    progress.end(table);
  };
  await shop.run({ progress: { ...progress, end }, jobs, partRows: 2 });
  const all = [customers, orders, logs];
  expect([...(stages.load?.edges ?? [])].sort()).toEqual(all.flatMap((t) => [`begin ${t}`, `end ${t}`]).sort());
  expect(all.map((table) => rowsAtEnd[table])).toEqual([10, 10, 10]);
});

test('a table does not end when the run stops in it', async () => {
  const shop = await shopRuns(plainRows(10));
  let batches = 0;
  shop.failSource = () => {
    if (++batches > 6) throw new Error('gone');
  };
  const { progress, stages } = listener();
  await shop.run({ progress, partRows: 4 }).catch(() => undefined);
  expect(stages.load?.edges).toEqual([`begin ${customers}`, `end ${customers}`, `begin ${orders}`]);
});

test('a resumed load expects and reports only the rows that the ledger does not have', async () => {
  const shop = await shopRuns(plainRows(10));
  const counted = (name: string): number | null => (name === 'c01.customer' ? 10 : null);
  for (const [name, table] of shop.source) {
    shop.source.set(name, { ...table, schema: { ...table.schema, estimatedRows: counted(name) } });
  }
  let parts = 0;
  await shop.run({ partRows: 4, shouldStop: () => ++parts > 3 }).catch(() => undefined);
  const loaded = shop.ledger().reduce((sum, entry) => sum + entry.read, 0);
  expect(loaded).toBeGreaterThan(0);
  expect(loaded).toBeLessThan(10);
  const { progress, stages } = listener();
  await shop.resume({ partRows: 4, progress });
  expect(stages.load?.expected).toEqual([
    { table: customers, rows: 10 - loaded },
    { table: orders, rows: null },
    { table: logs, rows: null },
  ]);
  expect(stages.load?.rows).toEqual({ [customers]: 10 - loaded, [orders]: 10, [logs]: 10 });
});

test.each([[[10]], [[1]], [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]])(
  'a part that is loaded twice because of refused rows is reported once, bytes included (%j)',
  async (refused) => {
    const plain = listener();
    // One batch per part, so the reported bytes are those of the batch.
    await (await shopRuns({ customer: plainRows(10).customer })).run({ progress: plain.progress, partRows: 3 });
    const shop = await shopRuns({ customer: plainRows(10).customer });
    shop.server.faults.refuse = refusing('customers', ...refused.map((key) => `Name ${key}`));
    const { progress, stages } = listener();
    const counts: number[] = [];
    const rows = (table: string, count: number, bytes: number): void => {
      counts.push(count);
      progress.rows(table, count, bytes);
    };
    await shop.run({ progress: { ...progress, rows }, maxRejects: 10 });
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(stages.load?.rows).toEqual({ [customers]: 10 });
    expect(stages.load?.bytes).toEqual(plain.stages.load?.bytes);
    expect(stages.load?.records[customers]).toEqual([refused.length, 0]);
  },
);

test('an export reports the bytes of its rows', async () => {
  const shop = await shopRuns({ log: [['a'], ['bc']] });
  const { progress, stages } = listener();
  await exportRun(shop.options({ progress }));
  expect(stages.export?.bytes).toEqual({ 'c01.log': '["a"]\n["bc"]\n'.length });
});
