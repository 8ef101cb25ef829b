import { cidrOf, inetOf, macaddrOf } from '../../../core/mapping/convert/address.ts';
import { uuidText } from '../../../core/mapping/convert/uuid.ts';
import type { ColumnType, Kind } from '../../../core/model/schema.ts';
import { type Converter, Rejected, type Value } from '../../../core/model/value.ts';
import { momentText } from '../../sql/written-moment.ts';
import { exactValue, valueOfString } from './exact-value.ts';

/** How exporters write booleans, in any case: Python's `True`, PostgreSQL's `t` and `yes`, MySQL's 1. */
const truths = new Set(['t', 'true', 'y', 'yes', 'on', '1']);
const falsehoods = new Set(['f', 'false', 'n', 'no', 'off', '0']);

const converters: Partial<Record<Kind, Converter>> = {
  uuid: uuidText,
  inet: inetOf,
  cidr: cidrOf,
  macaddr: macaddrOf,
};

const numbers: ReadonlySet<Kind> = new Set(['int16', 'int32', 'int64', 'uint64', 'decimal', 'float32', 'float64']);
const moments: ReadonlySet<Kind> = new Set(['date', 'time', 'timestamp', 'timestamptz']);

/** A number as JSON writes it, with the plus that some programs put before it. */
const number = /^\+?(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const notFinite = /^([+-]?)(?:(nan)|inf(?:inity)?)$/i;

/**
 * Reads text that another program wrote for a value that is not NULL: the canonical text of the kind, or another spelling
 * of the same value: `'2024-01-01T00:00:00Z'`, `'True'`, `'1.0'` as an integer, a UUID in upper case.
 * @returns undefined when the text does not say exactly one value of this type.
 */
export function writtenValue(type: ColumnType, text: string): Value | undefined {
  const { kind } = type;
  if (moments.has(kind)) return writtenMoment(type, text);
  const value = valueOfString(type, text);
  if (value !== undefined) return value;
  if (kind === 'boolean') return writtenBoolean(text);
  if (numbers.has(kind)) return writtenNumber(type, text);
  const converted = converters[kind]?.(text);
  return converted instanceof Rejected ? undefined : (converted as Value | undefined);
}

/** The same for the source text of valid JSON. */
export function writtenJson(type: ColumnType, json: string): Value | undefined {
  if (json[0] === '"' && type.native !== 'unknown') return writtenValue(type, JSON.parse(json) as string);
  if (type.kind === 'boolean' && (json === '0' || json === '1')) return json === '1';
  return exactValue(type, json);
}

function writtenMoment(type: ColumnType, text: string): Value | undefined {
  const isCanonical = valueOfString(type, text) !== undefined && !text.includes(' 24:');
  return isCanonical ? withoutZeros(text) : momentText(type.kind, text);
}

/** `10:00:00.500` → `10:00:00.5` */
function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/(\.\d*?)0+(?!\d)/, '$1').replace(/\.(?!\d)/, '') : text;
}

function writtenBoolean(text: string): boolean | undefined {
  const folded = text.toLowerCase();
  if (truths.has(folded)) return true;
  return falsehoods.has(folded) ? false : undefined;
}

function writtenNumber(type: ColumnType, text: string): Value | undefined {
  const literal = number.exec(text)?.[1];
  if (literal !== undefined) return exactValue(type, literal);
  const [, sign, nan] = notFinite.exec(text) ?? [];
  if (sign === undefined || !type.kind.startsWith('float')) return undefined;
  if (nan !== undefined) return 'NaN';
  return sign === '-' ? '-Infinity' : 'Infinity';
}
