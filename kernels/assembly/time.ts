import { A_DATE, A_TIME, A_TIMESTAMPTZ, WORD } from '../layout';
import { copy, UNPLAIN } from './cells';

/**
 * Dates and times of day at fixed places: `2020-02-29`, `23:59:59.500000`, `2020-02-29 23:59:59.5`, perhaps with `+00`.
 * Years 0001 to 9999, days that exist. Zero dates, sentinels, BC, infinity and `838:59:59` are not plain.
 */

const PLUS: u8 = 43;
const HYPHEN: u8 = 45;
const POINT: u8 = 46;
const COLON: u8 = 58;
const BLANK: u8 = 32;
const ZERO: u8 = 48;
const daysInMonth = memory.data<u8>([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
/** Days from 1 March of the year 0 to 2000-01-01, where PostgreSQL begins to count. */
const EPOCH_DAYS = 730_425;
const DATE_BYTES: usize = 10;
const TIME_BYTES: usize = 8;
const SECONDS_A_DAY: i64 = 86_400;
const MICROS_A_SECOND: i64 = 1_000_000;
/** Neither a date nor a time of day. */
const BAD = -1;

/** Two digits as a number; over 99 when they are not digits. */
function twoDigits(at: usize): i32 {
  const tens = <u8>(load<u8>(at) - ZERO);
  const ones = <u8>(load<u8>(at, 1) - ZERO);
  return tens > 9 || ones > 9 ? 100 : <i32>tens * 10 + ones;
}

/** year · 10,000 + month · 100 + day of the ten bytes there; `BAD` when they are not a valid day. */
function readDate(at: usize, end: usize): i32 {
  if (end - at < DATE_BYTES || load<u8>(at, 4) !== HYPHEN || load<u8>(at, 7) !== HYPHEN) return BAD;
  const century = twoDigits(at);
  const ofCentury = twoDigits(at + 2);
  const month = twoDigits(at + 5);
  const day = twoDigits(at + 8);
  const year = century * 100 + ofCentury;
  if (century > 99 || ofCentury > 99 || year === 0) return BAD;
  if (month < 1 || month > 12 || day < 1 || day > <i32>load<u8>(daysInMonth + month - 1)) return BAD;
  if (month === 2 && day === 29 && !isLeap(year)) return BAD;
  return year * 10_000 + month * 100 + day;
}

function isLeap(year: i32): bool {
  return (year & 3) === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days since 2000-01-01 in the proleptic Gregorian calendar, years counted from March. */
function daysOf(date: i32): i32 {
  const day = date % 100;
  const month = (date / 100) % 100;
  const year = date / 10_000;
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1 - EPOCH_DAYS;
}

/** Seconds of the day of the eight bytes there; `BAD` when they are not a time of day. */
function readSeconds(at: usize, end: usize): i32 {
  if (end < at + TIME_BYTES || load<u8>(at, 2) !== COLON || load<u8>(at, 5) !== COLON) return BAD;
  const hours = twoDigits(at);
  const minutes = twoDigits(at + 3);
  const seconds = twoDigits(at + 6);
  return hours > 23 || minutes > 59 || seconds > 59 ? BAD : hours * 3600 + minutes * 60 + seconds;
}

/** The end of the fraction that counts, without its zeros; `at` when there is none, `UNPLAIN` when it is not a fraction. */
function fractionEnd(at: usize, end: usize, scale: i32): usize {
  if (at === end) return at;
  if (load<u8>(at) !== POINT || at + 1 === end || <i32>(end - at - 1) > scale) return UNPLAIN;
  let kept = at;
  for (let i = at + 1; i < end; i++) {
    const byte = load<u8>(i);
    if (<u8>(byte - ZERO) > 9) return UNPLAIN;
    if (byte !== ZERO) kept = i + 1;
  }
  return kept;
}

function readMicros(at: usize, end: usize): i64 {
  let micros: i64 = 0;
  for (let i = at + 1; i < at + 7; i++) micros = micros * 10 + (i < end ? <i64>(load<u8>(i) - ZERO) : 0);
  return micros;
}

/** Before `+00`, where that is written. */
function withoutZone(start: usize, end: usize): usize {
  const at = end - 3;
  if (end < start + 3 || load<u8>(at) !== PLUS) return end;
  return load<u8>(at, 1) === ZERO && load<u8>(at, 2) === ZERO ? at : end;
}

/** Whether the rule makes the day null. `days`: their number, then each as `readDate` gives it. */
function isSentinel(days: usize, date: i32): bool {
  for (let left = load<i32>(days); left > 0; left--) {
    days += WORD;
    if (load<i32>(days) === date) return true;
  }
  return false;
}

/** A `date` without its length. */
export function date(start: usize, end: usize, at: usize, sentinels: usize): usize {
  const day = readDate(start, end);
  if (end - start !== DATE_BYTES || day === BAD || isSentinel(sentinels, day)) return UNPLAIN;
  store<u32>(at, bswap<u32>(<u32>daysOf(day)));
  return at + 4;
}

/** A `time` without its length. `scale`: most digits of the fraction. */
export function time(start: usize, end: usize, at: usize, scale: i32): usize {
  const seconds = readSeconds(start, end);
  if (seconds === BAD) return UNPLAIN;
  const kept = fractionEnd(start + TIME_BYTES, end, scale);
  if (kept === UNPLAIN) return UNPLAIN;
  return writeMicros(seconds, readMicros(start + TIME_BYTES, kept), at);
}

/** A `timestamp` without its length, or a `timestamptz`. */
export function timestamp(start: usize, end: usize, at: usize, scale: i32, kind: i32, sentinels: usize): usize {
  const day = readDate(start, end);
  if (day === BAD || end === start + DATE_BYTES || load<u8>(start, DATE_BYTES) !== BLANK) return UNPLAIN;
  const stop = kind === A_TIMESTAMPTZ ? withoutZone(start, end) : end;
  const clock = start + DATE_BYTES + 1;
  const seconds = readSeconds(clock, stop);
  if (seconds === BAD || isSentinel(sentinels, day)) return UNPLAIN;
  const kept = fractionEnd(clock + TIME_BYTES, stop, scale);
  if (kept === UNPLAIN) return UNPLAIN;
  return writeMicros(<i64>daysOf(day) * SECONDS_A_DAY + seconds, readMicros(clock + TIME_BYTES, kept), at);
}

function writeMicros(seconds: i64, micros: i64, at: usize): usize {
  store<u64>(at, bswap<u64>(<u64>(seconds * MICROS_A_SECOND + micros)));
  return at + 8;
}

/** The canonical text of any of them. */
export function timeText(start: usize, end: usize, at: usize, scale: i32, kind: i32, sentinels: usize): usize {
  const kept = kind === A_TIME ? textEnd(start, end, scale) : datedEnd(start, end, scale, kind, sentinels);
  if (kept === UNPLAIN) return UNPLAIN;
  const next = copy(start, kept - start, at);
  if (kind !== A_TIMESTAMPTZ) return next;
  store<u8>(next, PLUS);
  store<u8>(next, ZERO, 1);
  store<u8>(next, ZERO, 2);
  return next + 3;
}

/** Where the text of a date or timestamp ends, its fraction's zeros left out. */
function datedEnd(start: usize, end: usize, scale: i32, kind: i32, sentinels: usize): usize {
  const day = readDate(start, end);
  if (day === BAD || isSentinel(sentinels, day)) return UNPLAIN;
  const dateEnd = start + DATE_BYTES;
  if (kind === A_DATE) return end === dateEnd ? end : UNPLAIN;
  if (end === dateEnd || load<u8>(dateEnd) !== BLANK) return UNPLAIN;
  return textEnd(dateEnd + 1, kind === A_TIMESTAMPTZ ? withoutZone(start, end) : end, scale);
}

function textEnd(at: usize, end: usize, scale: i32): usize {
  return readSeconds(at, end) === BAD ? UNPLAIN : fractionEnd(at + TIME_BYTES, end, scale);
}
