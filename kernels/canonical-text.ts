import type { ColumnType, Kind } from '../core/schema.ts';
import { type DecimalShape, decimalText } from './decimal.ts';
import { floatText } from './float.ts';
import { integerText } from './integer.ts';
import { type Kernel, MAX_SCALE, type Pair } from './kernel.ts';
import { type TimeShape, timeShape, timeText } from './time.ts';
import { uuidText } from './uuid.ts';

/** Sources whose cells hold integers in digits. */
export const integers: ReadonlySet<Kind> = new Set(['int16', 'int32', 'int64', 'uint64']);
const floats: ReadonlySet<Kind> = new Set(['float32', 'float64']);
const times: ReadonlySet<Kind> = new Set(['date', 'time', 'timestamp', 'timestamptz']);
/** Of 2⁶⁴ − 1. */
const MOST_DIGITS = 20;
const FRACTION = 6;

/**
 * Writes the canonical text of what the rule gives, for the kinds whose text is ASCII and needs no escape anywhere; null
 * where there is no kernel. `text` is not among them: how that is written is the format's own.
 */
export function canonicalText(pair: Pair): Kernel | null {
  const { operation, source } = pair;
  if (operation.name === 'amount') return orNull(decimalShape(pair), decimalText);
  if (operation.name === 'id' || operation.name === 'reference') return null;
  if (source.kind === 'float32' || source.kind === 'float64') return floatText(source.kind);
  if (integers.has(source.kind) && scaleOf(pair) === null) return integerText(MOST_DIGITS);
  if (source.kind === 'decimal' || integers.has(source.kind)) return orNull(decimalShape(pair), decimalText);
  if (source.kind === 'uuid') return uuidText;
  return orNull(timeShapeOf(pair), timeText);
}

/** How a decimal must look; null where the rule makes none, or one of an unusual scale. */
export function decimalShape(pair: Pair): DecimalShape | null {
  const { operation, source, target } = pair;
  const scale = scaleOf(pair);
  if (scale !== null && (scale < 0 || scale > MAX_SCALE)) return null;
  const room = target.kind === 'decimal' ? wholeDigits(target) : null;
  if (operation.name !== 'amount') return { scale, whole: room, cuts: false, digits: null };
  const whole = Math.min(operation.precision - operation.scale, room ?? Number.POSITIVE_INFINITY);
  const digits = floats.has(source.kind) ? sureDigits(source.kind) : null;
  return { scale, whole, cuts: true, digits };
}

function scaleOf({ operation }: Pair): number | null {
  return operation.name === 'carry' || operation.name === 'amount' ? operation.scale : null;
}

function wholeDigits({ precision, scale = 0 }: ColumnType): number | null {
  return precision === undefined ? null : precision - scale;
}

/** A decimal of so many digits is the shortest text of the float that it names. */
function sureDigits(kind: Kind): number {
  return kind === 'float32' ? 6 : 15;
}

/** How a date or time must look; null where source and target are not of one such kind. */
export function timeShapeOf({ operation, source, target }: Pair): TimeShape | null {
  const { kind } = source;
  if (kind !== 'date' && kind !== 'time' && kind !== 'timestamp' && kind !== 'timestamptz') return null;
  const sentinels = operation.name === 'date' ? operation.sentinels : [];
  const most = times.has(target.kind) ? (target.scale ?? FRACTION) : FRACTION;
  return timeShape(kind, Math.min(most, source.scale ?? FRACTION), sentinels);
}

/** What is made of a shape, where there is one. */
export function orNull<S>(shape: S | null, make: (shape: S) => Kernel): Kernel | null {
  return shape === null ? null : make(shape);
}
