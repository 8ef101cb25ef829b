import { expect, test } from 'vitest';
import {
  type BooleanLabels,
  booleanOf,
  booleanOfInteger,
  booleanOfLabels,
  doubledLabel,
} from '../../../../core/mapping/convert/boolean.ts';
import { Adjusted, Rejected } from '../../../../core/model/value.ts';

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

test('the converter of a kind reads integers, bits and booleans', () => {
  expect(booleanOf('uint64')('2')).toEqual(new Adjusted(true, 'not-0-or-1'));
  expect(booleanOf('bits')('010')).toBe(true);
  expect(booleanOf('boolean')(false)).toBe(false);
});

const yes: BooleanLabels = { true: ['Y', 'yes', '1'], false: ['N', ''] };

test('a label has its declared meaning, compared exactly', () => {
  const convert = booleanOfLabels(yes);
  expect(['Y', 'yes', '1'].map((text) => convert(text))).toEqual([true, true, true]);
  expect(['N', ''].map((text) => convert(text))).toEqual([false, false]);
  for (const text of ['y', 'Y ', ' Y', '0', 'Ｙ', 'true'])
    expect(convert(text), text).toEqual(new Rejected('not-a-boolean'));
});

test('folded, case and blanks at the end do not count', () => {
  const convert = booleanOfLabels({ ...yes, compare: 'folded' });
  expect(['y', 'Y  ', 'YES', 'n ', '  '].map((text) => convert(text))).toEqual([true, true, true, false, false]);
  for (const text of [' Y', 'Ｙ', 'no']) expect(convert(text), text).toEqual(new Rejected('not-a-boolean'));
});

test('a text that means nothing is null without a record, and any other is null with one', () => {
  const convert = booleanOfLabels({ true: ['T'], false: ['F'], null: ['', '?'], other: 'null' });
  expect([convert(''), convert('?')]).toEqual([null, null]);
  for (const text of ['t', 'constructor', '😀']) expect(convert(text)).toEqual(new Adjusted(null, 'not-a-boolean'));
});

test('a label with two meanings is found, folded ones too', () => {
  expect(doubledLabel({ true: ['Y'], false: ['N'] })).toBeNull();
  expect(doubledLabel({ true: ['Y', 'Y'], false: ['N'] })).toBeNull();
  expect(doubledLabel({ true: ['Y'], false: ['y'] })).toBeNull();
  expect(doubledLabel({ true: ['Y'], false: ['y '], compare: 'folded' })).toBe('y');
  expect(doubledLabel({ true: ['Y'], false: ['N'], null: ['N'] })).toBe('N');
});
