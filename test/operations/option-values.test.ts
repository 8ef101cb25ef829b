import { expect, test } from 'vitest';
import { rejectLimits } from '../../operations/option-values.ts';

test('a reject limit is rows or percent, for the run or for a table', () => {
  expect(rejectLimits(['100', '1%', 'c01.tbl_order=10', 'tbl_order=0.5%'])).toEqual([
    { table: null, max: 100, isPercent: false },
    { table: null, max: 1, isPercent: true },
    { table: 'c01.tbl_order', max: 10, isPercent: false },
    { table: 'tbl_order', max: 0.5, isPercent: true },
  ]);
});

test.each(['', '-1', '1.5', '101%', '=3', 'tbl_order=', 'many', '99999999999999999999'])(
  '"%s" is not a limit',
  (text) => {
    expect(() => rejectLimits([text])).toThrow(
      '--max-rejects must be a whole number of 0 or more, or a percentage up to 100.',
    );
  },
);
