import { expect, test } from 'vitest';
import { decimalFrom, float32Of, floatOfDecimal, momentOfScale } from '../../../../core/mapping/convert/narrow.ts';
import { Adjusted, Rejected } from '../../../../core/model/value.ts';

const lost = (value: string) => new Adjusted(value, 'digits-lost');
const outOfRange = new Rejected('out-of-range');

test.each([
  ['0.1', '0.1'],
  ['1000000', '1e+06'],
  ['-0', '-0'],
  ['16777216', '1.6777216e+07'],
  ['NaN', 'NaN'],
  ['-Infinity', '-Infinity'],
  ['3.4028235e+38', '3.4028235e+38'],
])('a double of %s is a real of %s', (from, to) => {
  expect(float32Of(from)).toBe(to);
});

test.each([
  ['123.456789012', '123.45679'],
  ['16777217', '1.6777216e+07'],
  ['0.30000000000000004', '0.3'],
  ['1e-46', '0'],
  ['3.4028235677973e+38', '3.4028235e+38'],
])('a double of %s loses digits in a real, which holds %s', (from, to) => {
  expect(float32Of(from)).toEqual(lost(to));
});

test('a double outside the range of real rejects the row', () => {
  expect(float32Of('1e+39')).toEqual(outOfRange);
  expect(float32Of('-3.4028236e+38')).toEqual(outOfRange);
});

test('a double in a decimal is rounded half away from zero on its decimal text', () => {
  const convert = decimalFrom(3, 10);
  expect(convert('12.5')).toBe('12.500');
  expect(convert('12.3456')).toEqual(lost('12.346'));
  expect(convert('0.0005')).toEqual(lost('0.001'));
  expect(convert('-0.0004')).toEqual(lost('0.000'));
  expect(convert('9999999.999')).toBe('9999999.999');
  expect(convert('NaN')).toBe('NaN');
  for (const text of ['10000000', '9999999.9995', 'Infinity', '1e+300']) expect(convert(text)).toEqual(outOfRange);
});

test.each([
  ['float64', '12.50', '12.5'],
  ['float64', '0.1', '0.1'],
  ['float64', '-0.00', '0'],
  ['float64', '9007199254740992', '9.007199254740992e+15'],
  ['float64', 'NaN', 'NaN'],
  ['float64', '-Infinity', '-Infinity'],
  ['float32', '0.10', '0.1'],
  ['float32', '16777216', '1.6777216e+07'],
] as const)('in %s a decimal of %s reads the same number', (kind, from, to) => {
  expect(floatOfDecimal(kind)(from)).toBe(to);
});

test.each([
  ['float64', '9007199254740993', '9.007199254740992e+15'],
  ['float64', '0.1000000000000000000000000000001', '0.1'],
  ['float64', '18446744073709551615', '1.8446744073709552e+19'],
  ['float64', `0.${'0'.repeat(400)}1`, '0'],
  ['float32', '123.456789012', '123.45679'],
  // Right at, below and above the middle of two floats, where rounding twice goes wrong.
  ['float32', '1.000000059604644775390625', '1'],
  ['float32', '1.0000000596046447753906249999999999', '1'],
  ['float32', '1.0000000596046447753906250000000001', '1.0000001'],
  ['float32', '-1.0000000596046447753906250000000001', '-1.0000001'],
] as const)('in %s a decimal of %s loses digits, recorded', (kind, from, to) => {
  expect(floatOfDecimal(kind)(from)).toEqual(lost(to));
});

test('a decimal beyond the range of the float rejects the row', () => {
  const big = `1${'0'.repeat(400)}`;
  for (const kind of ['float32', 'float64'] as const)
    for (const text of [big, `-${big}`]) expect(floatOfDecimal(kind)(text)).toEqual(outOfRange);
  // The largest real, and the first decimal that is nearer to the next one, which does not exist.
  expect(floatOfDecimal('float32')('340282346638528859811704183484516925440')).toEqual(lost('3.4028235e+38'));
  expect(floatOfDecimal('float32')('340282356779733661637539395458142568448')).toEqual(outOfRange);
  expect(floatOfDecimal('float32')('340282356779733661637539395458142568447')).toEqual(lost('3.4028235e+38'));
});

test.each([
  [6, '10:20:30'],
  [6, '2020-01-01 10:20:30.123456'],
  [3, '2020-01-01 10:20:30.5+00'],
  [0, '2020-01-01 10:20:30+00'],
] as const)('at scale %i the moment %s is carried', (scale, text) => {
  expect(momentOfScale(scale)(text)).toBe(text);
});

test.each([
  [6, '23:59:59.9999999', '23:59:59.999999'],
  [6, '2020-01-01 10:20:30.0000001', '2020-01-01 10:20:30'],
  [6, '2020-01-01 10:20:30.1200001+00', '2020-01-01 10:20:30.12+00'],
  [0, '9999-12-31 23:59:59.5', '9999-12-31 23:59:59'],
] as const)('at scale %i the moment %s loses digits, recorded', (scale, from, to) => {
  expect(momentOfScale(scale)(from)).toEqual(lost(to));
});
