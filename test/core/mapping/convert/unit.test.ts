import { expect, test } from 'vitest';
import { gigabytesOfMegabytes } from '../../../../core/mapping/convert/unit.ts';
import { Adjusted, Rejected } from '../../../../core/model/value.ts';

test.each([
  ['16384', '16'],
  ['1536', '1.5'],
  ['512', '0.5'],
  ['0', '0'],
  ['-0', '-0'],
  ['0.1', '9.765625e-05'],
  ['1e+300', '9.765625e+296'],
  ['NaN', 'NaN'],
  ['-Infinity', '-Infinity'],
])('%s megabytes are %s gigabytes', (megabytes, gigabytes) => {
  expect(gigabytesOfMegabytes(megabytes)).toBe(gigabytes);
});

test('every whole number of megabytes up to a petabyte is restored by multiplication', () => {
  for (let i = 0; i < 5000; i++) {
    const megabytes = Math.floor(2 ** 30 * ((i * 0.618033988749895) % 1));
    expect(Number(gigabytesOfMegabytes(String(megabytes))) * 1024).toBe(megabytes);
  }
});

test('the smallest double becomes 0, recorded', () => {
  expect(gigabytesOfMegabytes('5e-324')).toEqual(new Adjusted('0', 'unit-rounded'));
});

test.each(['', ' ', 'many', '16 GB', '0x'])('%j is not a number', (text) => {
  expect(gigabytesOfMegabytes(text)).toEqual(new Rejected('not-a-number'));
});
