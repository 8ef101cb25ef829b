import { copyOf, type Kernel, unplain, writeInt32, writeInt64 } from './kernel.ts';

/**
 * Dates and times of day at fixed places: `2020-02-29`, `23:59:59.500000`, `2020-02-29 23:59:59.5`, perhaps with `+00`.
 * Years 0001 to 9999, days that exist. Zero dates, sentinels, BC, infinity and `838:59:59` are not plain.
 */

const [plus, hyphen, colon, point, blank, zero] = [43, 45, 58, 46, 32, 48];
const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days from 1 March of the year 0 to 2000-01-01, where PostgreSQL begins to count. */
const EPOCH_DAYS = 730_425;
const DATE_BYTES = 10;
const TIME_BYTES = 8;
const SECONDS_A_DAY = 86_400;
const MICROS_A_SECOND = 1_000_000;
const bad = Number.NaN;

/** Two digits as a number; negative or over 99 when they are none. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - zero;
  const ones = (bytes[at + 1] as number) - zero;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? 100 : tens * 10 + ones;
}

/** year · 10,000 + month · 100 + day of the ten bytes there; NaN when they are no such day. */
function readDate(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < DATE_BYTES || bytes[at + 4] !== hyphen || bytes[at + 7] !== hyphen) return bad;
  const century = twoDigits(bytes, at);
  const ofCentury = twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  const year = century * 100 + ofCentury;
  if (century > 99 || ofCentury > 99 || year === 0) return bad;
  if (month < 1 || month > 12 || day < 1 || day > (daysInMonth[month - 1] as number)) return bad;
  if (month === 2 && day === 29 && !isLeap(year)) return bad;
  return year * 10_000 + month * 100 + day;
}

function isLeap(year: number): boolean {
  return (year & 3) === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days since 2000-01-01 in the proleptic Gregorian calendar, years counted from March. */
function daysOf(date: number): number {
  const day = date % 100;
  const month = ((date - day) / 100) % 100;
  const year = (date / 10_000) | 0;
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  const days = ((m * 153 + 2) / 5) | 0;
  return y * 365 + ((y / 4) | 0) - ((y / 100) | 0) + ((y / 400) | 0) + days + day - 1 - EPOCH_DAYS;
}

/** Seconds of the day of the eight bytes there; NaN when they are no time of day. */
function readSeconds(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < TIME_BYTES || bytes[at + 2] !== colon || bytes[at + 5] !== colon) return bad;
  const hours = twoDigits(bytes, at);
  const minutes = twoDigits(bytes, at + 3);
  const seconds = twoDigits(bytes, at + 6);
  return hours > 23 || minutes > 59 || seconds > 59 ? bad : hours * 3600 + minutes * 60 + seconds;
}

/** The end of the fraction that counts, without its zeros; `at` when there is none, -1 when it is no fraction. */
function fractionEnd(bytes: Uint8Array, at: number, end: number, scale: number): number {
  if (at === end) return at;
  if (bytes[at] !== point || at + 1 === end || end - at - 1 > scale) return unplain;
  let kept = at;
  for (let i = at + 1; i < end; i++) {
    const digit = (bytes[i] as number) - zero;
    if (digit < 0 || digit > 9) return unplain;
    if (digit !== 0) kept = i + 1;
  }
  return kept;
}

function readMicros(bytes: Uint8Array, at: number, end: number): number {
  let micros = 0;
  for (let i = at + 1; i < at + 7; i++) micros = micros * 10 + (i < end ? (bytes[i] as number) - zero : 0);
  return micros;
}

/** Before `+00`, where that is written. */
function withoutZone(bytes: Uint8Array, start: number, end: number): number {
  const at = end - 3;
  return at > start && bytes[at] === plus && bytes[at + 1] === zero && bytes[at + 2] === zero ? at : end;
}

/** What the target and the rule ask of a date or time. */
export interface TimeShape {
  readonly kind: 'date' | 'time' | 'timestamp' | 'timestamptz';
  /** Most digits of the fraction. */
  readonly scale: number;
  /** Days, as `readDate` gives them, that the rule makes null. */
  readonly sentinels: readonly number[];
}

