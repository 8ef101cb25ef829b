import { UNPLAIN } from './cells';

/** Decimals written plainly: `12.50`, `-3`, `0.50`. Zeros in front, an exponent, `NaN` and the infinities are not plain. */

const MINUS: u8 = 45;
const POINT: u8 = 46;
const ZERO: u8 = 48;
/** Longer decimals take the reference path, which knows the limits of a numeric. */
const MOST_BYTES: usize = 1000;

/**
 * The parts of the decimal looked at last: digits before the point from `wholeStart` on, digits behind it from
 * `fractionStart` to `fractionEnd`.
 */
let isNegative: bool = false;
let wholeStart: usize = 0;
let wholeEnd: usize = 0;
let fractionStart: usize = 0;
let fractionEnd: usize = 0;
let isZero: bool = false;

function isDigit(byte: u8): bool {
  return <u8>(byte - ZERO) <= 9;
}

/** @returns whether it is plain. */
function look(start: usize, end: usize): bool {
  if (start === end || end - start > MOST_BYTES) return false;
  isNegative = load<u8>(start) === MINUS;
  const first = start + usize(isNegative);
  let i = first;
  // `0.5` has no digit before its point that counts.
  if (i < end && load<u8>(i) === ZERO) i++;
  wholeStart = i;
  let seen: u8 = 0;
  for (; i < end; i++) {
    const byte = load<u8>(i);
    if (!isDigit(byte)) break;
    seen |= byte;
  }
  wholeEnd = i;
  if (wholeEnd === first || (wholeStart > first && wholeEnd > wholeStart)) return false;
  if (i < end && (load<u8>(i) !== POINT || i + 1 === end)) return false;
  fractionStart = min(i + 1, end);
  for (i = fractionStart; i < end; i++) {
    const byte = load<u8>(i);
    if (!isDigit(byte)) return false;
    seen |= byte;
  }
  fractionEnd = end;
  isZero = (seen & 15) === 0;
  return true;
}

/** A zero loses its sign, and zeros beyond the scale are cut, as `amount` has it. */
const CUTS: i32 = 1;

/**
 * Whether the decimal looked at has the shape that the column and the rule ask for.
 *
 * @param scale digits after the point that every value gets; -1: as many as it came with.
 * @param whole most digits before the point; -1: any number.
 * @param digits most digits with which a float's text is certainly its shortest; negative when the source is not a float.
 */
function hasShape(scale: i32, whole: i32, cuts: bool, digits: i32): bool {
  const wholeDigits = <i32>(wholeEnd - wholeStart);
  const fractionDigits = <i32>(fractionEnd - fractionStart);
  if (digits >= 0 && wholeDigits + fractionDigits > digits) return false;
  if (isZero && isNegative) {
    if (!cuts) return false;
    isNegative = false;
  }
  if (whole >= 0 && wholeDigits > whole) return false;
  if (scale < 0 || fractionDigits <= scale) return true;
  const cut = fractionStart + scale;
  for (let i = cut; i < fractionEnd; i++) if (!cuts || load<u8>(i) !== ZERO) return false;
  fractionEnd = cut;
  return true;
}

/** `digitsAndCuts`: most digits of a float in the upper bits, negative for none; in the lowest one, whether it cuts. */
function isPlain(start: usize, end: usize, scale: i32, whole: i32, digitsAndCuts: i32): bool {
  return look(start, end) && hasShape(scale, whole, (digitsAndCuts & CUTS) !== 0, digitsAndCuts >> 1);
}

/** The canonical text. */
export function decimalText(start: usize, end: usize, at: usize, scale: i32, whole: i32, digitsAndCuts: i32): usize {
  if (!isPlain(start, end, scale, whole, digitsAndCuts)) return UNPLAIN;
  if (isNegative) store<u8>(at++, MINUS);
  if (wholeStart === wholeEnd) store<u8>(at++, ZERO);
  for (let i = wholeStart; i < wholeEnd; i++) store<u8>(at++, load<u8>(i));
  const wanted = scale < 0 ? fractionEnd - fractionStart : <usize>scale;
  if (wanted > 0) store<u8>(at++, POINT);
  for (let i = fractionStart; i < fractionStart + wanted; i++) store<u8>(at++, i < fractionEnd ? load<u8>(i) : ZERO);
  return at;
}

/** Group of four digits up to, not including, `end`; positions before `from` and from `to` on count as zeros. */
function groupOf(end: usize, from: usize, to: usize): u32 {
  let group: u32 = 0;
  for (let i = max(end - 4, from); i < end; i++) group = group * 10 + (i < to ? load<u8>(i) - ZERO : 0);
  return group;
}

const HEADER_BYTES: usize = 8;
const NEGATIVE: u32 = 0x4000;

/**
 * A `numeric` without its length (PostgreSQL's numeric_send): number of digits to the base 10,000, weight of the first one,
 * sign, digits of the fraction, each in two bytes; then the digits, none of them zero at either end.
 */
export function numeric(start: usize, end: usize, at: usize, scale: i32, whole: i32, digitsAndCuts: i32): usize {
  if (!isPlain(start, end, scale, whole, digitsAndCuts)) return UNPLAIN;
  const first = at + HEADER_BYTES;
  const groups = (wholeEnd - wholeStart + 3) >> 2;
  let weight = <i32>groups - 1;
  let next = first;
  for (let left = groups; left > 0; left--) {
    next = writeInt16(groupOf(wholeEnd - (left - 1) * 4, wholeStart, wholeEnd), next);
  }
  for (let i = fractionStart; i < fractionEnd; i += 4) {
    const group = groupOf(i + 4, i, fractionEnd);
    if (group === 0 && next === first) weight--;
    else next = writeInt16(group, next);
  }
  while (next > first && load<u16>(next - 2) === 0) next -= 2;
  writeInt16(<u32>((next - first) >> 1), at);
  writeInt16(next === first ? 0 : <u32>weight, at + 2);
  writeInt16(isNegative ? NEGATIVE : 0, at + 4);
  writeInt16(scale < 0 ? <u32>(fractionEnd - fractionStart) : <u32>scale, at + 6);
  return next;
}

function writeInt16(value: u32, at: usize): usize {
  store<u16>(at, bswap<u16>(<u16>value));
  return at + 2;
}
