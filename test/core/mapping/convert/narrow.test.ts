import { expect, test } from 'vitest';
import { decimalFrom, float32Of } from '../../../../core/mapping/convert/narrow.ts';
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
