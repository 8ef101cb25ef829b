import { type Kernel, unplain } from './kernel.ts';

/** Decimals written plainly: `12.50`, `-3`, `0.50`. Zeros in front, an exponent, `NaN` and the infinities are not plain. */

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

/** Longer ones are for those who know the limits of a numeric. */
const MOST_BYTES = 1000;

/** @returns whether it is plain and of that shape. */
function look(bytes: Uint8Array, start: number, end: number, shape: DecimalShape): boolean {
  isNegative = bytes[start] === minus;
  const first = isNegative ? start + 1 : start;
  if (end - start > MOST_BYTES) return false;
  let i = first;
  // `0.5` has no digit before its point that counts.
  if (bytes[i] === zero) i++;
  wholeStart = i;
  let seen = 0;
  for (; i < end; i++) {
    const digit = bytes[i] as number;
    if (digit < zero || digit > nine) break;
    seen |= digit;
  }
  wholeEnd = i;
  if (wholeEnd === first || (wholeStart > first && wholeEnd > wholeStart)) return false;
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

/** Group of four digits up to, not including, `end`; before `from` and from `to` on stand zeros. */
function groupOf(bytes: Uint8Array, end: number, from: number, to: number): number {
  let group = 0;
  for (let i = Math.max(end - 4, from); i < end; i++) group = group * 10 + (i < to ? (bytes[i] as number) - zero : 0);
  return group;
}

/**
 * A `numeric` without its length (PostgreSQL's numeric_send): number of digits to the base 10,000, weight of the first one,
 * sign, digits of the fraction, each in two bytes; then the digits, none of them zero at either end.
 */
export function numeric(shape: DecimalShape): Kernel {
  return (bytes, start, end, out, at) => {
    if (!look(bytes, start, end, shape)) return unplain;
    const first = at + HEADER_BYTES;
    const groups = (wholeEnd - wholeStart + 3) >> 2;
    let weight = groups - 1;
    let next = first;
    for (let i = groups - 1; i >= 0; i--)
      next = writeInt16(groupOf(bytes, wholeEnd - i * 4, wholeStart, wholeEnd), out, next);
    for (let i = fractionStart; i < fractionEnd; i += 4) {
      const group = groupOf(bytes, i + 4, i, fractionEnd);
      if (group === 0 && next === first) weight--;
      else next = writeInt16(group, out, next);
    }
    while (next > first && out[next - 1] === 0 && out[next - 2] === 0) next -= 2;
    writeInt16((next - first) >> 1, out, at);
    writeInt16(next === first ? 0 : weight, out, at + 2);
    writeInt16(isNegative ? NEGATIVE : 0, out, at + 4);
    writeInt16(shape.scale ?? fractionEnd - fractionStart, out, at + 6);
    return next;
  };
}

const HEADER_BYTES = 8;
const NEGATIVE = 0x4000;

function writeInt16(value: number, out: Uint8Array, at: number): number {
  out[at] = value >> 8;
  out[at + 1] = value;
  return at + 2;
}
