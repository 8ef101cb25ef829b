import type { ColumnType, Kind } from '../../model/schema.ts';

/** Most digits of a numeric that has a precision (PostgreSQL: NUMERIC_MAX_PRECISION). */
const maxPrecision = 1000;

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
  bits: ['bits', 'text', 'bytes', 'int16', 'int32', 'int64'],
  json: ['json', 'text'],
  date: ['date', 'text', 'timestamp'],
  time: ['time', 'text', 'interval'],
  timestamp: ['timestamp', 'text'],
  timestamptz: ['timestamptz', 'text'],
  textArray: ['textArray'],
  set: ['textArray', 'text'],
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
  if (gives.kind === 'bits' && target.kind !== 'bits' && target.kind !== 'text') return fitsNumber(gives, target);
  if (target.kind === 'bits' && target.form === 'fixed')
    return gives.form === 'fixed' && gives.length === target.length;
  if (target.kind === 'text' || target.kind === 'bits') return fitsLength(gives, target);
  if (target.kind === 'enum') return fitsLabels(gives, target);
  return !isTemporal(target.kind) || fractionOf(gives) <= (target.scale ?? 6);
}

/** Bits of a number without a sign that each integer holds. */
const integerBits: Partial<Record<Kind, number>> = { int16: 15, int32: 31, int64: 63 };

/** Bits of varying length are not a number: `'0'` and `'00'` would become the same. */
function fitsNumber({ form, length = 1 }: ColumnType, { kind }: ColumnType): boolean {
  return form === 'fixed' && length <= (integerBits[kind] ?? Number.POSITIVE_INFINITY);
}

function fitsDecimal(gives: ColumnType, target: ColumnType): boolean {
  if (gives.kind === 'bits')
    return (
      gives.form === 'fixed' && (target.scale ?? 0) === 0 && digitsOfBits(gives) <= (target.precision ?? maxPrecision)
    );
  if (target.precision === undefined) return gives.kind === 'decimal' || gives.kind in integerDigits;
  const scale = target.scale ?? 0;
  const whole = target.precision - scale;
  const digits = integerDigits[gives.kind];
  if (digits !== undefined) return scale >= 0 && digits <= whole;
  if (gives.kind !== 'decimal' || gives.precision === undefined) return false;
  return (gives.scale ?? 0) <= scale && gives.precision - (gives.scale ?? 0) <= whole;
}

/** Digits of the highest number. */
function digitsOfBits({ length = 1 }: ColumnType): number {
  return (2n ** BigInt(length) - 1n).toString().length;
}

function fitsLength(gives: ColumnType, target: ColumnType): boolean {
  if (target.length === undefined) return true;
  const length = gives.labels === undefined ? gives.length : longest(gives.labels, gives.kind === 'set');
  return length !== undefined && length <= target.length;
}

/** Characters of the longest label; of a set, those of all its labels and the commas between them. */
function longest(labels: readonly string[], isSet: boolean): number {
  const lengths = labels.map((label) => [...label].length);
  return isSet ? lengths.reduce((sum, length) => sum + length, labels.length - 1) : Math.max(0, ...lengths);
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
