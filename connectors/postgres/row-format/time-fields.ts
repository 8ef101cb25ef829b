import type { FieldBuffer } from './field-buffer.ts';
import { type FieldEncoder, state, textOf } from './field-encoder.ts';

const microsPerDay = 86_400_000_000;
/** 2³² · 20 + this is a day in microseconds. */
const dayHigh = 20;
const dayLow = microsPerDay - dayHigh * 2 ** 32;

/** Days from 2000-01-01: 4714-11-24 BC, and the last ones that PostgreSQL has for dates and for timestamps. */
const firstDay = -2_451_545;
const lastDay = 2_145_031_948;
const lastTimestampDay = 106_751_982;

/** `infinity` and `-infinity` are the ends of the integer. */
const infinities: Readonly<Record<string, boolean>> = { infinity: true, '-infinity': false };

const calendar = /^(\d{4,7})-(\d\d)-(\d\d)(?: (\d\d:\d\d:\d\d(?:\.\d+)?)(\+00)?)?( BC)?$/;
const clock = /^(-?)(\d\d\d?):(\d\d):(\d\d)(?:\.(\d+))?$/;

/** A date, or a timestamp at midnight; another time would be lost. */
export const dateField: FieldEncoder = (value, out) => {
  const text = textOf(value);
  const upwards = infinities[text];
  if (upwards !== undefined) {
    out.int32(upwards ? 0x7fffffff : -0x80000000);
    return null;
  }
  const parts = calendar.exec(text);
  if (parts === null || parts[5] !== undefined) return state.noDate;
  const day = dayOf(parts);
  if (day === null || day < firstDay || day > lastDay) return state.dateOutOfRange;
  if (parts[4] !== undefined && microsOf(parts[4], maxFraction) !== 0) return state.dateOutOfRange;
  out.int32(day);
  return null;
};

/** Digits of a fraction that PostgreSQL keeps at most. */
const maxFraction = 6;

/** The digits of a fraction that a column keeps, by its modifier. */
export function fractionOf(typmod: number): number {
  return typmod < 0 ? maxFraction : typmod;
}

/** A time of one day, 24:00:00 included. */
export function timeField(fraction: number): FieldEncoder {
  return (value, out) => {
    const text = textOf(value);
    const micros = microsOf(text, fraction);
    if (micros === null) return stateOfTime(text);
    out.int64(micros);
    return null;
  };
}

/** PostgreSQL takes what follows a minus for a zone, which reaches 15 hours. */
function stateOfTime(text: string): string {
  const parts = clock.exec(text);
  if (parts === null) return state.noDate;
  if (parts[1] === '') return state.dateOutOfRange;
  return Number(parts[2]) > 15 ? state.zoneOutOfRange : state.noDate;
}

/** With a zone, the text must say `+00`; without one, a date is its midnight. */
export function timestampField(hasZone: boolean, fraction: number): FieldEncoder {
  return (value, out) => {
    const text = textOf(value);
    const upwards = infinities[text];
    if (upwards !== undefined) {
      out.int32(upwards ? 0x7fffffff : -0x80000000);
      out.int32(upwards ? -1 : 0);
      return null;
    }
    const parts = calendar.exec(text);
    if (parts === null) return state.noDate;
    const day = dayOf(parts);
    if (day === null || day < firstDay || day > lastTimestampDay) return state.dateOutOfRange;
    if ((parts[5] !== undefined) !== hasZone) return state.noDate;
    const micros = parts[4] === undefined ? 0 : microsOf(parts[4], fraction);
    if (micros === null || micros === microsPerDay) return state.dateOutOfRange;
    writeTimestamp(day, micros, out);
    return null;
  };
}

/** The product leaves the doubles that are exact from the year 48000 on. */
function writeTimestamp(day: number, micros: number, out: FieldBuffer): void {
  const low = day * dayLow + micros;
  if (Number.isSafeInteger(low)) out.int64(low, day * dayHigh);
  else out.bigint64(BigInt(day) * BigInt(microsPerDay) + BigInt(micros));
}

/** The day from 2000-01-01 in the proleptic Gregorian calendar; null when there is no such day. */
function dayOf(parts: RegExpExecArray): number | null {
  const digits = Number(parts[1]);
  const month = Number(parts[2]);
  const day = Number(parts[3]);
  // There is no year 0: 0001 BC comes before 0001.
  const year = parts[6] === undefined ? digits : 1 - digits;
  if (digits === 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  // March is the first month, so that the leap day is the last of its year.
  const shifted = month > 2 ? year : year - 1;
  const fromMarch = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leapDays + fromMarch - daysToMarch2000 + daysToMarch;
}

/** From 0000-03-01 to 2000-03-01, and from 2000-01-01 to there. */
const daysToMarch2000 = 730_485;
const daysToMarch = 60;

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** Microseconds of a time of day; null when it is none, or has more digits than are kept. */
function microsOf(text: string, fraction: number): number | null {
  const parts = clock.exec(text);
  if (parts === null || parts[1] !== '' || (parts[2] as string).length > 2) return null;
  const minutes = Number(parts[3]);
  const seconds = Number(parts[4]);
  if (minutes > 59 || seconds > 59) return null;
  const digits = parts[5] ?? '';
  if (digits.length > fraction && /[1-9]/.test(digits.slice(fraction))) return null;
  const part = digits === '' ? 0 : Number(digits.slice(0, maxFraction).padEnd(maxFraction, '0'));
  const micros = (Number(parts[2]) * 3600 + minutes * 60 + seconds) * 1_000_000 + part;
  return micros > microsPerDay ? null : micros;
}
