import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pgFloat32Text, pgFloat64Text } from '../../../../core/mapping/convert/float-text.ts';

/** What PostgreSQL printed for these values. float-text.server.test.ts compares thousands more. */
test.each([
  [0, '0', '0'],
  [-0, '-0', '-0'],
  [0.1, '0.1', '0.1'],
  [1e-4, '0.0001', '0.0001'],
  [1e-7, '1e-07', '1e-07'],
  [1e6, '1000000', '1e+06'],
  [1e20, '1e+20', '1e+20'],
  [1e23, '9.999999999999999e+22', '1e+23'],
  [3458364.25, '3458364.25', '3.4583642e+06'],
  [2 ** 53, '9.007199254740992e+15', '9.007199e+15'],
  [Number.MAX_VALUE, '1.7976931348623157e+308', 'Infinity'],
  [Number.MIN_VALUE, '5e-324', '0'],
  [Number.NaN, 'NaN', 'NaN'],
  [Number.NEGATIVE_INFINITY, '-Infinity', '-Infinity'],
])('%s is written %s as a double and %s as a float', (n, double, float) => {
  expect(pgFloat64Text(n)).toBe(double);
  expect(pgFloat32Text(n)).toBe(float);
});

test('the text of a double and of a float reads back as the same number', () => {
  fc.assert(
    fc.property(fc.double(), (n) => {
      expect(Object.is(Number(pgFloat64Text(n)), n)).toBe(true);
    }),
  );
  fc.assert(
    fc.property(fc.float(), (n) => {
      expect(Object.is(Math.fround(Number(pgFloat32Text(n))), n)).toBe(true);
    }),
  );
});
