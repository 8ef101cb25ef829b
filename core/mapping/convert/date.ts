import type { Kind } from '../../model/schema.ts';
import { Adjusted, type Converter } from '../../model/value.ts';

export interface DatePolicy {
  /** Dates that the legacy programs write for "not known"; they become null, adjustment `sentinel-date`. */
  readonly sentinels?: readonly string[];
  /** The date, `YYYY-MM-DD`, that a zero date becomes instead of null, for a NOT NULL column. A timestamp is its beginning. */
  readonly zero?: string;
}

/**
 * A date or timestamp, with the two ways in which MySQL writes "none": `'0000-00-00'` and a date with a zero month or
 * day, `'2020-00-15'`, become null or the declared date, adjustment `zero-date`. Any other text is carried.
 * @param kind of the column: `date`, `timestamp` or `timestamptz`.
 */
export function dateOf({ sentinels = [], zero }: DatePolicy = {}, kind: Kind = 'date'): Converter {
  const instead = zero === undefined ? null : beginningOf(zero, kind);
  return (value) => {
    const text = value as string;
    if (isZeroDate(text)) return new Adjusted(instead, 'zero-date');
    if (sentinels.length > 0 && sentinels.includes(text.slice(0, 10)) && !isOtherEra(text))
      return new Adjusted(null, 'sentinel-date');
    return text;
  };
}

/** Whether a date or timestamp may become null by this policy. */
export function mayBecomeNull({ sentinels, zero }: DatePolicy): boolean {
  return zero === undefined || sentinels !== undefined;
}

/** What a rule tells of its policy in lineage and fingerprint. */
export function dateDetail({ sentinels, zero }: DatePolicy): { readonly detail?: string } {
  const parts = [
    ...(sentinels === undefined ? [] : [`sentinels ${sentinels.join(', ')}`]),
    ...(zero === undefined ? [] : [`zero dates become ${zero}`]),
  ];
  return parts.length === 0 ? {} : { detail: parts.join('; ') };
}

function beginningOf(day: string, kind: Kind): string {
  if (kind === 'date') return day;
  return kind === 'timestamp' ? `${day} 00:00:00` : `${day} 00:00:00+00`;
}

/**
 * A timestamp without a zone that programs keep in UTC, as the moment that it means, whatever zone a session is in:
 * `'2024-03-31 02:30:00.5'` → `'2024-03-31 02:30:00.5+00'`. The infinities are of no zone and are carried.
 */
export const momentOfUtc: Converter = (value) => {
  const text = value as string;
  if (text.endsWith('infinity')) return text;
  return isOtherEra(text) ? `${text.slice(0, -' BC'.length)}+00 BC` : `${text}+00`;
};

/** A date as the moment at which it begins in UTC: `'2020-02-29'` → `'2020-02-29 00:00:00+00'`. */
export const momentOfDate: Converter = (value) => momentOfUtc(timestampOfDate(value) as string);

/** A date as the timestamp at its beginning: `'2020-02-29'` → `'2020-02-29 00:00:00'`. The infinities are carried. */
export const timestampOfDate: Converter = (value) => {
  const text = value as string;
  if (text.endsWith('infinity')) return text;
  return isOtherEra(text) ? `${text.slice(0, -' BC'.length)} 00:00:00 BC` : `${text} 00:00:00`;
};

/**
 * A time that programs keep durations in, such as MySQL's TIME of up to 838:59:59, as interval prints it in ISO 8601:
 * `'838:59:59'` → `'PT838H59M59S'`, `'-00:00:01.5'` → `'PT-1.5S'`, `'00:00:00'` → `'PT0S'`.
 */
export const intervalOfTime: Converter = (value) => {
  const text = value as string;
  const sign = text.startsWith('-') ? '-' : '';
  const [hours = '', minutes = '', seconds = ''] = text.replace('-', '').split(':');
  const parts = [
    [hours, 'H'],
    [minutes, 'M'],
    [seconds, 'S'],
  ] as const;
  const written = parts.flatMap(([digits, unit]) =>
    /[1-9]/.test(digits) ? [sign + digits.replace(/^0+(?=\d)/, '') + unit] : [],
  );
  return `PT${written.join('') || '0S'}`;
};

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a text is a day of the calendar, `YYYY-MM-DD`, of the years 1 to 9999. */
export function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = /^\d{4}-\d\d-\d\d$/.test(text) ? text.split('-').map(Number) : [];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = (daysOfMonth[month - 1] ?? 0) + (month === 2 && isLeap ? 1 : 0);
  return year > 0 && day > 0 && day <= last;
}

/** PostgreSQL marks the years before 1 at the very end: `0044-03-15 BC`. */
function isOtherEra(text: string): boolean {
  return text.endsWith(' BC');
}

/** Year, month or day of zero at the fixed places of `YYYY-MM-DD`. */
function isZeroDate(text: string): boolean {
  if (text.charCodeAt(4) !== 45) return false;
  return text.startsWith('00', 5) || text.startsWith('00', 8) || text.startsWith('0000');
}
