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
  date: ['date', 'text', 'timestamp'],
  time: ['time', 'text', 'interval'],
  timestamp: ['timestamp', 'text'],
  timestamptz: ['timestamptz', 'text'],
  textArray: ['textArray'],
  set: ['textArray'],
  enum: ['text', 'enum'],
  text: ['text', 'json', 'uuid', 'inet', 'cidr', 'macaddr'],
  interval: ['interval', 'text'],
  inet: ['inet', 'text'],
  cidr: ['cidr', 'inet', 'text'],
  macaddr: ['macaddr', 'text'],
};

/** Whether a type can hold the values of another: each as it is, or as `conversionOf` makes it, which rejects what it cannot read. */
export function isTypeCompatible(gives: ColumnType, target: ColumnType): boolean {
  if (target.kind === 'decimal') return fitsDecimal(gives, target);
  if (target.kind === 'other') return gives.kind === 'other' && gives.native === target.native;
  const allowed = widening[gives.kind];
  if (allowed === undefined || !allowed.includes(target.kind)) return false;
  if (target.kind === 'bits' && target.form === 'fixed')
    return gives.form === 'fixed' && gives.length === target.length;
  if (target.kind === 'text' || target.kind === 'bits') return fitsLength(gives, target);
  if (target.kind === 'enum') return fitsLabels(gives, target);
  return !isTemporal(target.kind) || fractionOf(gives) <= (target.scale ?? 6);
}

function fitsDecimal(gives: ColumnType, target: ColumnType): boolean {
  if (target.precision === undefined) return gives.kind === 'decimal' || gives.kind in integerDigits;
  const scale = target.scale ?? 0;
  const whole = target.precision - scale;
  const digits = integerDigits[gives.kind];
  if (digits !== undefined) return scale >= 0 && digits <= whole;
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

/** Digits of a fraction of a second. */
function fractionOf({ kind, scale }: ColumnType): number {
  return kind === 'date' ? 0 : (scale ?? 6);
}

function isTemporal(kind: Kind): boolean {
  return kind === 'time' || kind === 'timestamp' || kind === 'timestamptz' || kind === 'interval';
}

/** Says why the plan refuses a pair of types, and what to do. */
export function refusalOf(gives: ColumnType, target: ColumnType, rule: string): string {
  if (target.kind === 'other')
    return `waybill does not convert ${gives.native} to ${target.native}. Load it into a text column, and convert it in a later version of the schema.`;
  if (gives.kind === 'other')
    return `waybill does not know the type ${gives.native}. Load its text into a text column with the rule text.`;
  return `${target.native} cannot hold every ${gives.native} that rule ${rule} gives.`;
}
