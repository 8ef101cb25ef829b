import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from '../../storage/make-folder.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('creates all missing parents, private to the user', async () => {
  await makeFolder(join(folder, 'a/b/c'));
  for (const path of ['a', 'a/b', 'a/b/c']) expect((await stat(join(folder, path))).mode & 0o777).toBe(0o700);
});

test('leaves an existing folder as it is', async () => {
  await mkdir(join(folder, 'a'), { mode: 0o755 });
  await makeFolder(join(folder, 'a'));
  expect((await stat(join(folder, 'a'))).mode & 0o777).toBe(0o755);
});

test('two at once create the same folder', async () => {
  await Promise.all([makeFolder(join(folder, 'a/b')), makeFolder(join(folder, 'a/b'))]);
  expect((await stat(join(folder, 'a/b'))).isDirectory()).toBe(true);
});

test('ends with an error where no folder can be created, such as below /proc', async () => {
  await expect(makeFolder('/proc/waybill/runs/r1')).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each(['file', 'file/below'])('ends with an error at %s, where a parent is a file', async (path) => {
  await writeFile(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, path))).rejects.toMatchObject({ code: 'ENOTDIR' });
});
