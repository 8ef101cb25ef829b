import { Buffer, isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { carry } from '../../core/mapping/rules.ts';
import { RowBuffer } from '../../core/model/encoded.ts';
import { fastPath } from '../../kernels/fast-path.ts';
import { batchOf, fastRowsOf, formats, taskOf } from './task.ts';

/** The bytes at which the rules of UTF-8 change. */
const edges = [
  0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef,
];
const lastEdges = [0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff];

const taskOfText = (format: (typeof formats)[number]) =>
  taskOf({ v: 'varchar(50)' }, [{ rule: carry('v'), target: 'text' }], format);

/** The cells that a kernel accepts, so that the slow path is not used. */
function plainOnes(format: (typeof formats)[number], cells: readonly Buffer[]): boolean[] {
  const task = taskOfText(format);
  const fast = fastPath(task)?.(batchOf(cells.map((cell) => [cell])));
  const out = new RowBuffer();
  return cells.map((_, row) => {
    const before = task.decoded.count;
    fast?.(row, row + 1, out);
    return task.decoded.count === before;
  });
}

test.each(formats)(
  'every sequence of up to four bytes at the edges is accepted or refused as Node does: %s',
  (format) => {
    const bytes = [...edges, ...lastEdges];
    let sequences: readonly (readonly number[])[] = [[]];
    for (let length = 1; length <= 4; length++) {
      sequences = sequences.flatMap((each) => bytes.map((byte) => [...each, byte]));
      const cells = sequences.map((each) => Buffer.from(each));
      const expected = cells.map((cell) => isUtf8(cell) && !cell.includes(0));
      const accepted: boolean[] = [];
      for (let at = 0; at < cells.length; at += 10_000)
        accepted.push(...plainOnes(format, cells.slice(at, at + 10_000)));
      expect(cells.filter((_, i) => accepted[i] !== expected[i])).toEqual([]);
    }
    expect(sequences).toHaveLength(24 ** 4);
  },
);

test.each(formats)('only the bytes of the cell are read, wherever it ends: %s', (format) => {
  const fastRows = fastRowsOf(taskOfText(format));
  const rowOf = (cell: Buffer): string | null => fastRows(batchOf([[cell]]))[0] as string | null;
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.uint8Array({ maxLength: 4 }), (text, around) => {
      const cell = Buffer.from(text.replaceAll('\0', ''));
      const bytes = Buffer.concat([around, cell, around]);
      const bounds = Int32Array.of(around.length, around.length + cell.length);
      expect(fastRows({ rows: 1, bytes, bounds })).toEqual([rowOf(cell)]);
    }),
  );
});
