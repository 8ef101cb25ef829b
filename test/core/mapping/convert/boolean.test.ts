import { expect, test } from 'vitest';
import { booleanOfBits, booleanOfInteger } from '../../../../core/mapping/convert/boolean.ts';
import { Adjusted } from '../../../../core/model/value.ts';

test('0 is false and 1 is true', () => {
  expect(booleanOfInteger('0')).toBe(false);
  expect(booleanOfInteger('1')).toBe(true);
});

test('every other number that TINYINT(1) holds is true, recorded', () => {
  for (let n = -128; n <= 127; n++) {
    if (n === 0 || n === 1) continue;
    expect(booleanOfInteger(String(n)), String(n)).toEqual(new Adjusted(true, 'not-0-or-1'));
  }
});

test('a bit string is true if any of its bits is set', () => {
  for (const bits of ['0', '00000000', '0'.repeat(64)]) expect(booleanOfBits(bits)).toBe(false);
  for (const bits of ['1', '00000010', `1${'0'.repeat(63)}`]) expect(booleanOfBits(bits)).toBe(true);
});
