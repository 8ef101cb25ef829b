import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createGzip, gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { temporaryDirectory, whole } from './every-kind.ts';
import { directoryWith, openUrl, users } from './foreign/made-elsewhere.ts';

/** These tests move hundreds of megabytes, possibly on a busy machine. */
vi.setConfig({ testTimeout: 600_000 });

/** 1000 takes a gigabyte of disk and several minutes. */
const megabytes = Number(process.env.WAYBILL_TEST_LARGE_MB ?? 200);
const half = megabytes * 500;
const body = 'ä"'.repeat(300);
const script = fileURLToPath(new URL('./foreign/read-elsewhere.ts', import.meta.url));

/** Two tables, one after the other, each with half the rows. A row has about a thousand bytes. */
function* documentText(): Generator<string> {
  const row = JSON.stringify({ id: 0, body, rest: null }).slice('{"id":0'.length).replace(',"rest":null', '');
  const rows = function* () {
    for (let i = 0; i < half; i++) yield `${i === 0 ? '' : ',\n'}{"id":${i}${row}`;
  };
  yield '{"data":{"first":[';
  yield* rows();
  yield '],"second":[';
  yield* rows();
  yield ']}}';
}

function* csvText(): Generator<string> {
  yield 'id,body\n';
  const field = `"${body.replaceAll('"', '""')}"`;
  for (let i = 0; i < 2 * half; i++) yield `${i},${field}\n`;
}

/** Joins the pieces into chunks, so that writing is fast. */
function* chunked(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

test.each([
  ['json', 'export.json', documentText, 'second', half],
  ['json', 'export.json.gz', documentText, 'second', half],
  ['csv', 'second.csv', csvText, 'second', 2 * half],
] as const)('a large file is read within a heap of 32 MB (%s:%s)', async (scheme, file, text, table, rows) => {
  const path = join(await temporaryDirectory(), file);
  const out = createWriteStream(path);
  if (file.endsWith('.gz')) await pipeline(Readable.from(chunked(text())), createGzip({ level: 1 }), out);
  else await pipeline(Readable.from(chunked(text())), out);
  const flags = ['--max-old-space-size=32', '--import', 'tsx', script, `${scheme}:${path}`, table];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  const outcome = JSON.parse(stdout) as { read: number; seconds: number; peakMb: number };
  if (process.env.WAYBILL_TEST_LARGE_MB !== undefined) console.log(file, megabytes, 'MB', stdout);
  expect(outcome.read).toBe(rows);
  expect(outcome.peakMb).toBeLessThan(250);
});

test('readers that stop early leave no file open', async () => {
  const rows = Array.from({ length: 5000 }, (_, i) => i);
  const directory = await directoryWith({
    'export.json.gz': gzipSync(JSON.stringify({ users: rows.map((id) => ({ id, name: body })) })),
    'users.csv': `id,name\n${rows.map((id) => `${id},"x\n"`).join('\n')}\n`,
  });
  const open = async () => (await readdir('/proc/self/fd')).length;
  const before = await open();
  for (const url of [`json:${directory}`, `csv:${directory}`]) {
    const source = await openUrl(url);
    for (let i = 0; i < 40; i++) {
      for await (const _ of source.read(users, whole)) break;
    }
  }
  await expect.poll(open).toBeLessThan(before + 20);
});
