import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { readLines } from '../../storage/read-lines.ts';
import { allOf } from '../engine/memory/shop-runs.ts';

/** The default chunk size of `createReadStream`. */
const CHUNK = 64 * 1024;

async function linesIn(content: string | Uint8Array): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-lines-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'file'), content);
  return allOf(readLines(join(folder, 'file')));
}

test.each([
  ['', []],
  ['a', ['a']],
  ['a\n', ['a']],
  ['\n', ['']],
  ['a\n\nb\n', ['a', '', 'b']],
  ['a\r\nb\rc\n', ['a\r', 'b\rc']],
  ['a\u2028b\u2029c\u0085d\vd\fe\n', ['a\u2028b\u2029c\u0085d\vd\fe']],
])('%j is %j: only a line feed ends a line', async (content, lines) => {
  expect(await linesIn(content)).toEqual(lines);
});

test.each([1, 2, 3, 4])(
  'a character whose bytes are in two chunks is read whole (%i bytes before the border)',
  async (before) => {
    const head = 'x'.repeat(CHUNK - before);
    for (const character of ['é', '\u2028', '😀']) {
      expect(await linesIn(`${head}${character}y\nz\n`)).toEqual([`${head}${character}y`, 'z']);
    }
  },
);

test.each([-1, 0, 1])('a line feed at the border of a chunk (%i) ends the line', async (offset) => {
  const head = 'x'.repeat(CHUNK - 1 + offset);
  expect(await linesIn(`${head}\nnext\n`)).toEqual([head, 'next']);
});

test('a line longer than many chunks is one line', async () => {
  const long = 'ä'.repeat(3 * CHUNK);
  expect(await linesIn(`first\n${long}\nlast\n`)).toEqual(['first', long, 'last']);
});

test('any lines are read as they were written', async () => {
  const line = fc.string({ unit: 'grapheme', maxLength: 50 }).map((text) => text.replaceAll('\n', ' '));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
      expect(await linesIn(lines.map((each) => `${each}\n`).join(''))).toEqual(lines);
    }),
    { numRuns: 30 },
  );
});
