import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RowRecords } from '../../../engine/journal/row-records.ts';
import { writeRunFile } from '../../../engine/journal/run-file.ts';
import { customer } from '../../validators/shop.ts';
import { underFileLimit } from '../memory/file-limit.ts';
import { customers, shopRuns, targetRows } from '../memory/shop-runs.ts';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-atomic-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The kernel's own full disk: every write to it is ENOSPC. */
const fullDisk = '/dev/full';

async function* chunksThenError(): AsyncGenerator<string> {
  yield 'half of it';
  throw new Error('the source broke');
}

test('a file is written whole, for its user alone, over what was there', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'manifest.json');
  await writeRunFile(path, ['before']);
  await writeRunFile(path, ['a', '', 'é\n']);
  expect(await readFile(path, 'utf8')).toBe('aé\n');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['manifest.json']);
});

test('when what is written breaks off, the file stays as it was and nothing is left beside it', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'manifest.json');
  await writeFile(path, 'before');
  await expect(writeRunFile(path, chunksThenError())).rejects.toThrow('the source broke');
  expect(await readFile(path, 'utf8')).toBe('before');
  expect(await readdir(folder)).toEqual(['manifest.json']);
});

test('what a crash left beside the file is written over', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'f.partial'), 'a long rest of an earlier attempt');
  await writeRunFile(join(folder, 'f'), ['new']);
  expect(await readFile(join(folder, 'f'), 'utf8')).toBe('new');
});

test('a full disk is told of with the file, and the file stays as it was', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'manifest.json');
  await writeFile(path, 'before');
  await symlink(fullDisk, `${path}.partial`);
  await expect(writeRunFile(path, ['x'])).rejects.toMatchObject({
    code: 'disk-full',
    exitCode: 4,
    message: `There is no room left to write ${path}.`,
    cause: { code: 'ENOSPC' },
  });
  expect(await readFile(path, 'utf8')).toBe('before');
  expect(await readdir(folder)).toEqual(['manifest.json']);
});

test('a folder that is not there is an error of its own, not a full disk', async () => {
  const path = join(await temporaryFolder(), 'nowhere', 'f');
  await expect(writeRunFile(path, ['x'])).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each(['file', 'records'] as const)(
  'a disk that takes only the beginning of a %s is full, and what it took is gone',
  async (what) => {
    const folder = await temporaryFolder();
    const outcome = await underFileLimit(folder, what);
    expect(outcome).toEqual({ code: 'disk-full', left: [] });
  },
);

test('records that no longer fit stop the part before it is loaded, and a resume brings both', async () => {
  const rows = { customer: [customer(1), customer(2, { Born: '0000-00-00' }), customer(3)] };
  const shop = await shopRuns(rows);
  const folder = join(shop.runsPath, 'r1', 'records', 'customers.from.c01.customer');
  await mkdir(folder, { recursive: true });
  await symlink(fullDisk, join(folder, '000001.jsonl.partial'));
  await expect(shop.run()).rejects.toMatchObject({ code: 'disk-full', exitCode: 4 });
  expect(shop.ledger()).toEqual([]);
  expect(targetRows(shop).customers).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
  expect((await shop.resume()).verdict).toBe('pass');
  expect(await shop.records(customers)).toHaveLength(1);
});

test('records without a record leave no file, and take away the one of an earlier attempt', async () => {
  const folder = await temporaryFolder();
  const filter = { kind: 'filter', run: 'r', mapping: customers, part: 1, key: 'ID=1', rule: 'x' } as const;
  const first = new RowRecords(folder, customers, '000001');
  await first.add(filter);
  await first.keep();
  expect(await readdir(join(folder, 'customers.from.c01.customer'))).toEqual(['000001.jsonl']);
  await new RowRecords(folder, customers, '000001').keep();
  expect(await readdir(join(folder, 'customers.from.c01.customer'))).toEqual([]);
});
