import type { ColumnType, Kind } from '../../model/schema.ts';

const integerDigits: Partial<Record<Kind, number>> = { int16: 5, int32: 10, int64: 19, uint64: 20 };
const widening: Partial<Record<Kind, readonly Kind[]>> = {
  int16: ['int16', 'int32', 'int64'],
  int32: ['int32', 'int64'],
  int64: ['int64'],
  float32: ['float32', 'float64'],
  float64: ['float64'],
  boolean: ['boolean'],
  uuid: ['uuid', 'text'],
  bytes: ['bytes'],
  bits: ['bits', 'text'],
  json: ['json', 'text'],
  date: ['date', 'text'],
  time: ['time', 'text'],
  timestamp: ['timestamp', 'text'],
  timestamptz: ['timestamptz', 'text'],
  textArray: ['textArray'],
  set: ['textArray'],
  enum: ['text', 'enum'],
  text: ['text'],
};

/** Whether every value of one type can be stored in the other exactly. */
export function isTypeCompatible(gives: ColumnType, target: ColumnType): boolean {
  if (target.kind === 'decimal') return fitsDecimal(gives, target);
  const allowed = widening[gives.kind];
  if (allowed === undefined || !allowed.includes(target.kind)) return false;
  if (target.kind === 'text' || target.kind === 'bits') return fitsLength(gives, target);
  if (target.kind === 'enum') return fitsLabels(gives, target);
  return !isTemporal(target.kind) || (gives.scale ?? 6) <= (target.scale ?? 6);
}

function fitsDecimal(gives: ColumnType, target: ColumnType): boolean {
  if (target.precision === undefined) return gives.kind === 'decimal' || gives.kind in integerDigits;
  const scale = target.scale ?? 0;
  const whole = target.precision - scale;
  const digits = integerDigits[gives.kind];
  if (digits !== undefined) return digits <= whole;
  if (gives.kind !== 'decimal' || gives.precision === undefined) return false;
  return (gives.scale ?? 0) <= scale && gives.precision - (gives.scale ?? 0) <= whole;
}

function fitsLength(gives: ColumnType, target: ColumnType): boolean {
  if (target.length === undefined) return true;
  const length = gives.labels === undefined ? gives.length : longest(gives.labels);
  return length !== undefined && length <= target.length;
}

/** Characters of the longest label. */
function longest(labels: readonly string[]): number {
  return Math.max(0, ...labels.map((label) => [...label].length));
}

/** An enum with unknown labels holds any label. */
function fitsLabels(gives: ColumnType, target: ColumnType): boolean {
  if (target.labels === undefined) return true;
  return gives.labels?.every((label) => target.labels?.includes(label)) ?? false;
}

function isTemporal(kind: Kind): boolean {
  return kind === 'time' || kind === 'timestamp' || kind === 'timestamptz';
}
