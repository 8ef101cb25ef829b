import { UNPLAIN } from './cells';

/** Integers written canonically: `42`, `-7`, `0`. */

const MINUS: u8 = 45;
const ZERO: u8 = 48;
/** Digits that an `int8` may have; as many fit 64 bits unsigned. */
const LONG_DIGITS: usize = 19;

/** The place of the first digit; `UNPLAIN` when it has leading zeros or is `-0`, or has no digits or more than `most`. */
function firstDigit(start: usize, end: usize, most: usize): usize {
  const first = start + usize(start < end && load<u8>(start) === MINUS);
  const digits = end - first;
  if (digits < 1 || digits > most) return UNPLAIN;
  return load<u8>(first) === ZERO && end - start > 1 ? UNPLAIN : first;
}

/** The text as it is. */
export function integerText(start: usize, end: usize, at: usize, mostDigits: usize): usize {
  const first = firstDigit(start, end, mostDigits);
  if (first === UNPLAIN) return UNPLAIN;
  if (first > start) store<u8>(at++, MINUS);
  for (let i = first; i < end; i++) {
    const digit = load<u8>(i);
    if (<u8>(digit - ZERO) > 9) return UNPLAIN;
    store<u8>(at++, digit);
  }
  return at;
}

/** Set by `read`, since a function returns only one number. */
let value: i64 = 0;

/** Reads up to 19 digits into `value`. @returns whether it is an integer from `-most - 1` to `most`. */
function read(start: usize, end: usize, most: u64): bool {
  const first = firstDigit(start, end, LONG_DIGITS);
  if (first === UNPLAIN) return false;
  let magnitude: u64 = 0;
  for (let i = first; i < end; i++) {
    const digit = <u8>(load<u8>(i) - ZERO);
    if (digit > 9) return false;
    magnitude = magnitude * 10 + digit;
  }
  const isNegative = first > start;
  value = isNegative ? 0 - <i64>magnitude : <i64>magnitude;
  return magnitude <= most + u64(isNegative);
}

/** An `int2` without its length. */
export function int16(start: usize, end: usize, at: usize): usize {
  if (!read(start, end, i16.MAX_VALUE)) return UNPLAIN;
  store<u16>(at, bswap<u16>(<u16>value));
  return at + 2;
}

/** An `int4` without its length. */
export function int32(start: usize, end: usize, at: usize): usize {
  if (!read(start, end, i32.MAX_VALUE)) return UNPLAIN;
  store<u32>(at, bswap<u32>(<u32>value));
  return at + 4;
}

/** An `int8` without its length. */
export function int64(start: usize, end: usize, at: usize): usize {
  if (!read(start, end, i64.MAX_VALUE)) return UNPLAIN;
  store<u64>(at, bswap<u64>(<u64>value));
  return at + 8;
}
