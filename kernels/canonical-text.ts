import type { ColumnType, Kind } from '../core/model/schema.ts';
import type { Kernel, Pair } from './kernel.ts';
import { numbers } from './kernel-selection.ts';
import {
  A_DATE,
  A_TIME,
  A_TIMESTAMP,
  A_TIMESTAMPTZ,
  DECIMAL_TEXT,
  FLOAT_TEXT,
  INTEGER_TEXT,
  MAX_SCALE,
  type NUMERIC,
  TIME_TEXT,
  UUID_TEXT,
} from './layout.ts';

/** Sources whose cells hold integers in digits. */
export const integers: ReadonlySet<Kind> = new Set(['int16', 'int32', 'int64', 'uint64']);
/** Digits that a decimal may have to be sure that it is the shortest text of the float that it names. */
const sureDigits: Partial<Record<Kind, number>> = { float32: 6, float64: 15 };
const timeKinds: Partial<Record<Kind, number>> = {
  time: A_TIME,
  date: A_DATE,
  timestamp: A_TIMESTAMP,
  timestamptz: A_TIMESTAMPTZ,
};
/** Of 2⁶⁴ − 1. */
const MOST_DIGITS = 20;
const FRACTION = 6;

/**
 * Writes the canonical text of what the rule gives, for the kinds whose text is ASCII and needs no escape anywhere; null
 * where there is no kernel. `text` is not among them, since each format writes it differently.
 */
export function canonicalText(pair: Pair): Kernel | null {
  const { operation, source } = pair;
  if (operation.name === 'amount') return decimal(pair, DECIMAL_TEXT);
  if (operation.name === 'id' || operation.name === 'reference') return null;
  const digits = sureDigits[source.kind];
  if (digits !== undefined) return { code: FLOAT_TEXT, first: digits };
  if (integers.has(source.kind) && scaleOf(pair) === null) return { code: INTEGER_TEXT, first: MOST_DIGITS };
  if (source.kind === 'decimal' || integers.has(source.kind)) return decimal(pair, DECIMAL_TEXT);
  if (source.kind === 'uuid') return { code: UUID_TEXT };
  return moment(pair, TIME_TEXT);
}

/** The kernel of a decimal with the column's and the rule's digits; null where the scale is out of range. */
export function decimal(pair: Pair, code: typeof DECIMAL_TEXT | typeof NUMERIC): Kernel | null {
  const { operation, source, target } = pair;
  const scale = scaleOf(pair);
  if (scale !== null && (scale < 0 || scale > MAX_SCALE)) return null;
  const room = target.kind === 'decimal' ? wholeDigits(target) : null;
  if (operation.name !== 'amount') return decimalKernel(code, scale, room, false, null);
  const whole = Math.min(operation.precision - operation.scale, room ?? Number.POSITIVE_INFINITY);
  return decimalKernel(code, scale, whole, true, sureDigits[source.kind] ?? null);
}

/** `whole`: most digits before the point; null: any number. The rest as `assembly/decimal.ts` has it. */
function decimalKernel(
  code: number,
  scale: number | null,
  whole: number | null,
  cuts: boolean,
  digits: number | null,
): Kernel | null {
  // numeric(2,5) has no room for a digit before the point, and not for the first ones behind it.
  if (whole !== null && whole < 0) return null;
  return { code, first: scale ?? -1, second: whole ?? -1, third: ((digits ?? -1) << 1) | Number(cuts) };
}

function scaleOf({ operation }: Pair): number | null {
  return operation.name === 'carry' || operation.name === 'amount' ? operation.scale : null;
}

function wholeDigits({ precision, scale = 0 }: ColumnType): number | null {
  return precision === undefined ? null : precision - scale;
}

/** The kernel of a date or time with the column's and the rule's digits; null where the source has another kind. */
export function moment({ operation, source, target }: Pair, code: number): Kernel | null {
  const second = timeKinds[source.kind];
  if (second === undefined) return null;
  const most = timeKinds[target.kind] === undefined ? FRACTION : (target.scale ?? FRACTION);
  const sentinels = operation.name === 'date' ? operation.sentinels : [];
  return { code, first: Math.min(most, source.scale ?? FRACTION), second, data: numbers(sentinels.map(dayOf)) };
}

/** year · 10,000 + month · 100 + day; 0, which is not a day, for a text that no plain date can equal. */
function dayOf(text: string): number {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? Number(text.replaceAll('-', '')) : 0;
}
