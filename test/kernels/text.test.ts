import { Buffer, isUtf8 as isUtf8OfNode } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUtf8 } from '../../kernels/text.ts';

/** The bytes at which the rules of UTF-8 change. */
const edges = [
  0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef,
];
const lastEdges = [0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff];

test('every sequence of up to four bytes at the edges is told as Node tells it', () => {
  const bytes = [...edges, ...lastEdges];
  let sequences: readonly (readonly number[])[] = [[]];
  for (let length = 1; length <= 4; length++) {
    sequences = sequences.flatMap((each) => bytes.map((byte) => [...each, byte]));
    const wrong = sequences.filter((each) => {
      const cell = Buffer.from(each);
      return isUtf8(cell, 0, cell.length) !== isUtf8OfNode(cell);
    });
    expect(wrong).toEqual([]);
  }
  expect(sequences).toHaveLength(24 ** 4);
});

test('only the bytes of the cell are looked at', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 4 }), (text, around) => {
      const cell = Buffer.from(text);
      const all = Buffer.concat([around, cell, around]);
      expect(isUtf8(all, around.length, around.length + cell.length)).toBe(true);
    }),
  );
});
