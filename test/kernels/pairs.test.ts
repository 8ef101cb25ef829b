import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pairs } from './pairs.ts';
import { batchOf, fastRowsOf, formats, referenceRows, taskOf } from './task.ts';

const { WAYBILL_PROPERTY_CASES = '200' } = process.env;
const numRuns = Number(WAYBILL_PROPERTY_CASES);

/** The name of a rule with its options. */
function titleOf(rule: { readonly name: string; readonly detail?: string; readonly reference?: unknown }): string {
  const options = rule.detail ?? (rule.reference === undefined ? '' : JSON.stringify(rule.reference));
  return `${rule.name} ${options}`.trimEnd();
}

const cases = formats.flatMap((format) =>
  pairs.map((pair) => ({ ...pair, format, title: `${titleOf(pair.rule('v'))}: ${pair.source} → ${pair.target}` })),
);

describe.each(cases)('$format $title', ({ rule, source, target, format, cells, fast }) => {
  const newTask = () => taskOf({ v: source }, [{ rule: rule('v'), target }], format);

  test('gives the bytes of the reference path, and no row if that path changes or refuses a value', () => {
    const task = newTask();
    const fastRows = fastRowsOf(task);
    fc.assert(
      fc.property(fc.array(fc.option(cells.any, { freq: 8 }), { minLength: 1, maxLength: 4 }), (column) => {
        const batch = batchOf(column.map((cell) => [cell]));
        expect(fastRows(batch)).toEqual(referenceRows(task, batch));
      }),
      { numRuns },
    );
  });

  const isFast = fast === 'both' || fast === format;

  test(isFast ? 'takes plain cells as they are' : 'decodes each cell', () => {
    const task = newTask();
    const fastRows = fastRowsOf(task);
    fc.assert(
      fc.property(cells.plain, (cell) => {
        const before = task.decoded.count;
        expect(fastRows(batchOf([[cell], [null], [cell]]))).not.toContain(null);
        const decoded = task.decoded.count - before;
        expect(isFast ? decoded <= 1 : decoded >= 2).toBe(true);
      }),
      { numRuns },
    );
  });
});
