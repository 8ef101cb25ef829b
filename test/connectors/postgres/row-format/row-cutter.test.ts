import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binaryFormat } from '../../../../connectors/postgres/row-format/binary-format.ts';
import { frameOf } from '../../../../connectors/postgres/row-format/copy-frame.ts';
import { cutRows } from '../../../../connectors/postgres/row-format/row-cutter.ts';
import { textFormat } from '../../../../connectors/postgres/row-format/text-format.ts';
import { type EncodedRows, RowBuffer, type RowFormat } from '../../../../core/model/encoded.ts';
import type { Row } from '../../../../core/model/value.ts';
import { hexRows } from '../../../../testing/row-writer.ts';

const receiver = { receive: 'textrecv', typmod: -1, labels: null, member: null };
const formats = [binaryFormat([receiver, receiver]), textFormat].filter((format) => format !== null);

function bytesOf(format: RowFormat, rows: readonly Row[]): { readonly rows: string[]; readonly stream: Buffer } {
  const buffer = new RowBuffer();
  for (const row of rows) buffer.add(format, row);
  const { head, tail } = frameOf(format);
  return { rows: hexRows(buffer), stream: Buffer.concat([head, buffer.bytes.subarray(0, buffer.at), tail]) };
}

async function* inChunks(stream: Buffer, bytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < stream.length; at += bytes) yield stream.subarray(at, at + bytes);
}

async function cut(chunks: AsyncIterable<Buffer>, format: RowFormat): Promise<EncodedRows[]> {
  const batches: EncodedRows[] = [];
  for await (const batch of cutRows(chunks, format, 'target')) batches.push(batch);
  return batches;
}

const text = fc.option(fc.string({ unit: fc.constantFrom('a', '\n', '\\', '\t', 'é', '\u0001'), size: 'medium' }));

test.each(formats)('rows in $name are the same, wherever the chunks end', async (format) => {
  const anyRows = fc.array(fc.tuple(text, text), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(anyRows, fc.integer({ min: 1, max: 400 }), async (generated, bytes) => {
      const { rows, stream } = bytesOf(format, generated);
      expect((await cut(inChunks(stream, bytes), format)).flatMap(hexRows)).toEqual(rows);
    }),
  );
});

test.each(formats)('batches in $name are about 256 KB, or up to twice the size of a larger row', async (format) => {
  const sizes = [10, 3_000_000, 10, ...Array<number>(2000).fill(1000), 900_000, 900_000, 10];
  const { rows, stream } = bytesOf(
    format,
    sizes.map((size) => ['x', 'y'.repeat(size)]),
  );
  const batches = await cut(inChunks(stream, 65_536), format);
  expect(batches.flatMap(hexRows)).toEqual(rows);
  expect(Math.max(...batches.map(({ bytes }) => bytes.length))).toBeLessThan(6_100_000);
  expect(batches.length).toBeGreaterThan(3);
});

test('tuples that end before their end marker are an interruption, not the end', async () => {
  const format = formats[0] as RowFormat;
  const { stream } = bytesOf(format, [
    ['a', 'b'],
    ['c', null],
  ]);
  for (let end = 0; end < stream.length; end++) {
    const reading = cut(inChunks(stream.subarray(0, end), 7), format);
    await expect(reading, `${end} of ${stream.length}`).rejects.toMatchObject({ code: 'target-interrupted' });
  }
});

test('a line that ends without its line feed is an interruption', async () => {
  await expect(cut(inChunks(Buffer.from('a\tb\nc'), 7), textFormat)).rejects.toMatchObject({
    code: 'target-interrupted',
  });
});
