import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WaybillError } from '../../../core/model/errors.ts';
import { exportRun, transformRun } from '../../../engine/stages/stage-runs.ts';
import { plainRows, refusing, type ShopRuns, shopRuns, targetRows } from '../memory/shop-runs.ts';

const modes = ['direct', 'staged'] as const;
const common = { partRows: 3, maxRejects: 1 };

async function shop(): Promise<ShopRuns> {
  const made = await shopRuns(plainRows(5));
  made.server.faults.refuse = refusing('customers', 'Name 4');
  return made;
}

/** True from the n-th call on. */
function stopsAt(n: number): () => boolean {
  let asked = 0;
  return () => ++asked >= n;
}

test.each(modes)(
  'a run that is asked to stop does so at any point, and a resume has the same result (%s)',
  async (mode) => {
    const undisturbed = await shop();
    await undisturbed.run({ mode, ...common });
    let stops = 0;
    for (let n = 1; ; n++) {
      const made = await shop();
      const stopped = await made.run({ mode, ...common, shouldStop: stopsAt(n) }).catch((error: unknown) => error);
      if (!(stopped instanceof WaybillError)) break;
      stops++;
      expect(stopped.exitCode).toBe(4);
      expect(made.server.open.size + made.server.openTargets).toBe(0);
      expect((await made.resume({ mode, ...common })).verdict).toBe('pass');
      expect(targetRows(made)).toEqual(targetRows(undisturbed));
      expect(made.ledger()).toEqual(undisturbed.ledger());
    }
    expect(stops).toBeGreaterThan(8);
  },
);

test('a new run that is refused before any work leaves no folder, so that its id is free', async () => {
  const made = await shop();
  await made.run({ run: 'before', ...common });
  await expect(made.run(common)).rejects.toMatchObject({ code: 'target-not-empty' });
  expect(existsSync(join(made.runsPath, 'r1'))).toBe(false);
  expect((await made.run({ targetSchema: 'second', ...common })).verdict).toBe('pass');
});

test('a run whose resume is refused keeps its folder', async () => {
  const made = await shop();
  await expect(made.run({ partRows: 3 })).rejects.toMatchObject({ code: 'too-many-rejects' });
  await expect(made.resume({ targetSchema: 'second', ...common })).rejects.toMatchObject({ code: 'configuration' });
  expect((await made.resume(common)).verdict).toBe('pass');
});

test('the id of a run is reported once its folder exists', async () => {
  const made = await shop();
  const ids: string[] = [];
  await made.run({ ...common, onRun: (run) => void ids.push(`${run} ${existsSync(join(made.runsPath, run))}`) });
  expect(ids).toEqual(['r1 true']);
});

test('a stopped export is repeated, a finished one is kept', async () => {
  const made = await shop();
  await expect(exportRun(made.options({ ...common, shouldStop: stopsAt(4) }))).rejects.toMatchObject({ exitCode: 4 });
  made.source.get('c01.customer')?.rows.pop();
  await exportRun(made.options({ ...common, resume: true }));
  made.source.get('c01.customer')?.rows.pop();
  await exportRun(made.options({ ...common, resume: true }));
  await transformRun(made.options(common));
  await expect(made.resume({ mode: 'staged', ...common })).resolves.toMatchObject({ verdict: 'fail' });
  expect(made.report?.totals).toMatchObject({ read: 4 + 5 + 5 });
});
