import { UNPLAIN } from './cells';

/** Floats written plainly, with few enough digits: `0.1`, `-0`, `1e20`. Other floats take the reference path. */

const PLUS: u8 = 43;
const MINUS: u8 = 45;
const POINT: u8 = 46;
const ZERO: u8 = 48;
const LETTER_E: u8 = 101;

/** Integers of so many digits and powers of ten up to this one are doubles, so that the rounding of one operation is all there is. */
const EXACT_DIGITS = 15;
const EXACT_POWER = 22;
const powers = memory.data<f64>([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]);

/** A `float8` without its length. */
export function float64(start: usize, end: usize, at: usize): usize {
  const value = readFloat(start, end);
  if (isNaN<f64>(value)) return UNPLAIN;
  store<u64>(at, bswap<u64>(reinterpret<u64>(value)));
  return at + 8;
}

/** A `float4` without its length. */
export function float32(start: usize, end: usize, at: usize): usize {
  const value = <f32>readFloat(start, end);
  if (!isFinite<f32>(value)) return UNPLAIN;
  store<u32>(at, bswap<u32>(reinterpret<u32>(value)));
  return at + 4;
}

/** The double nearest to the text; NaN when it is not plain. */
function readFloat(start: usize, end: usize): f64 {
  const isNegative = start < end && load<u8>(start) === MINUS;
  const first = start + usize(isNegative);
  let value: u64 = 0;
  let digits = 0;
  let pointAt: usize = 0;
  let i = first;
  for (; i < end; i++) {
    const byte = load<u8>(i);
    const digit = <u8>(byte - ZERO);
    if (digit <= 9) {
      value = value * 10 + digit;
      if (value !== 0) digits++;
    } else if (byte === POINT && pointAt === 0) pointAt = i;
    else break;
  }
  if (i === first || pointAt === first || (pointAt !== 0 && pointAt === i - 1) || digits > EXACT_DIGITS) return NaN;
  const power = (i < end ? readExponent(i, end) : 0) - (pointAt === 0 ? 0 : <i32>(i - 1 - pointAt));
  const amount = timesPower(<f64>value, power);
  return isNegative ? -amount : amount;
}

/** Also NaN when the power is out of bounds. */
function timesPower(value: f64, power: i32): f64 {
  if (power >= 0 && power <= EXACT_POWER) return value * load<f64>(powers + ((<usize>power) << 3));
  return power < 0 && power >= -EXACT_POWER ? value / load<f64>(powers + ((<usize>-power) << 3)) : NaN;
}

/** No exponent that a double has. */
const BAD_EXPONENT = 1_000_000;

function readExponent(at: usize, end: usize): i32 {
  if (load<u8>(at) !== LETTER_E || at + 1 === end) return BAD_EXPONENT;
  const sign = load<u8>(at, 1);
  const first = sign === MINUS || sign === PLUS ? at + 2 : at + 1;
  if (first >= end || end - first > 3) return BAD_EXPONENT;
  let exponent = 0;
  for (let i = first; i < end; i++) {
    const digit = <u8>(load<u8>(i) - ZERO);
    if (digit > 9) return BAD_EXPONENT;
    exponent = exponent * 10 + digit;
  }
  return sign === MINUS ? -exponent : exponent;
}

/** Zeros in front: 0.0001 has one before its point and three behind it; smaller ones are written with an exponent. */
const MOST_ZEROS = 4;

/** The text as it is, where it is the canonical text already. */
export function floatText(start: usize, end: usize, at: usize, mostDigits: i32): usize {
  const isNegative = start < end && load<u8>(start) === MINUS;
  if (isNegative) store<u8>(at++, MINUS);
  const first = start + usize(isNegative);
  let pointAt = end;
  let digits = 0;
  let zeros = 0;
  for (let i = first; i < end; i++) {
    const byte = load<u8>(i);
    store<u8>(at++, byte);
    if (byte === POINT && pointAt === end && i > first) pointAt = i;
    else if (<u8>(byte - ZERO) > 9) return UNPLAIN;
    else if (digits === 0 && byte === ZERO) zeros++;
    else digits++;
  }
  return digits <= mostDigits && zeros <= MOST_ZEROS && isTrimmed(first, pointAt, end) ? at : UNPLAIN;
}

/** Whether there is a digit before the point, and no zero that could be left out at either end. */
function isTrimmed(first: usize, pointAt: usize, end: usize): bool {
  if (pointAt === first || (pointAt > first + 1 && load<u8>(first) === ZERO)) return false;
  return pointAt === end || (pointAt < end - 1 && load<u8>(end - 1) !== ZERO);
}
