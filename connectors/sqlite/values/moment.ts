import type { Kind } from '../../../core/model/schema.ts';
import { momentText } from '../../sql/written-moment.ts';
import type { Form } from '../types.ts';

const day = 86_400_000_000n;
/** Microseconds from the Julian epoch to 1970 (`iJD` in SQLite's date.c). */
const julianOf1970 = 210_866_760_000_000_000n;
/** The last moment of the year 9999, where SQLite's own date functions end. */
const [first, last] = [-62_167_219_200_000_000n, 253_402_300_799_999_999n];

const perUnit = { seconds: 1_000_000n, milliseconds: 1_000n, microseconds: 1n } as const;

/** A form that counts from a date. */
export type Unit = keyof typeof perUnit | 'julian';

/** Microseconds since 1970; null outside the years 0 to 9999, or where a fraction has more digits than a microsecond. */
export function microsecondsOf(cell: number | bigint, unit: Unit): bigint | null {
  const moment = unit === 'julian' ? ofJulianDay(Number(cell)) : ofEpoch(cell, perUnit[unit]);
  return moment === null || moment < first || moment > last ? null : moment;
}

/** SQLite rounds a Julian day to a millisecond, since its reals have no more digits. */
function ofJulianDay(days: number): bigint | null {
  if (!(days >= 0 && days < 5_373_485)) return null;
  return BigInt(Math.trunc(days * 86_400_000 + 0.5)) * 1000n - julianOf1970;
}

/** The fraction of a real is rounded to the microsecond that it was made from. */
function ofEpoch(cell: number | bigint, factor: bigint): bigint | null {
  if (typeof cell === 'bigint' || Number.isInteger(cell)) return BigInt(cell) * factor;
  if (!Number.isFinite(cell)) return null;
  const whole = Math.floor(cell);
  return BigInt(whole) * factor + BigInt(Math.round((cell - whole) * Number(factor)));
}

/** Reads a number of a column with this form, as canonical text of the kind. */
export function momentOfNumber(cell: number | bigint, kind: Kind, form: Form | null): string | undefined {
  const [unit = ''] = form?.split(' ') ?? [];
  if (unit !== 'julian' && !(unit in perUnit)) return undefined;
  const moment = microsecondsOf(cell, unit as Unit);
  if (moment === null) return undefined;
  if (kind === 'date') return isMidnight(moment) ? isoOf(moment).slice(0, 10) : undefined;
  return `${isoOf(moment)}+00`;
}

/** Whether a moment is the beginning of a day in UTC. */
export function isMidnight(moment: bigint): boolean {
  return moment % day === 0n;
}

/** `2020-01-01 10:00:00.000001` */
function isoOf(moment: bigint): string {
  const micros = ((moment % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(Number((moment - micros) / 1000n)).toISOString().slice(0, 19).replace('T', ' ');
  const fraction = micros === 0n ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`;
  return seconds + fraction;
}

/** Reads a date or time as text, as SQLite's date functions do: a text without a zone is in UTC where the column has zones. */
export function momentOfText(text: string, kind: Kind): string | undefined {
  const trimmed = text.trim();
  if (kind !== 'timestamptz') return momentText(kind, trimmed);
  const zoned = momentText(kind, trimmed);
  if (zoned !== undefined) return zoned;
  const plain = momentText('timestamp', trimmed);
  return plain?.replace(/(?= BC$)|$/, '+00');
}
