import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { writePartFile } from '../../../../connectors/files/exported/part-file.ts';
import { fileBytes } from '../../../../connectors/files/file-bytes.ts';
import { temporaryDirectory } from '../every-kind.ts';

const MEMBER = 512 * 1024;
/** 5.3 MB in lines of different lengths. */
const text = Buffer.from(Array.from({ length: 100_000 }, (_, i) => `${i}: ${'x'.repeat(i % 90)}\n`).join(''));

/** The text in pieces of one size, which all share one buffer. */
async function* piecesOf(size: number): AsyncGenerator<Uint8Array> {
  const memory = new Uint8Array(size);
  for (let at = 0; at < text.length; at += size) {
    const piece = text.subarray(at, at + size);
    memory.set(piece);
    yield memory.subarray(0, piece.length);
  }
}

test.each(['part.jsonl', 'part.jsonl.gz'])(
  'the same text gives the same file, whatever pieces it came in: %s',
  async (name) => {
    const path = join(await temporaryDirectory(), name);
    for (const size of [text.length, 3_000_001, MEMBER, 70_001, 1000]) {
      const written = await writePartFile(path, name, piecesOf(size));
      const file = await readFile(path);
      const members = [];
      for (let at = 0; at < text.length; at += MEMBER)
        members.push(gzipSync(text.subarray(at, at + MEMBER), { level: 1, memLevel: 9 }));
      expect(file.equals(name.endsWith('.gz') ? Buffer.concat(members) : text)).toBe(true);
      expect(written).toEqual({ bytes: file.length, sha256: createHash('sha256').update(file).digest('hex') });
    }
  },
);

test('a gzip file is read the same, whatever its members are', async () => {
  const path = join(await temporaryDirectory(), 'part.jsonl.gz');
  for (const cuts of [[], [1], [MEMBER, 2 * MEMBER], [7, 8, 4_000_000]]) {
    const ends = [...cuts, text.length];
    const members = ends.map((end, i) => gzipSync(text.subarray(ends[i - 1] ?? 0, end)));
    await writeFile(path, Buffer.concat(members));
    const read: Buffer[] = [];
    for await (const chunk of fileBytes(path, 'part')) read.push(Buffer.from(chunk));
    expect(Buffer.concat(read).equals(text)).toBe(true);
    expect(gunzipSync(Buffer.concat(members)).equals(text)).toBe(true);
  }
});

test('pieces that fail while others are being compressed leave no file', async () => {
  const directory = await temporaryDirectory();
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield* piecesOf(2 * MEMBER + 5);
    throw new Error('the source is gone');
  }
  await expect(writePartFile(join(directory, 'part.jsonl.gz'), 'part', failing())).rejects.toThrow(
    'the source is gone',
  );
  expect(await readdir(directory)).toEqual([]);
});