/** The shape of these; a sentinel that is no plain date is none that a plain date could be equal to. */
export function timeShape(kind: TimeShape['kind'], scale: number, sentinels: readonly string[]): TimeShape {
  const days = sentinels
    .filter((text) => text.length === DATE_BYTES)
    .map((text) => readDate(new TextEncoder().encode(text), 0, DATE_BYTES));
  return { kind, scale, sentinels: days };
}

/** A `date` without its length. */
export function dateBinary({ sentinels }: TimeShape): Kernel {
  return (bytes, start, end, out, at) => {
    const date = readDate(bytes, start, end);
    if (end - start !== DATE_BYTES || Number.isNaN(date) || sentinels.includes(date)) return unplain;
    writeInt32(daysOf(date), out, at);
    return at + 4;
  };
}

/** A `time` without its length. */
export function timeBinary({ scale }: TimeShape): Kernel {
  return (bytes, start, end, out, at) => {
    const seconds = readSeconds(bytes, start, end);
    if (Number.isNaN(seconds)) return unplain;
    const kept = fractionEnd(bytes, start + TIME_BYTES, end, scale);
    if (kept < 0) return unplain;
    return writeMicros(seconds, readMicros(bytes, start + TIME_BYTES, kept), out, at);
  };
}

/** A `timestamp` or `timestamptz` without its length. */
export function timestampBinary({ kind, scale, sentinels }: TimeShape): Kernel {
  return (bytes, start, end, out, at) => {
    const date = readDate(bytes, start, end);
    const stop = kind === 'timestamptz' ? withoutZone(bytes, start, end) : end;
    const seconds = readSeconds(bytes, start + DATE_BYTES + 1, stop);
    if (Number.isNaN(date) || Number.isNaN(seconds) || bytes[start + DATE_BYTES] !== blank) return unplain;
    if (sentinels.length > 0 && sentinels.includes(date)) return unplain;
    const fraction = start + DATE_BYTES + 1 + TIME_BYTES;
    const kept = fractionEnd(bytes, fraction, stop, scale);
    if (kept < 0) return unplain;
    return writeMicros(daysOf(date) * SECONDS_A_DAY + seconds, readMicros(bytes, fraction, kept), out, at);
  };
}

/** seconds · 10⁶ + micros in 64 bits, which pass 2⁵³ before 1715 and after 2285: 16 bits of the seconds apart. */
function writeMicros(seconds: number, micros: number, out: Uint8Array, at: number): number {
  const upper = Math.floor(seconds / 0x10000);
  const above = upper * MICROS_A_SECOND;
  const below = (seconds - upper * 0x10000) * MICROS_A_SECOND + micros;
  const high = Math.floor(above / 0x10000);
  const low = (above - high * 0x10000) * 0x10000 + below;
  const carry = Math.floor(low / 0x100000000);
  writeInt64(high + carry, low - carry * 0x100000000, out, at);
  return at + 8;
}

const zone = Uint8Array.of(plus, zero, zero);

/** The canonical text of any of them. */
export function timeText(shape: TimeShape): Kernel {
  return (bytes, start, end, out, at) => {
    const kept = shape.kind === 'time' ? textEnd(bytes, start, end, shape) : datedEnd(bytes, start, end, shape);
    if (kept < 0) return unplain;
    for (let i = start; i < kept; i++) out[at++] = bytes[i] as number;
    return shape.kind === 'timestamptz' ? copyOf(zone, out, at) : at;
  };
}

/** Where the text of a date or timestamp ends, its fraction's zeros left out. */
function datedEnd(bytes: Uint8Array, start: number, end: number, shape: TimeShape): number {
  const date = readDate(bytes, start, end);
  if (Number.isNaN(date) || shape.sentinels.includes(date)) return unplain;
  const dateEnd = start + DATE_BYTES;
  if (shape.kind === 'date') return end === dateEnd ? end : unplain;
  if (bytes[dateEnd] !== blank) return unplain;
  return textEnd(bytes, dateEnd + 1, shape.kind === 'timestamptz' ? withoutZone(bytes, start, end) : end, shape);
}

function textEnd(bytes: Uint8Array, at: number, end: number, { scale }: TimeShape): number {
  return Number.isNaN(readSeconds(bytes, at, end)) ? unplain : fractionEnd(bytes, at + TIME_BYTES, end, scale);
}
