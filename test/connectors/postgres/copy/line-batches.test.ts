import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineBatches } from '../../../../connectors/postgres/copy/line-batches.ts';

async function* chunksOf(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function linesOf(bytes: Buffer, sizes: readonly number[]): Promise<string[][]> {
  const batches: string[][] = [];
  for await (const batch of lineBatches(chunksOf(bytes, sizes))) batches.push(batch);
  return batches;
}

test('lines stay whole wherever the chunks end, even inside a character', async () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ''));
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(fc.array(line), sizes, async (lines, cuts) => {
      const bytes = Buffer.from(lines.map((each) => `${each}\n`).join(''));
      expect((await linesOf(bytes, cuts)).flat()).toEqual(lines);
    }),
  );
});

test('a batch has 250 lines, or about 256 KB, or one line that is larger', async () => {
  const short = Buffer.from('x\n'.repeat(600));
  expect((await linesOf(short, [700])).map(({ length }) => length)).toEqual([250, 250, 100]);
  const long = Buffer.from(`${'x'.repeat(75_000)}\n`.repeat(10));
  expect((await linesOf(long, [65_536])).map(({ length }) => length)).toEqual([4, 4, 2]);
  const huge = Buffer.from(`${'x'.repeat(3_000_000)}\n`.repeat(2));
  expect((await linesOf(huge, [65_536])).map(({ length }) => length)).toEqual([1, 1]);
});

test('a byte that is not UTF-8 becomes half a surrogate pair, which no target takes, and no question mark', async () => {
  expect(await linesOf(Buffer.from([0x61, 0xe9, 0x0a]), [10])).toEqual([['a\udce9']]);
});
