import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isolateRefused } from '../../../../connectors/postgres/copy/isolate-refused.ts';

/** Isolates these bad rows among `count`. */
async function isolated(count: number, bad: ReadonlySet<number>) {
  const loaded: number[] = [];
  const refused: number[] = [];
  let statements = 0;
  const tryLoad = async (from: number, to: number) => {
    statements++;
    const rows = Array.from({ length: to - from }, (_, i) => from + i);
    const first = rows.find((row) => bad.has(row));
    if (first !== undefined) return { sqlstate: '23514', constraint: `row_${first}`, column: null };
    loaded.push(...rows);
    return null;
  };
  await isolateRefused(count, tryLoad, async (row, { constraint }) => {
    expect(constraint).toBe(`row_${row}`);
    refused.push(row);
  });
  return { loaded, refused, statements };
}

test('every good row is loaded once and every bad row is refused with its own refusal, in order', async () => {
  const cases = fc.integer({ min: 1, max: 200 }).chain((count) => {
    return fc.tuple(fc.constant(count), fc.uniqueArray(fc.nat(count - 1)));
  });
  await fc.assert(
    fc.asyncProperty(cases, async ([count, bad]) => {
      const { loaded, refused } = await isolated(count, new Set(bad));
      expect(refused).toEqual([...bad].sort((a, b) => a - b));
      expect(loaded).toEqual(Array.from({ length: count }, (_, i) => i).filter((row) => !bad.includes(row)));
    }),
  );
});

test('one bad row of 1,024 takes one statement per halving on each side', async () => {
  expect((await isolated(1024, new Set([700]))).statements).toBe(21);
});

test('an error of the target stops at once', async () => {
  const tried: string[] = [];
  const tryLoad = async (from: number, to: number) => {
    tried.push(`${from}-${to}`);
    if (from === 4) throw new Error('lost');
    return from === 0 && to > 4 ? { sqlstate: '23505', constraint: null, column: null } : null;
  };
  await expect(isolateRefused(8, tryLoad, async () => undefined)).rejects.toThrow('lost');
  expect(tried).toEqual(['0-8', '0-4', '4-8']);
});
