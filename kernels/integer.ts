import { type Kernel, unplain, writeInt32, writeInt64 } from './kernel.ts';

/** Integers written canonically: `42`, `-7`, `0`. */

const [minus, zero] = [45, 48];
/** Digits that an `int8` may have. */
const LONG_DIGITS = 19;
const TWO_32 = 2 ** 32;

/** Where the first digit stands; -1 when zeros or `-0` stand in front, or there are none or more than `most`. */
function firstDigit(bytes: Uint8Array, start: number, end: number, most: number): number {
  const first = bytes[start] === minus ? start + 1 : start;
  const digits = end - first;
  if (digits < 1 || digits > most || (bytes[first] === zero && end - start > 1)) return unplain;
  return first;
}

/** The text as it is. */
export function integerText(mostDigits: number): Kernel {
  return (bytes, start, end, out, at) => {
    const first = firstDigit(bytes, start, end, mostDigits);
    if (first < 0) return unplain;
    if (first > start) out[at++] = minus;
    for (let i = first; i < end; i++) {
      const digit = (bytes[i] as number) - zero;
      if (digit < 0 || digit > 9) return unplain;
      out[at++] = digit + zero;
    }
    return at;
  };
}

/** An `int2` or `int4` without its length. */
export function shortInteger(width: 2 | 4): Kernel {
  const max = width === 2 ? 0x7fff : 0x7fffffff;
  return (bytes, start, end, out, at) => {
    const first = firstDigit(bytes, start, end, LONG_DIGITS);
    if (first < 0) return unplain;
    let value = 0;
    for (let i = first; i < end; i++) {
      const digit = (bytes[i] as number) - zero;
      if (digit < 0 || digit > 9) return unplain;
      value = value * 10 + digit;
    }
    if (first > start) value = -value;
    if (value > max || value < -max - 1) return unplain;
    if (width === 4) writeInt32(value, out, at);
    else {
      out[at] = value >> 8;
      out[at + 1] = value;
    }
    return at + width;
  };
}

/** An `int8` without its length. */
export const longInteger: Kernel = (bytes, start, end, out, at) => {
  const first = firstDigit(bytes, start, end, LONG_DIGITS);
  if (first < 0) return unplain;
  let low = 0;
  let high = 0;
  for (let i = first; i < end; i++) {
    const digit = (bytes[i] as number) - zero;
    if (digit < 0 || digit > 9) return unplain;
    low = low * 10 + digit;
    if (low < TWO_32 && high === 0) continue;
    const carry = Math.floor(low / TWO_32);
    low -= carry * TWO_32;
    high = high * 10 + carry;
  }
  if (high > 0x7fffffff) return unplain;
  if (first === start) writeInt64(high, low, out, at);
  else writeInt64(low === 0 ? -high : ~high, -low, out, at);
  return at + 8;
};
