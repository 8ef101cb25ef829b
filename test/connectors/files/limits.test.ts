import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { jsonl } from '../../../connectors/files/connector.ts';
import { writeFault } from '../../../connectors/files/fault.ts';
import { exportRows, importRows, tableOf, temporaryDirectory, whole } from './every-kind.ts';

/** These tests move hundreds of megabytes, possibly on a busy machine. */
vi.setConfig({ testTimeout: 120_000 });

const script = fileURLToPath(new URL('./exported/write-and-read.ts', import.meta.url));
const run = promisify(execFile);

/** Runs the script with a heap limit. */
async function writeAndRead(heapMb: number, ...args: readonly (string | number)[]) {
  const flags = [`--max-old-space-size=${heapMb}`, '--import', 'tsx', script, ...args.map(String)];
  const { stdout } = await run(process.execPath, flags);
  return JSON.parse(stdout) as { read?: number; peakMb: number };
}

test.each(['plain', 'gzip'])('300 MB are written and read within a heap of 32 MB (%s)', async (packing) => {
  const outcome = await writeAndRead(32, await temporaryDirectory(), 300_000, 1000, packing);
  expect(outcome.read).toBe(300_000);
  // Newer versions of Node keep more for themselves.
  expect(outcome.peakMb).toBeLessThan(280);
});

test('a 64 MB row is read back as it was written', async () => {
  const directory = await temporaryDirectory();
  const table = tableOf('t', ['text', 'bytes']);
  const text = 'ä"'.repeat(16 * 1024 * 1024);
  const bytes = new Uint8Array(64 * 1024 * 1024).fill(7);
  await exportRows(directory, table, [
    ['small', null],
    [text, null],
    [null, bytes],
    ['last', null],
  ]);
  const rows = await importRows(directory, table);
  expect(rows.map(([first]) => (first === text ? 'the text' : first))).toEqual(['small', 'the text', null, 'last']);
  expect(Buffer.compare(rows[2]?.[1] as Uint8Array, bytes)).toBe(0);
});

/** Mounts a small file system that no other process sees. */
const onSmallDisk = `
  mount -t tmpfs -o size=512k tmpfs /mnt
  "$@"
  find /mnt -type f`;

test.each(['plain', 'gzip'])('a full disk is reported, and the partial file is removed (%s)', async (packing) => {
  const command = [process.execPath, '--import', 'tsx', script, '/mnt/export', '2000000', '100', packing];
  const { stdout } = await run('sh', ['-c', 'exec unshare -rm sh -c "$0" sh "$@"', onSmallDisk, ...command]);
  const [outcome = '', ...filesLeft] = stdout.trim().split('\n');
  expect(JSON.parse(outcome)).toMatchObject({
    code: 'disk-full',
    message: expect.stringMatching(/^There is no room to write large\/000001\.jsonl(\.gz)? \(ENOSPC\)\.$/),
    hint: 'Free some space and resume.',
  });
  expect(filesLeft).toEqual([]);
});

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EFBIG', 'disk-full'],
  ['EACCES', 'target-unavailable'],
  ['EROFS', 'target-unavailable'],
])('a write that fails with %s is %s', (code, expected) => {
  const error = Object.assign(new Error('secret path'), { code });
  expect(writeFault('t/000001.jsonl', error)).toMatchObject({
    code: expected,
    message: expect.stringContaining(`t/000001.jsonl`),
  });
});

const handles = '/proc/self/fd';

test('readers that stop early leave no file open', async () => {
  const directory = await temporaryDirectory();
  const table = tableOf('t', ['text']);
  await exportRows(directory, table, [['x']], true);
  const source = await jsonl.openSource(`jsonl:${directory}`, { schemas: {} });
  for (let i = 0; i < 1000; i++) {
    for await (const _ of source.read(table, whole)) break;
  }
  expect((await readdir(handles)).length).toBeLessThan(200);
});
