import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Check, type Verdict, verdictOf } from '../../../core/validation/check.ts';

const check = (verdict: Verdict): Check => ({
  ...{ check: 'counts', subject: 'customers', verdict, expected: 1, actual: 1, sampleKeys: [] },
});
const verdictOfAll = (...verdicts: Verdict[]): Verdict => verdictOf(verdicts.map(check));

test('no checks at all prove nothing: incomplete', () => expect(verdictOf([])).toBe('incomplete'));

test('all checks passed is a pass', () => {
  expect(verdictOfAll('pass')).toBe('pass');
  expect(verdictOfAll('pass', 'pass')).toBe('pass');
});

test('a check that could not look is never a pass', () => {
  expect(verdictOfAll('pass', 'incomplete', 'pass')).toBe('incomplete');
});

test('a difference is a failure even if other checks could not look', () => {
  expect(verdictOfAll('incomplete', 'pass', 'fail')).toBe('fail');
});

test('the order of the checks does not matter', () => {
  const verdicts = fc.array(fc.constantFrom<Verdict>('pass', 'fail', 'incomplete'), { maxLength: 6 });
  fc.assert(
    fc.property(verdicts, (all) => {
      expect(verdictOfAll(...all.toReversed())).toBe(verdictOfAll(...all));
    }),
  );
});
