import type { Kind } from '../../core/model/schema.ts';

/** Date, time, fraction, zone and era of ISO 8601, with a blank for the T as SQL writes it, and the zone's name that stands for UTC. */
const moment =
  /^([+-]\d{6}|\d{4,6})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?(?: ?([Zz]|UTC|[+-]\d\d(?::?\d\d(?::?\d\d)?)?))?( BC)?$/;
const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(?:(\d\d)([.,]\d+)?)?((?:Z|[+-]\d\d(?:\d\d)?)?)$/;
const clock = /^[Tt]?(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?$/;

/** The parts of a moment as they are written. */
interface Moment {
  /** 0 is 1 BC if `isBc`, and else the year of a zero date. */
  readonly year: number;
  readonly isBc: boolean;
  readonly month: number;
  readonly day: number;
  readonly seconds: number;
  /** A point and the digits of the fraction, without zeros at the end; or empty. */
  readonly fraction: string;
  /** Seconds east of UTC; null when no zone is written. */
  readonly zone: number | null;
}

/**
 * Reads a date or time that another program wrote, as canonical text of the kind: `'2024-01-01T00:00:00.500'` →
 * `'2024-01-01 00:00:00.5'`, with a zone `'2024-01-01T00:00:00+02:00'` → `'2023-12-31 22:00:00+00'`. No zone is guessed:
 * a timestamp has none, and a timestamptz must have one.
 * @returns undefined when the text is not such a value, or has digits that would be lost.
 */
export function momentText(kind: Kind, text: string): string | undefined {
  if (kind === 'time') return clockText(text);
  const read = readMoment(text.replace(basic, extended));
  if (read === null) return undefined;
  switch (kind) {
    case 'date':
      return read.zone === null && read.seconds === 0 && read.fraction === '' ? dateText(read) : undefined;
    case 'timestamp':
      return read.zone === null ? timestampText(read) : undefined;
    case 'timestamptz': {
      const inUtc = read.zone === null ? undefined : timestampText({ ...read, seconds: read.seconds - read.zone });
      return inUtc?.replace(/(?= BC$)|$/, '+00');
    }
    default:
      return undefined;
  }
}

function extended(_: string, ...parts: (string | undefined)[]): string {
  const [year, month, day, hour, minute, second = '00', fraction = '', zone = ''] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${zone}`;
}

function clockText(text: string): string | undefined {
  const [, hour, minute, second, digits] = clock.exec(text) ?? [];
  const fraction = fractionText(digits);
  const seconds = secondsOf(hour, minute, second);
  if (hour === undefined || fraction === null || seconds === null || (seconds === daySeconds && fraction !== ''))
    return undefined;
  return `${hour}:${minute}:${second ?? '00'}${fraction}`;
}

function readMoment(text: string): Moment | null {
  const parts = moment.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second, digits, zone, era] = parts;
  const fraction = fractionText(digits);
  const seconds = secondsOf(hour, minute, second);
  if (fraction === null || seconds === null || (seconds === daySeconds && fraction !== '')) return null;
  const offset = zone === undefined ? null : offsetOf(zone);
  if (offset === undefined) return null;
  const counted = era === undefined ? Number(year) : 1 - Number(year);
  const isBc = era !== undefined || counted < 0;
  return { year: counted, isBc, month: Number(month), day: Number(day), seconds, fraction, zone: offset };
}

/** null when there are more digits than a microsecond has. */
function fractionText(digits = ''): string | null {
  const significant = digits.replace(/0+$/, '');
  if (significant.length > 6) return null;
  return significant === '' ? '' : `.${significant}`;
}

const daySeconds = 86_400;

/** Seconds since midnight; null when the time is out of range. `24:00:00` is the end of the day. */
function secondsOf(hour = '00', minute = '00', second = '00'): number | null {
  if (Number(minute) > 59 || Number(second) > 59) return null;
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  return seconds > daySeconds ? null : seconds;
}

/** Seconds east of UTC; undefined when the text is not an offset. */
function offsetOf(zone: string): number | undefined {
  if (/^(?:z|utc)$/i.test(zone)) return 0;
  const [hours = 0, minutes = 0, seconds = 0] = (zone.match(/\d\d/g) ?? []).map(Number);
  if (hours > 15 || minutes > 59 || seconds > 59) return undefined;
  return ((hours * 60 + minutes) * 60 + seconds) * (zone.startsWith('-') ? -1 : 1);
}

/** MySQL's zero dates among them, as long as the time does not move them. */
function timestampText(read: Moment): string | undefined {
  const moved = movedIntoDay(read);
  if (moved === null) return undefined;
  const { seconds, fraction } = moved;
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  const [date = '', era = ''] = dateText(moved).split(/(?= BC$)/);
  return `${date} ${time}${fraction}${era}`;
}

/** The same moment with seconds within its day; null when its date does not exist. */
function movedIntoDay(read: Moment): Moment | null {
  const days = Math.floor(read.seconds / daySeconds);
  if (days === 0) return read;
  const date = new Date(0);
  date.setUTCFullYear(read.year, read.month - 1, read.day);
  if (date.getUTCDate() !== read.day || date.getUTCMonth() !== read.month - 1) return null;
  date.setUTCDate(read.day + days);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return { ...read, year, isBc: year < 1, month, day, seconds: read.seconds - days * daySeconds };
}

function dateText({ year, isBc, month, day }: Moment): string {
  const shown = isBc ? 1 - year : year;
  return `${String(shown).padStart(4, '0')}-${two(month)}-${two(day)}${isBc ? ' BC' : ''}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
