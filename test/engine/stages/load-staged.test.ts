import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDirectoryWriter } from '../../../connectors/files/exported/directory-writer.ts';
import type { Mapping } from '../../../core/mapping/mapping.ts';
import { WaybillError } from '../../../core/model/errors.ts';
import { readEvents } from '../../../engine/journal/events.ts';
import { runFolder } from '../../../engine/journal/run-folder.ts';
import type { RunOptions } from '../../../engine/stages/run.ts';
import { exportRun, importRun, transformRun } from '../../../engine/stages/stage-runs.ts';
import { verifyRun } from '../../../engine/verify/verify-run.ts';
import { parseReport } from '../../../reports/model.ts';
import { customer, shopMappings } from '../../validators/shop.ts';
import {
  customers,
  logs,
  noProgress,
  pathsUnder,
  plainRows,
  refusing,
  type ShopRuns,
  shopPipeline,
  shopRuns,
  targetRows,
} from '../memory/shop-runs.ts';

const staged = { mode: 'staged', partRows: 4 } as const;

const rows = {
  ...plainRows(9),
  customer: plainRows(9).customer.map((row, i) => (i === 3 ? customer(4, { Born: '0000-00-00' }) : row)),
};

/** The SHA-256 of each file in both directories, except their manifests, which name the source. */
async function filesOf({ runsPath }: ShopRuns): Promise<Record<string, string>> {
  const folder = join(runsPath, 'r1');
  const paths = (await pathsUnder(folder)).filter((path) => /^(?:export|transform)\/.*\.(?:jsonl|json|gz)$/.test(path));
  const hashes = paths
    .filter((path) => !path.endsWith('manifest.json'))
    .map(async (path) => [
      path,
      createHash('sha256')
        .update(await readFile(join(folder, path)))
        .digest('hex'),
    ]);
  return Object.fromEntries(await Promise.all(hashes));
}

async function eventNames({ runsPath }: ShopRuns): Promise<string[]> {
  return (await readEvents(join(runsPath, 'r1'), 'r1')).events.map(({ event }) => event);
}

test('one pass writes the same files as single stages', async () => {
  const pass = await shopRuns(rows);
  await pass.run(staged);
  const stages = await shopRuns(rows);
  const options = stages.options(staged);
  await exportRun(options);
  await transformRun(options);
  await importRun(options, 'shop');
  const files = await filesOf(pass);
  expect(Object.keys(files)).toHaveLength(3 * 3 * 2 - 4 + 1);
  expect(files).toEqual(await filesOf(stages));
  expect(targetRows(pass)).toEqual(targetRows(stages));
});

test('a directory that a pass wrote is a source like any other', async () => {
  const pass = await shopRuns(rows);
  await pass.run(staged);
  await transformRun(pass.options({ ...staged, fastPath: null }));
  await importRun(pass.options({ ...staged }), 'shop');
  expect(pass.ledger().reduce((sum, { loaded }) => sum + loaded, 0)).toBe(27);
});

test.each(['before', 'after'] as const)(
  'a transient interruption (%s a commit) does not stop the run, and the part is loaded once',
  async (moment) => {
    const shop = await shopRuns(rows);
    let calls = 0;
    shop.server.faults[`${moment}Commit`] = () => {
      if (++calls !== 2) return;
      throw new WaybillError('target-interrupted', 'The connection was lost.', { hint: 'Resume.', reason: 'lost' });
    };
    expect((await shop.run(staged)).verdict).toBe('pass');
    expect(shop.server.lines('customers')).toHaveLength(9);
    const names = await eventNames(shop);
    expect(names.filter((name) => name === 'loaded')).toHaveLength(shop.ledger().length);
    expect(shop.server.open.size).toBe(0);
  },
);

test('a refused part is loaded from its file before the next part is read, so that the reject limit stops the run there', async () => {
  const shop = await shopRuns(rows);
  shop.server.faults.refuse = refusing('customers', 'Name 2');
  await expect(shop.run(staged)).rejects.toMatchObject({ code: 'too-many-rejects' });
  expect(shop.ledger()).toEqual([]);
  expect((await eventNames(shop)).filter((name) => name === 'staged')).toHaveLength(1);
  expect(await shop.records(customers)).toMatchObject([{ kind: 'adjustment' }, { kind: 'reject', stage: 'load' }]);
  let stage = '';
  let batches = 0;
  shop.failSource = () => {
    if (stage === 'load') batches++;
  };
  const enter = (name: string): void => {
    stage = name;
  };
  const progress = { ...noProgress, stage: enter };
  expect((await shop.resume({ ...staged, maxRejects: 1, progress })).verdict).toBe('pass');
  // At most three rows. The two of the first part are not read again.
  expect(batches).toBe(5 + 5 + 3 - 2);
});

