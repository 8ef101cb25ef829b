import { type Kernel, unplain } from './kernel.ts';

/** Floats written plainly, with few enough digits: `0.1`, `-0`, `1e20`. The rest goes by its value. */

const [plus, minus, point, zero, nine, letterE] = [43, 45, 46, 48, 57, 101];

/** With at most so many digits, the double made of them and one power of ten up to 22 is the nearest there is. */
const EXACT_DIGITS = 15;
const powers = Array.from({ length: 23 }, (_, power) => 10 ** power);

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
  const isNegative = bytes[start] === minus;
  let i = isNegative ? start + 1 : start;
  let value = 0;
  let digits = 0;
  let power = 0;
  let pointAt = -1;
  for (; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte >= zero && byte <= nine) {
      value = value * 10 + (byte - zero);
      if (value !== 0) digits++;
      if (pointAt >= 0) power--;
    } else if (byte === point && pointAt < 0) pointAt = i;
    else break;
  }
  const first = isNegative ? start + 1 : start;
  if (i === first || pointAt === first || pointAt === i - 1) return Number.NaN;
  if (i < end) {
    const exponent = readExponent(bytes, i, end);
    if (Number.isNaN(exponent)) return Number.NaN;
    power += exponent;
  }
  if (digits > EXACT_DIGITS || power > 22 || power < -22) return Number.NaN;
  const magnitude = power < 0 ? value / (powers[-power] as number) : value * (powers[power] as number);
  return isNegative ? -magnitude : magnitude;
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

/** What of a float's text is sure to be canonical already: so many digits, at most so many of them before the point. */
const sure = { float32: { digits: 6, whole: 6 }, float64: { digits: 15, whole: 15 } } as const;

/** The text as it is, where it is the canonical text already. */
export function floatText(kind: 'float32' | 'float64'): Kernel {
  const { digits: mostDigits, whole: mostWhole } = sure[kind];
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
      else if (byte !== zero || digits > 0) digits++;
      else zeros++;
    }
    const whole = pointAt - first;
    if (digits > mostDigits || whole > mostWhole || whole === 0) return unplain;
    if (whole > 1 && bytes[first] === zero) return unplain;
    // 0.0001 has one zero before its point and three behind it; smaller ones have an exponent.
    if (pointAt < end && (bytes[end - 1] === zero || pointAt === end - 1 || zeros > 4)) return unplain;
    return at;
  };
}
