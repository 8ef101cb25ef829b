import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Manifest, readManifest } from '../../../engine/journal/manifest.ts';
import { runPipeline } from '../../../engine/stages/run.ts';
import { logs, orders, plainRows, type ShopRuns, shopRuns } from '../memory/shop-runs.ts';

const modes = ['direct', 'staged'] as const;

function manifestOf(shop: ShopRuns, run = 'r1'): Promise<Manifest> {
  return readManifest(join(shop.runsPath, run), run);
}

/** A clock that advances by a second at each reading. Each event reads it too. */
function clock(): () => Date {
  let seconds = 0;
  return () => new Date(Date.UTC(2026, 10, 21, 3, 0, seconds++));
}

test('a manifest records the run, its source and target, and its times', async () => {
  const shop = await shopRuns(plainRows(3));
  await shop.run({ now: clock(), partRows: 2 });
  const { stages, parts, fingerprint, components: _, validation: _validation, ...rest } = await manifestOf(shop);
  expect(rest).toEqual({
    waybill: '0.0.0',
    run: 'r1',
    pipeline: 'shop',
    module: null,
    params: { tenant: 'c01' },
    mode: 'direct',
    tables: [],
    rejectLimits: [{ table: null, max: 0, isPercent: false }],
    startedAt: '2026-11-21T03:00:00.000Z',
    finishedAt: '2026-11-21T03:00:31.000Z',
    source: { label: 'memory:source', isConsistent: true, note: '', server: null },
    sequences: null,
    target: { label: 'memory:target', schema: 'shop', server: null },
  });
  expect(fingerprint).toMatch(/^[\da-f]{64}$/);
  expect(stages[0]).toEqual({
    stage: 'load',
    startedAt: '2026-11-21T03:00:04.000Z',
    finishedAt: '2026-11-21T03:00:13.000Z',
    seconds: 9,
    rows: 9,
  });
  expect(parts['c01.customer']).toEqual([
    { number: 1, after: null, upTo: ['1'] },
    { number: 2, after: ['1'], upTo: null },
  ]);
});

test.each(modes)('a %s run records its stages in order, with their rows', async (mode) => {
  const shop = await shopRuns(plainRows(3));
  await shop.run({ mode });
  const { stages } = await manifestOf(shop);
  expect(stages.map(({ stage }) => stage)).toEqual(['load', 'resolve', 'constraints', 'analyze', 'validate']);
  expect(stages[0]?.rows).toBe(9);
  const times = stages.flatMap(({ startedAt, finishedAt }) => [startedAt, finishedAt]);
  expect(times.toSorted()).toEqual(times);
});

test('a run in progress has no end, has its parts, and has recorded only finished stages', async () => {
  const shop = await shopRuns(plainRows(4));
  shop.server.faults.afterCommit = ({ mapping }) => {
    if (mapping.startsWith('c01.order')) throw new Error('stop');
  };
  await expect(shop.run({ mode: 'staged', partRows: 3 })).rejects.toThrow('stop');
  const seen = await manifestOf(shop);
  expect(seen.finishedAt).toBe(null);
  expect(seen.stages).toEqual([]);
  expect(Object.entries(seen.parts).map(([table, parts]) => [table, parts.length])).toEqual([
    ['c01.customer', 2],
    ['c01.order', 2],
  ]);
});

test('a resumed run keeps its start, its fingerprint and its finished stages', async () => {
  const shop = await shopRuns(plainRows(2));
  shop.server.faults.beforeMigrate = (version) => {
    if (version === 2) throw new Error('stop');
  };
  await expect(shop.run({ mode: 'staged' })).rejects.toThrow('stop');
  const before = await manifestOf(shop);
  shop.server.faults.beforeMigrate = () => undefined;
  await shop.resume({ mode: 'staged' });
  const after = await manifestOf(shop);
  expect(after).toMatchObject({ startedAt: before.startedAt, fingerprint: before.fingerprint, parts: before.parts });
  expect(after.stages.slice(0, before.stages.length)).toEqual(before.stages);
  expect(after.stages.filter(({ stage }) => stage === 'load').map(({ rows }) => rows)).toEqual([6, 0]);
});

test.each(modes)(
  'a resumed %s run does not claim one snapshot for parts that two sessions read, whenever it is killed again',
  async (mode) => {
    const source = {
      label: 'memory:source',
      isConsistent: false,
      note: 'the run was resumed, and its parts were read at different moments',
      server: null,
    };
    const shop = await shopRuns(plainRows(4));
    const options = { mode, partRows: 2, tables: ['customer', 'order'] };
    const stopAt = (place: string): void => {
      shop.server.faults.afterCommit = ({ mapping, part }) => {
        if (`${mapping} ${part.number}` === place) throw new Error('stop');
      };
    };
    // By then every table is cut into parts, and no stage has ended.
    stopAt(`${orders} 1`);
    await expect(shop.run(options)).rejects.toThrow('stop');
    expect((await manifestOf(shop)).source?.isConsistent).toBe(true);
    stopAt(`${orders} 2`);
    await expect(shop.resume(options)).rejects.toThrow('stop');
    expect((await manifestOf(shop)).source).toEqual(source);
    stopAt('');
    await shop.resume(options);
    expect((await manifestOf(shop)).source).toEqual(source);
    expect(shop.report?.source).toMatchObject({
      label: source.label,
      snapshot: { isConsistent: false, note: source.note },
    });
  },
);

test('a staged run that is resumed after everything was read still has one snapshot', async () => {
  const shop = await shopRuns(plainRows(4));
  shop.server.faults.afterCommit = ({ mapping }) => {
    if (mapping === logs) throw new Error('stop');
  };
  await expect(shop.run({ mode: 'staged' })).rejects.toThrow('stop');
  shop.server.faults.afterCommit = () => undefined;
  await shop.resume({ mode: 'staged' });
  expect((await manifestOf(shop)).source?.isConsistent).toBe(true);
});

test('a run without an id gets one that sorts by time', async () => {
  const shop = await shopRuns(plainRows(1));
  const { run: _, ...options } = shop.options({ now: clock() });
  const { run } = await runPipeline(options);
  expect(run).toMatch(/^20261121-030000-[\da-f]{4}$/);
});

test.each(['../r1', '.hidden', 'a/b', '', 'a b', 'ü'])('"%s" is not a run id', async (run) => {
  const shop = await shopRuns(plainRows(1));
  await expect(shop.run({ run })).rejects.toMatchObject({ code: 'configuration', exitCode: 2 });
});
