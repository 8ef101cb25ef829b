import { type Kernel, unplain } from './kernel.ts';

/** Floats written plainly, with few enough digits: `0.1`, `-0`, `1e20`. The rest goes by its value. */

const [plus, minus, point, zero, nine, letterE] = [43, 45, 46, 48, 57, 101];

/** Integers of so many digits and powers of ten up to this one are doubles, so that the rounding of one operation is all there is. */
const EXACT_DIGITS = 15;
const EXACT_POWER = 22;
const powers = Array.from({ length: EXACT_POWER + 1 }, (_, power) => Number(`1e${power}`));

const eightBytes = new DataView(new ArrayBuffer(8));

/** A `float4` or `float8` without its length. */
export function float(width: 4 | 8): Kernel {
  return (bytes, start, end, out, at) => {
    const value = readFloat(bytes, start, end);
    if (Number.isNaN(value)) return unplain;
    if (width === 8) eightBytes.setFloat64(0, value);
    else {
      if (!Number.isFinite(Math.fround(value))) return unplain;
      eightBytes.setFloat32(0, value);
    }
    for (let i = 0; i < width; i++) out[at + i] = eightBytes.getUint8(i);
    return at + width;
  };
}

/** The double nearest to the text; NaN when it is not plain. */
function readFloat(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start] === minus ? start + 1 : start;
  let value = 0;
  let digits = 0;
  let pointAt = -1;
  let i = first;
  for (; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte >= zero && byte <= nine) {
      value = value * 10 + (byte - zero);
      if (value !== 0) digits++;
    } else if (byte === point && pointAt < 0) pointAt = i;
    else break;
  }
  if (i === first || pointAt === first || pointAt === i - 1 || digits > EXACT_DIGITS) return Number.NaN;
  const power = (i < end ? readExponent(bytes, i, end) : 0) - (pointAt < 0 ? 0 : i - 1 - pointAt);
  const magnitude = timesPower(value, power);
  return first > start ? -magnitude : magnitude;
}

/** Also NaN when the power is. */
function timesPower(value: number, power: number): number {
  if (power >= 0 && power <= EXACT_POWER) return value * (powers[power] as number);
  return power < 0 && power >= -EXACT_POWER ? value / (powers[-power] as number) : Number.NaN;
}

function readExponent(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== letterE) return Number.NaN;
  const isNegative = bytes[at + 1] === minus;
  const first = isNegative || bytes[at + 1] === plus ? at + 2 : at + 1;
  if (first >= end || end - first > 3) return Number.NaN;
  let exponent = 0;
  for (let i = first; i < end; i++) {
    const digit = (bytes[i] as number) - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    exponent = exponent * 10 + digit;
  }
  return isNegative ? -exponent : exponent;
}

/** Digits that a float's text may have to be sure that it is canonical. */
const sureDigits = { float32: 6, float64: 15 } as const;

/** The text as it is, where it is the canonical text already. */
export function floatText(kind: 'float32' | 'float64'): Kernel {
  const mostDigits = sureDigits[kind];
  return (bytes, start, end, out, at) => {
    const isNegative = bytes[start] === minus;
    if (isNegative) out[at++] = minus;
    const first = isNegative ? start + 1 : start;
    let pointAt = end;
    let digits = 0;
    let zeros = 0;
    for (let i = first; i < end; i++) {
      const byte = bytes[i] as number;
      out[at++] = byte;
      if (byte === point && pointAt === end && i > first) pointAt = i;
      else if (byte < zero || byte > nine) return unplain;
      else if (digits + (byte - zero) === 0) zeros++;
      else digits++;
    }
    return digits <= mostDigits && zeros <= MOST_ZEROS && isTrimmed(bytes, first, pointAt, end) ? at : unplain;
  };
}

/** Zeros in front: 0.0001 has one before its point and three behind it; smaller ones are written with an exponent. */
const MOST_ZEROS = 4;

/** Whether there is a digit before the point, and no zero that could be left out at either end. */
function isTrimmed(bytes: Uint8Array, first: number, pointAt: number, end: number): boolean {
  if (pointAt === first || (pointAt > first + 1 && bytes[first] === zero)) return false;
  return pointAt === end || (pointAt < end - 1 && bytes[end - 1] !== zero);
}
