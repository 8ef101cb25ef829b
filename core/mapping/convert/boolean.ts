import { Adjusted, type Converter } from '../../model/value.ts';

/**
 * A boolean from TINYINT(1), which MySQL lets hold -128 … 127; programs read anything but 0 as true.
 * `'0'` → false, `'1'` → true, `'2'` and `'-1'` → true, adjustment `not-0-or-1`.
 */
export const booleanOfInteger: Converter = (value) => {
  if (value === '0') return false;
  if (value === '1') return true;
  return new Adjusted(true, 'not-0-or-1');
};

/** A boolean from BIT(1), which arrives as bits: `'0'` → false, `'1'` → true; a wider one is true when any bit is. */
export const booleanOfBits: Converter = (value) => (value as string).includes('1');
