import { type Kernel, unplain, writeInt32, writeInt64 } from './kernel.ts';

/** Integers written in digits: `42`, `-7`, `00042` of a column that pads with zeros. */

const [minus, zero, nine] = [45, 48, 57];
/** Digits that 32 bits hold, whichever they are. */
const SHORT_DIGITS = 9;
const LONG_DIGITS = 19;
const TWO_32 = 2 ** 32;

/** Where the digits begin that count: after zeros that only pad. */
export function afterPadding(bytes: Uint8Array, start: number, end: number): number {
  while (start < end - 1 && bytes[start] === zero) start++;
  return start;
}

/** The digits as they are, without padding; `-0` and anything but digits is not plain. */
export const integerText: Kernel = (bytes, start, end, out, at) => {
  const isNegative = bytes[start] === minus;
  if (isNegative) out[at++] = minus;
  let i = afterPadding(bytes, isNegative ? start + 1 : start, end);
  if (i >= end || (isNegative && bytes[i] === zero)) return unplain;
  for (; i < end; i++) {
    const digit = bytes[i] as number;
    if (digit < zero || digit > nine) return unplain;
    out[at++] = digit;
  }
  return at;
};

/** An `int2` or `int4` without its length. */
export function shortInteger(width: 2 | 4): Kernel {
  const max = width === 2 ? 0x7fff : 0x7fffffff;
  return (bytes, start, end, out, at) => {
    const isNegative = bytes[start] === minus;
    let i = isNegative ? start + 1 : start;
    if (i >= end || end - i > LONG_DIGITS) return unplain;
    let value = 0;
    for (; i < end; i++) {
      const digit = (bytes[i] as number) - zero;
      if (digit < 0 || digit > 9) return unplain;
      value = value * 10 + digit;
    }
    if (isNegative) {
      if (value === 0 || value - 1 > max) return unplain;
      value = -value;
    } else if (value > max) return unplain;
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
  const isNegative = bytes[start] === minus;
  let i = isNegative ? start + 1 : start;
  if (i >= end || end - i > LONG_DIGITS) return unplain;
  const isShort = end - i <= SHORT_DIGITS;
  let low = 0;
  let high = 0;
  for (; i < end; i++) {
    const digit = (bytes[i] as number) - zero;
    if (digit < 0 || digit > 9) return unplain;
    low = low * 10 + digit;
    if (isShort) continue;
    const carry = Math.floor(low / TWO_32);
    low -= carry * TWO_32;
    high = high * 10 + carry;
  }
  if (high >= 0x80000000 || (isNegative && high === 0 && low === 0)) return unplain;
  if (!isNegative) writeInt64(high, low, out, at);
  else writeInt64(low === 0 ? -high : ~high, -low, out, at);
  return at + 8;
};
