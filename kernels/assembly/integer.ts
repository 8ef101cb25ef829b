import { UNPLAIN } from './cells';

/** Integers written canonically: `42`, `-7`, `0`. */

const MINUS: u8 = 45;
const ZERO: u8 = 48;
/** Digits that an `int8` may have; as many fit 64 bits unsigned. */
const LONG_DIGITS: usize = 19;

/** Where the first digit stands; `UNPLAIN` when zeros or `-0` stand in front, or there are none or more than `most`. */
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

/** Set by `read`, since a function gives but one number. */
let magnitude: u64 = 0;

/** Reads up to 19 digits into `magnitude`. @returns whether it is an integer. */
function read(start: usize, end: usize): bool {
  const first = firstDigit(start, end, LONG_DIGITS);
  if (first === UNPLAIN) return false;
  let value: u64 = 0;
  for (let i = first; i < end; i++) {
    const digit = <u8>(load<u8>(i) - ZERO);
    if (digit > 9) return false;
    value = value * 10 + digit;
  }
  magnitude = value;
  return true;
}

/** An `int2` without its length. */
export function int16(start: usize, end: usize, at: usize): usize {
  if (!read(start, end)) return UNPLAIN;
  const isNegative = load<u8>(start) === MINUS;
  if (magnitude > <u64>i16.MAX_VALUE + u64(isNegative)) return UNPLAIN;
  const value = <i32>(isNegative ? -(<i64>magnitude) : <i64>magnitude);
  store<u16>(at, bswap<u16>(<u16>value));
  return at + 2;
}

/** An `int4` without its length. */
export function int32(start: usize, end: usize, at: usize): usize {
  if (!read(start, end)) return UNPLAIN;
  const isNegative = load<u8>(start) === MINUS;
  if (magnitude > <u64>i32.MAX_VALUE + u64(isNegative)) return UNPLAIN;
  const value = <i32>(isNegative ? -(<i64>magnitude) : <i64>magnitude);
  store<u32>(at, bswap<u32>(<u32>value));
  return at + 4;
}

/** An `int8` without its length. */
export function int64(start: usize, end: usize, at: usize): usize {
  if (!read(start, end)) return UNPLAIN;
  const isNegative = load<u8>(start) === MINUS;
  if (magnitude > <u64>i64.MAX_VALUE + u64(isNegative)) return UNPLAIN;
  store<u64>(at, bswap<u64>(isNegative ? 0 - magnitude : magnitude));
  return at + 8;
}
