import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalOfScale } from '../../../../core/mapping/convert/decimal.ts';
import { Rejected } from '../../../../core/model/value.ts';

describe('a decimal', () => {
  test.each([
    ['12.5', 4, '12.5000'],
    ['12.5', 1, '12.5'],
    ['12', 0, '12'],
    ['12', 2, '12.00'],
    ['-0.5', 2, '-0.50'],
    ['-12345678901234567890123456789012345.123456789012345678901234567890', 30, null],
  ])('%s at scale %i is written with all its digits', (text, scale, wanted) => {
    expect(decimalOfScale(scale)(text)).toBe(wanted ?? text);
  });

  test('is never cut: one digit too many rejects the row', () => {
    expect(decimalOfScale(2)('1.005')).toEqual(new Rejected('scale-exceeded'));
    expect(decimalOfScale(2)('1.000')).toEqual(new Rejected('scale-exceeded'));
    expect(decimalOfScale(0)('1.0')).toEqual(new Rejected('scale-exceeded'));
  });

  test('NaN and the infinities of PostgreSQL get no more digits', () => {
    for (const text of ['NaN', 'Infinity', '-Infinity']) expect(decimalOfScale(2)(text)).toBe(text);
  });

  test('keeps its value whatever the scale', () => {
    const parts = fc.tuple(fc.bigInt({ min: -(10n ** 65n), max: 10n ** 65n }), fc.stringMatching(/^\d{1,30}$/));
    fc.assert(
      fc.property(parts, fc.nat({ max: 10 }), ([whole, fraction], more) => {
        const text = `${whole}.${fraction}`;
        const widened = decimalOfScale(fraction.length + more)(text) as string;
        expect(widened).toBe(text + '0'.repeat(more));
        expect(widened.replace(/0+$/, '')).toBe(text.replace(/0+$/, ''));
      }),
    );
  });
});
