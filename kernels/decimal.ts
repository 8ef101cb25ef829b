import { type Kernel, unplain } from './kernel.ts';

/** Decimals written plainly: `12.50`, `-3`, `000.50`. An exponent, `NaN` and the infinities are not plain. */

const [minus, point, zero, nine] = [45, 46, 48, 57];

/** What the target's column and the rule ask of a decimal. */
export interface DecimalShape {
  /** Digits after the point that every value gets; null: as many as it came with. */
  readonly scale: number | null;
  /** Most digits before the point; null: any number. */
  readonly whole: number | null;
  /** Zeros beyond the scale are cut, and a zero loses its sign, as `amount` has it. */
  readonly cuts: boolean;
  /** Most digits that a float may have to be sure that they are its shortest; null for what is no float. */
  readonly digits: number | null;
}

/**
 * The parts of the decimal looked at last: digits before the point from `wholeStart` on, digits behind it from
 * `fractionStart` to `fractionEnd`. Not an object, so that a cell costs no garbage.
 */
let isNegative = false;
let wholeStart = 0;
let wholeEnd = 0;
let fractionStart = 0;
let fractionEnd = 0;
let isZero = false;

/** @returns whether it is plain and of that shape. */
function look(bytes: Uint8Array, start: number, end: number, shape: DecimalShape): boolean {
  isNegative = bytes[start] === minus;
  const first = isNegative ? start + 1 : start;
  let i = first;
  while (i < end && bytes[i] === zero) i++;
  wholeStart = i;
  let seen = 0;
  for (; i < end; i++) {
    const digit = bytes[i] as number;
    if (digit < zero || digit > nine) break;
    seen |= digit;
  }
  wholeEnd = i;
  if (wholeEnd === first) return false;
  if (i < end && (bytes[i] !== point || i + 1 === end)) return false;
  fractionStart = Math.min(i + 1, end);
  for (i = fractionStart; i < end; i++) {
    const digit = bytes[i] as number;
    if (digit < zero || digit > nine) return false;
    seen |= digit;
  }
  fractionEnd = end;
  isZero = (seen & 15) === 0;
  return hasShape(bytes, shape);
}

function hasShape(bytes: Uint8Array, { scale, whole, cuts, digits }: DecimalShape): boolean {
  if (digits !== null && wholeEnd - wholeStart + fractionEnd - fractionStart > digits) return false;
  if (isZero && isNegative) {
    if (!cuts) return false;
    isNegative = false;
  }
  if (whole !== null && wholeEnd - wholeStart > whole) return false;
  if (scale === null || fractionEnd - fractionStart <= scale) return true;
  const cut = fractionStart + scale;
  for (let i = cut; i < fractionEnd; i++) if (!cuts || bytes[i] !== zero) return false;
  fractionEnd = cut;
  return true;
}

/** The canonical text. */
export function decimalText(shape: DecimalShape): Kernel {
  return (bytes, start, end, out, at) => {
    if (!look(bytes, start, end, shape)) return unplain;
    if (isNegative) out[at++] = minus;
    if (wholeStart === wholeEnd) out[at++] = zero;
    for (let i = wholeStart; i < wholeEnd; i++) out[at++] = bytes[i] as number;
    const scale = shape.scale ?? fractionEnd - fractionStart;
    if (scale > 0) out[at++] = point;
    for (let i = 0; i < scale; i++)
      out[at++] = fractionStart + i < fractionEnd ? (bytes[fractionStart + i] as number) : zero;
    return at;
  };
}

/**
 * A `numeric` without its length (PostgreSQL's numeric_send): number of digits to the base 10,000, weight of the first one,
 * sign, digits of the fraction, each in two bytes; then the digits, none of them zero at either end.
 */
export function numeric(shape: DecimalShape): Kernel {
  return (bytes, start, end, out, at) => {
    if (!look(bytes, start, end, shape)) return unplain;
    let next = at + 8;
    let kept = next;
    let weight = (wholeEnd - wholeStart + 3) >> 2;
    let digit = 0;
    for (let i = wholeStart; i < wholeEnd; i++) {
      digit = digit * 10 + (bytes[i] as number) - zero;
      if (((wholeEnd - i - 1) & 3) !== 0) continue;
      out[next] = digit >> 8;
      out[next + 1] = digit;
      next += 2;
      if (digit !== 0) kept = next;
      digit = 0;
    }
    for (let i = fractionStart; i < fractionEnd; i += 4) {
      for (let j = i; j < i + 4; j++) digit = digit * 10 + (j < fractionEnd ? (bytes[j] as number) - zero : 0);
      if (digit === 0 && next === at + 8) weight--;
      else {
        out[next] = digit >> 8;
        out[next + 1] = digit;
        next += 2;
        if (digit !== 0) kept = next;
        digit = 0;
      }
    }
    const count = (kept - at - 8) >> 1;
    const first = count === 0 ? 0 : weight - 1;
    const scale = shape.scale ?? fractionEnd - fractionStart;
    out[at] = count >> 8;
    out[at + 1] = count;
    out[at + 2] = first >> 8;
    out[at + 3] = first;
    out[at + 4] = isNegative ? 0x40 : 0;
    out[at + 5] = 0;
    out[at + 6] = scale >> 8;
    out[at + 7] = scale;
    return kept;
  };
}
