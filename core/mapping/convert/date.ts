import { Adjusted, type Converter } from '../../model/value.ts';

export interface DatePolicy {
  /** Dates that the legacy programs write for "not known"; they become null, adjustment `sentinel-date`. */
  readonly sentinels?: readonly string[];
}

/**
 * A date or timestamp, with the two ways in which MySQL writes "none": `'0000-00-00'` and a date with a zero month or
 * day, `'2020-00-15'`, become null, adjustment `zero-date`. Any other text is carried.
 */
export function dateOf(policy: DatePolicy = {}): Converter {
  const sentinels = policy.sentinels ?? [];
  return (value) => {
    const text = value as string;
    if (isZeroDate(text)) return new Adjusted(null, 'zero-date');
    if (sentinels.length > 0 && sentinels.includes(text.slice(0, 10)) && !isOtherEra(text))
      return new Adjusted(null, 'sentinel-date');
    return text;
  };
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

/** A date as the timestamp at its beginning: `'2020-02-29'` → `'2020-02-29 00:00:00'`. The infinities are carried. */
export const timestampOfDate: Converter = (value) => {
  const text = value as string;
  if (text.endsWith('infinity')) return text;
  return isOtherEra(text) ? `${text.slice(0, -' BC'.length)} 00:00:00 BC` : `${text} 00:00:00`;
};

/** PostgreSQL marks the years before 1 at the very end: `0044-03-15 BC`. */
function isOtherEra(text: string): boolean {
  return text.endsWith(' BC');
}

/** Year, month or day of zero at the fixed places of `YYYY-MM-DD`. */
function isZeroDate(text: string): boolean {
  if (text.charCodeAt(4) !== 45) return false;
  return text.startsWith('00', 5) || text.startsWith('00', 8) || text.startsWith('0000');
}
