import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { customer, shopMappings } from '../../validators/shop.ts';
import { customers, plainRows, refusing, type ShopRuns, shopRuns, targetRows } from '../memory/shop-runs.ts';

/** A run of nine customers in parts of four, stopped in the second part. */
async function stoppedShop(mode: 'direct' | 'staged' = 'direct'): Promise<ShopRuns> {
  const shop = await shopRuns(plainRows(9));
  shop.server.faults.refuse = refusing('customers', 'Name 6');
  await expect(shop.run({ mode, partRows: 4 })).rejects.toMatchObject({ code: 'too-many-rejects' });
  expect(shop.ledger().map((e) => e.part.number)).toEqual([1]);
  return shop;
}

test.each(['direct', 'staged'] as const)(
  'a resume with another part size keeps the parts, so that no row is lost or duplicated (%s)',
  async (mode) => {
    for (const partRows of [1, 3, 5, 1000]) {
      const shop = await stoppedShop(mode);
      expect((await shop.resume({ mode, partRows, maxRejects: 1 })).verdict).toBe('pass');
      expect(shop.server.lines('customers')).toHaveLength(8);
      expect(shop.ledger().filter((e) => e.mapping === customers)).toHaveLength(3);
    }
  },
);

test('a resume keeps the mode of the run', async () => {
  const direct = await stoppedShop('direct');
  expect((await direct.resume({ mode: 'staged', partRows: 4, maxRejects: 1 })).verdict).toBe('pass');
  const staged = await stoppedShop('staged');
  expect((await staged.resume({ mode: 'direct', partRows: 4, maxRejects: 1 })).verdict).toBe('pass');
  expect(targetRows(staged)).toEqual(targetRows(direct));
  expect(await direct.records(customers)).toHaveLength(1);
  expect(await staged.records(customers)).toHaveLength(1);
});

test('rows added after the last part while a run is stopped are loaded with that part', async () => {
  const shop = await stoppedShop();
  shop.source.get('c01.customer')?.rows.push([...customer(10)]);
  expect((await shop.resume({ partRows: 4, maxRejects: 1 })).verdict).toBe('pass');
  expect(shop.server.lines('customers')).toHaveLength(9);
});

test('a finished run can be resumed, and nothing is loaded again', async () => {
  const shop = await shopRuns(plainRows(3));
  await shop.run();
  const before = shop.server.state();
  expect((await shop.resume()).verdict).toBe('pass');
  expect(shop.server.state()).toEqual(before);
});

test('a resume keeps the tables that the run was begun with', async () => {
  const shop = await shopRuns(plainRows(9));
  shop.server.faults.refuse = refusing('customers', 'Name 6');
  await expect(shop.run({ tables: ['customer'] })).rejects.toMatchObject({ code: 'too-many-rejects' });
  expect((await shop.resume({ maxRejects: 1 })).verdict).toBe('incomplete');
  expect(shop.ledger().map((e) => e.mapping)).toEqual([customers]);
});

test('a resume with another parameter is refused', async () => {
  const shop = await stoppedShop();
  const before = shop.server.state();
  await expect(shop.resume({ params: { tenant: 'c02' }, maxRejects: 1 })).rejects.toMatchObject({
    code: 'plan-refused',
    message: expect.stringContaining('r1'),
  });
  expect(shop.server.state()).toEqual(before);
});

test('a resume with another rule, contract or version is refused', async () => {
  const shop = await stoppedShop();
  const { pipeline } = shop.options();
  const [first, ...others] = shopMappings();
  if (first === undefined) throw new Error('no mapping');
  const changed = { ...first, columns: { ...first.columns, b: first.columns.a } };
  const drops = { ...first, columns: changed.columns, drops: { B: 'no longer wanted' } };
  const log = { ...pipeline.source.contract.c01?.log, key: [], columns: { Line: 'text', More: 'text' } };
  const contract = { c01: { ...pipeline.source.contract.c01, log } };
  const moreLog = others.map((m) => (m.to === 'logs' ? { ...m, drops: { More: 'new' } } : m));
  const others2 = [
    { pipeline: { ...pipeline, mappings: [drops as never, ...others] } },
    { pipeline: { ...pipeline, source: { ...pipeline.source, contract }, mappings: [first, ...moreLog] } },
    { pipeline: { ...pipeline, name: 'other' } },
    { version: '0.0.1' },
  ];
  for (const over of others2) await expect(shop.resume(over)).rejects.toMatchObject({ code: 'plan-refused' });
  expect((await shop.resume({ maxRejects: 1 })).verdict).toBe('pass');
});

test('a resume into another schema is refused, because the ledger would skip parts that are not there', async () => {
  const shop = await stoppedShop();
  await expect(shop.resume({ targetSchema: 'elsewhere', maxRejects: 1 })).rejects.toMatchObject({
    code: 'configuration',
    message: 'Run r1 loads into the schema shop, not into elsewhere.',
  });
  expect(shop.server.schemas.has('elsewhere')).toBe(false);
});

test('a run that does not exist cannot be resumed', async () => {
  const shop = await shopRuns(plainRows(1));
  await expect(shop.resume({ run: 'r7' })).rejects.toMatchObject({
    code: 'run-unknown',
    exitCode: 2,
    message: 'There is no run r7.',
  });
});

test.each([
  ['cut', (text: string) => text.slice(0, text.length / 2)],
  ['empty', () => ''],
  ['of another shape', () => '{"waybill":"0.0.0"}'],
  ['with an additional member', (text: string) => text.replace('{', '{"more":1,')],
  ['with a part number of zero', (text: string) => text.replace('"number": 1', '"number": 0')],
])('a manifest that is %s is reported as damaged', async (_how, damage) => {
  const shop = await stoppedShop();
  const path = join(shop.runsPath, 'r1', 'manifest.json');
  await writeFile(path, damage(await readFile(path, 'utf8')));
  await expect(shop.resume({ maxRejects: 1 })).rejects.toMatchObject({
    code: 'part-damaged',
    message: 'The manifest of run r1 cannot be read.',
  });
});

test('a run id that exists is refused, and its run is unchanged', async () => {
  const shop = await stoppedShop();
  const path = join(shop.runsPath, 'r1', 'manifest.json');
  const before = await readFile(path, 'utf8');
  await expect(shop.run()).rejects.toMatchObject({ code: 'run-exists' });
  expect(await readFile(path, 'utf8')).toBe(before);
});

test('a run id in the ledger is refused even if its folder is gone', async () => {
  const shop = await stoppedShop();
  await expect(shop.run({ runsPath: join(shop.runsPath, 'other') })).rejects.toMatchObject({ code: 'run-exists' });
});

test('a target that already has rows is refused, and is unchanged', async () => {
  const shop = await shopRuns(plainRows(3));
  await shop.run({ run: 'before' });
  const before = shop.server.state();
  await expect(shop.run()).rejects.toMatchObject({
    code: 'target-not-empty',
    exitCode: 2,
    message: 'The schema shop of memory:target already holds rows in customers, loaded by run before.',
    hint: 'Drop it with: waybill drop before; or load into another schema with --target-schema.',
  });
  expect(shop.server.state()).toEqual(before);
});

test('a run that stopped before its first row is refused if another run has filled the target since', async () => {
  const shop = await shopRuns(plainRows(3));
  shop.failSource = () => {
    throw new Error('down');
  };
  await expect(shop.run()).rejects.toThrow('down');
  shop.failSource = () => undefined;
  await shop.run({ run: 'r2' });
  await expect(shop.resume()).rejects.toMatchObject({ code: 'target-not-empty' });
  expect(shop.server.lines('logs')).toHaveLength(3);
});
