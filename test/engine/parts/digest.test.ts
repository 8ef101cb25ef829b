import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import openXxhash from 'xxhash-wasm';
import type { EncodedRows } from '../../../core/model/encoded.ts';
import { hashRow, hashRows } from '../../../engine/parts/digest.ts';

const { h64, h64Raw } = await openXxhash();

const wholeSum = (rows: readonly Uint8Array[]): bigint =>
  BigInt.asUintN(
    64,
    rows.reduce((sum, row) => sum + h64Raw(row), 0n),
  );

function encoded(rows: readonly Uint8Array[]): EncodedRows {
  let end = 0;
  const ends = Uint32Array.from(rows, (row) => {
    end += row.length;
    return end;
  });
  return { count: rows.length, bytes: Buffer.concat(rows), ends };
}

describe('hashes', () => {
  it('are XXH64 of rows of every length, summed up', () => {
    const rows = Array.from({ length: 200 }, (_, length) => Uint8Array.from({ length }, (_, i) => i * 7 + length));
    for (const row of rows) expect(hashRows(encoded([row]))).toBe(wholeSum([row]));
    expect(hashRows(encoded(rows))).toBe(wholeSum(rows));
    expect(hashRows(encoded([]))).toBe(0n);
  });

  it('are the same over any rows, and over any text', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (rows) => hashRows(encoded(rows)) === wholeSum(rows)),
    );
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (line) => hashRow(line) === h64(line)));
  });

  it('accept rows that are larger than a group, with small ones before and after them', () => {
    const sizes = [10, 700_000, 500_000, 3_000_000, 0, 20, 1_048_576, 1_048_577, 5];
    const rows = sizes.map((size, n) => new Uint8Array(size).fill(n + 1));
    expect(hashRows(encoded(rows))).toBe(wholeSum(rows));
  });

  it('ignore rows beyond the count, and bytes after the last row', () => {
    const rows = [Uint8Array.of(1, 2), Uint8Array.of(3), Uint8Array.of(4, 5, 6)];
    expect(hashRows({ ...encoded(rows), count: 2 })).toBe(wholeSum(rows.slice(0, 2)));
  });
});
