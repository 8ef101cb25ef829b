import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountOfScale } from '../../../../core/mapping/convert/decimal.ts';
import { pgFloat64Text } from '../../../../core/mapping/convert/float-text.ts';
import { plainDecimal } from '../../../../core/model/decimal.ts';
import { Adjusted, type Converted, Rejected } from '../../../../core/model/value.ts';

const unclean = (text: string): Adjusted => new Adjusted(text, 'unclean-amount');
const refused = new Rejected('not-an-amount');

/** What an amount must become, computed with integers only: |value| = mantissa / 10^places. */
function oracle(text: string, scale: number, precision: number): Converted {
  if (!/^[-\d]/.test(text) || text.endsWith('y')) return refused;
  const [digits = '', exponent = '0'] = text.replace(/^-/, '').split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const power = Number(exponent) - fraction.length + scale;
  const numerator = BigInt(whole + fraction) * 10n ** BigInt(Math.max(power, 0));
  const denominator = 10n ** BigInt(Math.max(-power, 0));
  const units = (2n * numerator + denominator) / (2n * denominator);
  if (units >= 10n ** BigInt(precision)) return refused;
  const padded = units.toString().padStart(scale + 1, '0');
  const size = scale === 0 ? padded : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  const amount = text.startsWith('-') && units > 0n ? `-${size}` : size;
  return numerator % denominator === 0n ? amount : unclean(amount);
}

const cases: readonly (readonly [string, Converted])[] = [
  ['0', '0.00'],
  ['12.5', '12.50'],
  ['-12.5', '-12.50'],
  ['12.34', '12.34'],
  ['10.005', unclean('10.01')],
  ['-10.005', unclean('-10.01')],
  ['10.004999999999999', unclean('10.00')],
  ['0.30000000000000004', unclean('0.30')],
  ['9.995', unclean('10.00')],
  ['1e-07', unclean('0.00')],
  ['-1e-07', unclean('0.00')],
  ['-0', '0.00'],
  ['-0.005', unclean('-0.01')],
  ['-0.004', unclean('0.00')],
  ['1e+15', '1000000000000000.00'],
  ['1e+16', refused],
  ['9999999999999999.99', '9999999999999999.99'],
  ['9999999999999999.995', refused],
  ['1e+20', refused],
  ['1e+308', refused],
  ['NaN', refused],
  ['Infinity', refused],
  ['-Infinity', refused],
  ['', refused],
  ['12,50', refused],
];

describe('an amount of numeric(18,2)', () => {
  test.each(cases)('%s is carried, rounded or refused as the table says', (text, wanted) => {
    expect(amountOfScale(2, 18)(text)).toEqual(wanted);
    if (text !== '' && text !== '12,50') expect(oracle(text, 2, 18)).toEqual(wanted);
  });

  test('0.1 + 0.2 is 0.30, recorded', () => {
    expect(amountOfScale(2, 18)(pgFloat64Text(0.1 + 0.2))).toEqual(unclean('0.30'));
  });

  test('1e20 is carried if the target has room for it', () => {
    expect(amountOfScale(2, 25)('1e+20')).toBe('100000000000000000000.00');
  });
});

const sizes = fc
  .tuple(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 1, max: 20 }))
  .map(([scale, whole]): readonly [number, number] => [scale, scale + whole]);

test('an amount from any double is rounded half away from zero on its decimal text', () => {
  const doubles = fc.oneof(fc.double(), fc.double({ min: -1e6, max: 1e6 }), hundredths());
  fc.assert(
    fc.property(doubles, sizes, (n, [scale, precision]) => {
      const text = pgFloat64Text(n);
      expect(amountOfScale(scale, precision)(text)).toEqual(oracle(text, scale, precision));
    }),
    { numRuns: 2000 },
  );
});

test('an amount from any decimal is rounded the same way, and zeros beyond the scale are cut without an adjustment', () => {
  const decimals = fc
    .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.stringMatching(/^\d{0,12}$/))
    .map(([minus, whole, fraction]) => `${minus ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`);
  fc.assert(
    fc.property(decimals, sizes, (text, [scale, precision]) => {
      expect(amountOfScale(scale, precision)(text)).toEqual(oracle(text, scale, precision));
    }),
    { numRuns: 2000, examples: [['10.0000', [2, 18]]] },
  );
});

/** Sums of cents computed in doubles, as legacy programs do. Most are exact, some are not. */
function hundredths(): fc.Arbitrary<number> {
  return fc.array(fc.integer({ min: -99_999, max: 99_999 }), { maxLength: 5 }).map((cents) => {
    return cents.reduce((sum, cent) => sum + cent / 100, 0);
  });
}

describe('plainDecimal', () => {
  test('writes any double without an exponent, as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
        const plain = plainDecimal(pgFloat64Text(n));
        expect(plain).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Object.is(Number(plain), n)).toBe(true);
      }),
    );
  });

  test.each([
    ['1e-07', '0.0000001'],
    ['1.5e+20', '150000000000000000000'],
    ['-1.25e+01', '-12.5'],
    ['0.00', '0.00'],
    ['NaN', null],
    ['Infinity', null],
    ['1e', null],
    ['0x10', null],
  ])('%s → %s', (text, plain) => expect(plainDecimal(text)).toBe(plain));
});
