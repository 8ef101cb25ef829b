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

/** The kernel's full disk: every write to it fails with ENOSPC. */
const fullDisk = '/dev/full';

async function* chunksThenError(): AsyncGenerator<string> {
  yield 'half of it';
  throw new Error('the source broke');
}

test('a file is replaced as a whole and readable only by its user', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'manifest.json');
  await writeRunFile(path, ['before']);
  await writeRunFile(path, ['a', '', 'é\n']);
  expect(await readFile(path, 'utf8')).toBe('aé\n');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['manifest.json']);
});

test('when writing fails, the file is unchanged and no partial file is left', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'manifest.json');
  await writeFile(path, 'before');
  await expect(writeRunFile(path, chunksThenError())).rejects.toThrow('the source broke');
  expect(await readFile(path, 'utf8')).toBe('before');
  expect(await readdir(folder)).toEqual(['manifest.json']);
});

test('a partial file that a crash left is overwritten', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'f.partial'), 'a long rest of an earlier attempt');
  await writeRunFile(join(folder, 'f'), ['new']);
  expect(await readFile(join(folder, 'f'), 'utf8')).toBe('new');
});

test('a full disk is reported with the file name, and the file is unchanged', async () => {
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

test('a missing folder is not reported as a full disk', async () => {
  const path = join(await temporaryFolder(), 'nowhere', 'f');
  await expect(writeRunFile(path, ['x'])).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each(['file', 'records'] as const)(
  'a disk that takes only the beginning of a %s is full, and the beginning is removed',
  async (what) => {
    const folder = await temporaryFolder();
    const outcome = await underFileLimit(folder, what);
    expect(outcome).toEqual({ code: 'disk-full', left: [] });
  },
);

test('records that do not fit on the disk stop the part before it is loaded, and a resume writes both', async () => {
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

test('without a record there is no file, and the file of an earlier attempt is removed', async () => {
  const folder = await temporaryFolder();
  const filter = { kind: 'filter', run: 'r', mapping: customers, part: 1, key: 'ID=1', rule: 'x' } as const;
  const first = new RowRecords(folder, customers, '000001');
  await first.add(filter);
  await first.keep();
  expect(await readdir(join(folder, 'customers.from.c01.customer'))).toEqual(['000001.jsonl']);
  await new RowRecords(folder, customers, '000001').keep();
  expect(await readdir(join(folder, 'customers.from.c01.customer'))).toEqual([]);
});
