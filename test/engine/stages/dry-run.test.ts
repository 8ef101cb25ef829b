import { expect, test } from 'vitest';
import { WaybillError } from '../../../core/model/errors.ts';
import { customers, noProgress, plainRows, refusing, shopRuns } from '../memory/shop-runs.ts';

const modes = ['direct', 'staged'] as const;

test.each(modes)('a dry run proves the migration and leaves the target unchanged (%s)', async (mode) => {
  const shop = await shopRuns(plainRows(3));
  await shop.run({ run: 'before' });
  const before = shop.server.state();
  const { verdict } = await shop.run({ mode, isDryRun: true });
  expect(verdict).toBe('pass');
  expect(shop.server.state()).toEqual(before);
  expect(shop.report?.totals.loaded).toBe(9);
  expect(shop.server.openTargets).toBe(0);
});

test.each(modes)('a dry run that stops in the middle leaves the target unchanged (%s)', async (mode) => {
  const shop = await shopRuns(plainRows(9));
  const before = shop.server.state();
  shop.server.faults.refuse = refusing('customers', 'Name 6');
  await expect(shop.run({ mode, isDryRun: true, partRows: 4 })).rejects.toMatchObject({ code: 'too-many-rejects' });
  expect(shop.server.state()).toEqual(before);
  expect(shop.server.openTargets).toBe(0);
});

test('a stopped dry run starts over when it is resumed, and leaves nothing again', async () => {
  const shop = await shopRuns(plainRows(9));
  const before = shop.server.state();
  shop.server.faults.refuse = refusing('customers', 'Name 6');
  await expect(shop.run({ isDryRun: true, partRows: 4 })).rejects.toMatchObject({ code: 'too-many-rejects' });
  expect((await shop.resume({ isDryRun: true, maxRejects: 1 })).verdict).toBe('pass');
  expect(shop.report?.totals).toMatchObject({ read: 27, loaded: 26, rejected: 1 });
  expect(await shop.records(customers)).toHaveLength(1);
  expect(shop.server.state()).toEqual(before);
});

test('a dry run cannot be resumed as a real run', async () => {
  const shop = await shopRuns(plainRows(1));
  await shop.run({ isDryRun: true });
  await expect(shop.resume()).rejects.toMatchObject({ code: 'configuration' });
});

test('the shadow of a dry run has a valid name, whatever the names of the run and the schema', async () => {
  const names: string[] = [];
  const shop = await shopRuns(plainRows(1));
  const openTarget = async (schema: string) => {
    names.push(schema);
    return shop.server.target(schema);
  };
  const run = 'Rehearsal.No-7_of_the_Customers_before_Christmas_2026';
  await shop.run({ run, isDryRun: true, openTarget, targetSchema: 'x'.repeat(63) });
  expect(names).toEqual([expect.stringMatching(/^[a-z_][a-z0-9_]{0,62}$/)]);
});

test('when the shadow cannot be dropped, the error that stopped the run is thrown, and a note names the shadow', async () => {
  const shop = await shopRuns(plainRows(1));
  const notes: string[] = [];
  const gone = new WaybillError('target-interrupted', 'The connection broke.', { hint: 'Resume.' });
  const openTarget = async (schema: string) => ({ ...shop.server.target(schema), drop: () => Promise.reject(gone) });
  const progress = { ...noProgress, note: (text: string) => void notes.push(text) };
  shop.failSource = () => {
    throw new WaybillError('source-interrupted', 'The source broke.', { hint: 'Resume.' });
  };
  const stopped = shop.run({ isDryRun: true, openTarget, progress });
  await expect(stopped).rejects.toMatchObject({ code: 'source-interrupted' });
  expect(notes).toEqual(['run r1', 'shop_dry_r1 was not dropped']);
  expect(shop.server.openTargets).toBe(0);
});
