import type { FieldBuffer } from './field-buffer.ts';
import { type FieldEncoder, state, textOf } from './field-encoder.ts';

/** Constants of PostgreSQL's numeric: four decimal digits a group, and the sign as numeric_send writes it. */
const groupDigits = 4;
const sign = { plus: 0x0000, minus: 0x4000, nan: 0xc000, infinity: 0xd000, minusInfinity: 0xf000 };
/** numeric_send reads the header of an infinity as if it held a scale. */
const scaleOfInfinity = 32;
const maxWholeDigits = 131_072;
const maxScale = 16_383;
const headerBytes = 8;

/** What numeric(p,s) says. */
export interface NumericShape {
  readonly precision: number;
  readonly scale: number;
}

/** The modifier of a numeric column; null where it is unconstrained. The scale has 11 bits with a sign since version 15. */
export function numericShape(typmod: number): NumericShape | null {
  if (typmod < 4) return null;
  return { precision: ((typmod - 4) >> 16) & 0xffff, scale: (((typmod - 4) & 0x7ff) ^ 1024) - 1024 };
}

const number = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** The scale is the column's, or where it has none that of the text. Digits that the column cannot hold are refused. */
export function numericField(shape: NumericShape | null): FieldEncoder {
  return (value, out) => {
    const text = textOf(value);
    const parts = number.exec(text);
    if (parts === null) return special(text, shape, out);
    const digits = digitsOf(parts);
    if (typeof digits === 'string') return digits;
    if (shape !== null && !holds(shape, digits)) return state.outOfRange;
    writeDigits(digits, shape === null ? digits.fraction.length : Math.max(0, shape.scale), out);
    return null;
  };
}

interface Digits {
  readonly isNegative: boolean;
  /** Without leading zeros. */
  readonly whole: string;
  readonly fraction: string;
}

/** @returns the SQLSTATE when there are none, or too many. */
function digitsOf([, minus, whole = '', fraction = '', exponent]: RegExpExecArray): Digits | string {
  if (whole === '' && fraction === '') return state.noSuchText;
  const moved = exponent === undefined ? { whole, fraction } : movePoint(whole, fraction, Number(exponent));
  if (moved === null) return state.outOfRange;
  const bare = moved.whole.charCodeAt(0) === 0x30 ? moved.whole.replace(/^0+/, '') : moved.whole;
  if (bare.length > maxWholeDigits || moved.fraction.length > maxScale) return state.outOfRange;
  return { isNegative: minus === '-', whole: bare, fraction: moved.fraction };
}

/** `1.5`, -3 → `.0015`; null when no numeric has so many digits. */
function movePoint(whole: string, fraction: string, by: number): Pick<Digits, 'whole' | 'fraction'> | null {
  if (Math.abs(by) > maxWholeDigits + maxScale) return null;
  const digits = whole + fraction;
  const point = whole.length + by;
  if (point <= 0) return { whole: '', fraction: '0'.repeat(-point) + digits };
  return { whole: digits.slice(0, point).padEnd(point, '0'), fraction: digits.slice(point) };
}

const excess = /[1-9]/;

function holds({ precision, scale }: NumericShape, { whole, fraction }: Digits): boolean {
  if (scale >= 0) {
    if (fraction.length > scale && excess.test(fraction.slice(scale))) return false;
  } else if (excess.test(fraction) || excess.test(whole.slice(scale))) return false;
  if (whole.length > 0) return whole.length <= precision - scale;
  const first = fraction.search(excess);
  return first < 0 || -first <= precision - scale;
}

function special(text: string, shape: NumericShape | null, out: FieldBuffer): string | null {
  const word = /^(nan)$|^([+-]?)inf(?:inity)?$/i.exec(text);
  if (word === null) return state.noSuchText;
  const isNan = word[1] !== undefined;
  // A precision leaves no room for infinity.
  if (!isNan && shape !== null) return state.outOfRange;
  out.int16(0);
  out.int16(0);
  if (isNan) out.int16(sign.nan);
  else out.int16(word[2] === '-' ? sign.minusInfinity : sign.infinity);
  out.int16(isNan ? 0 : scaleOfInfinity);
  return null;
}

/** Groups of four around the point, without groups of zeros at either end. */
function writeDigits({ isNegative, whole, fraction }: Digits, scale: number, out: FieldBuffer): void {
  const wholeGroups = Math.ceil(whole.length / groupDigits);
  const groups = wholeGroups + Math.ceil(fraction.length / groupDigits);
  out.reserve(headerBytes + groups * 2);
  const header = out.place;
  out.skip(headerBytes);
  let written = 0;
  let pending = 0;
  let weight = 0;
  for (let i = 0; i < groups; i++) {
    const group =
      i < wholeGroups
        ? groupEndingAt(whole, whole.length - (wholeGroups - 1 - i) * 4)
        : groupFrom(fraction, (i - wholeGroups) * 4);
    if (group === 0) {
      if (written > 0) pending++;
      continue;
    }
    if (written === 0) weight = wholeGroups - 1 - i;
    for (; pending > 0; pending--, written++) out.int16(0);
    out.int16(group);
    written++;
  }
  out.int16At(header, written);
  out.int16At(header + 2, weight);
  out.int16At(header + 4, isNegative && written > 0 ? sign.minus : sign.plus);
  out.int16At(header + 6, scale);
}

function groupEndingAt(digits: string, end: number): number {
  let group = 0;
  for (let i = Math.max(0, end - groupDigits); i < end; i++) group = group * 10 + digits.charCodeAt(i) - 0x30;
  return group;
}

function groupFrom(digits: string, start: number): number {
  let group = 0;
  for (let i = start; i < start + groupDigits; i++)
    group = group * 10 + (i < digits.length ? digits.charCodeAt(i) - 0x30 : 0);
  return group;
}
