import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowText } from '../../../core/model/row-text.ts';
import type { TableSchema } from '../../../core/model/schema.ts';
import { BucketSums } from '../../../validators/rows/differences.ts';
import { BUCKETS, keyOfLine } from '../../../validators/rows/key-of-line.ts';

const columns = ['a', 'b', 'c', 'd'];

function table(key: readonly string[]): TableSchema {
  const type = { kind: 'text', native: 'text' } as const;
  return {
    ...{ name: 't', key, unique: [], estimatedRows: null },
    columns: columns.map((name) => ({ name, type, nullable: true })),
  };
}

const cells = fc.tuple(fc.string(), fc.string(), fc.string(), fc.string());

describe('lineKey', () => {
  test('finds a key anywhere in the line, in key order', () => {
    const line = rowText(['1', 'x\ty', '3', null]);
    expect(keyOfLine(table(['a']), columns).keyOf(line)).toBe('1');
    expect(keyOfLine(table(['c']), columns).keyOf(line)).toBe('3');
    expect(keyOfLine(table(['d']), columns).keyOf(line)).toBe('\\N');
    expect(keyOfLine(table(['c', 'b']), columns).keyOf(line)).toBe('3\tx\\ty');
  });

  test('takes the whole line if the lines hold no key', () => {
    for (const key of [[], ['serial']]) {
      const found = keyOfLine(table(key), columns);
      expect([found.columns, found.keyOf('1\t2\t3\t4')]).toEqual([[], '1\t2\t3\t4']);
    }
  });

  test('puts rows with one key into one bucket, whatever else they hold', () => {
    fc.assert(
      fc.property(
        cells,
        cells,
        fc.constantFrom<readonly string[]>(['a'], ['c'], ['b', 'd'], ['d', 'a']),
        (row, other, key: readonly string[]) => {
          const { bucketOf } = keyOfLine(table(key), columns);
          const mixed = columns.map((name, i) => (key.includes(name) ? row[i] : other[i]) as string);
          expect(bucketOf(rowText(mixed))).toBe(bucketOf(rowText(row)));
        },
      ),
    );
  });

  test('spreads ids that differ only in the last digits', () => {
    const { bucketOf } = keyOfLine(table(['a']), columns);
    const rows = new Uint32Array(BUCKETS);
    for (let i = 0; i < 100_000; i++) {
      const bucket = bucketOf(`11111111-2222-8333-8000-${i.toString(16).padStart(12, '0')}\tx\ty\tz`);
      rows[bucket] = (rows[bucket] as number) + 1;
    }
    expect(Math.max(...rows)).toBeLessThan(100);
  });
});

describe('BucketSums', () => {
  test('keeps 64 bits and detects a duplicate row', () => {
    const [one, two] = [new BucketSums(), new BucketSums()];
    for (const sums of [one, two]) sums.add(3, 0xffff_ffff_ffff_fff0n);
    two.add(3, 0x20n);
    expect(one.differences(two)).toEqual([{ bucket: 3, rows: 2 }]);
    const [none, zero] = [new BucketSums(), new BucketSums()];
    zero.add(7, 0n);
    expect(none.differences(zero)).toEqual([{ bucket: 7, rows: 1 }]);
  });
});