test('a run that stopped in its pass is not an export, and its hint resumes it', async () => {
  const shop = await shopRuns(rows);
  shop.server.faults.afterCommit = ({ mapping }) => {
    if (mapping === logs) throw new Error('stop');
  };
  await expect(shop.run(staged)).rejects.toThrow('stop');
  const options = shop.options({ ...staged, resume: true });
  for (const stage of [exportRun, transformRun, (o: RunOptions) => importRun(o, 'shop')]) {
    await expect(stage(options)).rejects.toMatchObject({
      code: 'run-unfinished',
      exitCode: 2,
      hint: 'Resume it with: waybill run shop --run r1 --resume',
    });
  }
  shop.server.faults.afterCommit = () => undefined;
  expect((await shop.resume(staged)).verdict).toBe('pass');
});

test('a resume may compress files that the first session did not, and removes the uncompressed ones', async () => {
  const shop = await shopRuns(rows);
  shop.server.faults.afterCommit = ({ mapping, part }) => {
    if (mapping === customers && part.number === 2) throw new Error('stop');
  };
  await expect(shop.run(staged)).rejects.toThrow('stop');
  shop.server.faults.afterCommit = () => undefined;
  const createDirectory = (path: string) => createDirectoryWriter(path, { gzip: true });
  expect((await shop.resume({ ...staged, createDirectory })).verdict).toBe('pass');
  const { openDirectory } = shop.options();
  const folder = runFolder(shop.runsPath, 'r1');
  const found = await verifyRun({ folder, head: null, publicKey: null, openDirectory, parseReport });
  expect(found).toMatchObject({ mismatch: null });
  const parts = Object.keys(await filesOf(shop)).filter((path) => path.includes('customer'));
  expect(parts.map((path) => path.replace(/.*\//, ''))).toEqual([
    ...['000001.jsonl', '000002.jsonl', '000003.jsonl.gz'],
    ...['000001.jsonl', '000002.jsonl', '000003.jsonl.gz'],
  ]);
});

test('a staged part that was not loaded is loaded from its file, which must be unchanged', async () => {
  const shop = await shopRuns(rows);
  shop.server.faults.beforeCommit = ({ mapping }) => {
    if (mapping === logs) throw new Error('stop');
  };
  await expect(shop.run(staged)).rejects.toThrow('stop');
  shop.server.faults.beforeCommit = () => undefined;
  // Reading the row again would give another line.
  shop.source.get('c01.log')?.rows.splice(0, 1, ['line 0']);
  const path = join(shop.runsPath, 'r1/transform/logs.from.c01.log/000001.jsonl');
  const original = await readFile(path, 'utf8');
  await writeFile(path, original.replace('line 1', 'line 7'));
  await expect(shop.resume(staged)).rejects.toMatchObject({ code: 'part-damaged' });
  await writeFile(path, original);
  expect((await shop.resume(staged)).verdict).toBe('fail');
  expect(shop.server.lines('logs').filter((line) => line.endsWith('line 0'))).toEqual([]);
});

test('a table that two mappings read is exported once, and each mapping gets its rows', async () => {
  const [first, ...others] = shopMappings() as [Mapping, ...Mapping[]];
  const { id, tenant_id } = first.columns as Mapping['columns'];
  const [, , log] = shopMappings() as [Mapping, Mapping, Mapping];
  const names: Mapping = {
    ...log,
    from: 'c01.customer',
    columns: { ...log.columns, id, tenant_id, line: first.columns.name } as Mapping['columns'],
    drops: Object.fromEntries(['Code', 'Balance', 'Born', 'Seen', 'A', 'B'].map((name) => [name, 'not asked for'])),
  };
  const mappings = [first, names, ...others];
  const shop = await shopRuns(rows, mappings);
  await shop.run({ ...staged, pipeline: shopPipeline(mappings) });
  const loaded = shop.ledger().filter(({ mapping }) => mapping.startsWith('c01.customer'));
  expect(loaded.reduce((sum, entry) => sum + entry.loaded, 0)).toBe(18);
  const kept = Object.keys(await filesOf(shop)).filter((path) => path.startsWith('export/c01.customer'));
  expect(kept).toHaveLength(3);
});
