import { baseOf, Exact, Guid, Hierarchy, type SqlValue, sizesOf, Temporal, Variant } from './values.ts';

/** Converts a value as `convert(type, value, style)` does. @throws an Error where the double does not know how. */
export function convertValue(value: SqlValue, type: string, style: number): SqlValue {
  if (value === null) return null;
  if (value instanceof Variant) return convertValue(value.value, type, style);
  switch (baseOf(type)) {
    case 'varchar':
    case 'nvarchar':
      return textOf(value, style).slice(0, sizesOf(type)[0] || undefined);
    case 'binary':
    case 'varbinary':
      return bytesOf(value, type);
    case 'decimal':
    case 'int':
    case 'bigint':
      return exactOf(value, sizesOf(type)[1] ?? 0);
    case 'money':
    case 'smallmoney':
      return Exact.of(exactOf(value, 4).text, true);
    case 'float':
    case 'real':
      return typeof value === 'number' ? value : Number((value as Exact).text);
    case 'uniqueidentifier':
      return new Guid(String(value));
    case 'hierarchyid':
      return new Hierarchy(String(value));
    case 'date':
    case 'time':
    case 'datetime':
    case 'smalldatetime':
    case 'datetime2':
    case 'datetimeoffset':
      return value instanceof Temporal ? value : temporalOf(type, String(value));
    default:
      throw new Error(`the double does not convert to ${type}`);
  }
}

function textOf(value: SqlValue, style: number): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Exact) return exactText(value, style);
  if (value instanceof Guid) return value.text.toUpperCase();
  if (value instanceof Temporal) return temporalText(value, style);
  if (typeof value === 'number') return style === 3 ? value.toExponential(16) : value.toPrecision(6);
  if (Buffer.isBuffer(value) && style === 1) return `0x${value.toString('hex').toUpperCase()}`;
  throw new Error('the double does not convert this value to text');
}

/** Without style 2, the text of a money loses two of its digits. */
function exactText(value: Exact, style: number): string {
  if (!value.isMoney || style === 2) return value.text;
  return Number(value.text).toFixed(2);
}

/** Only the styles that lose nothing: the default one is `Jan  1 2020 10:20AM`. */
function temporalText(value: Temporal, style: number): string {
  if (style !== 121 && !(style === 23 && value.type === 'date'))
    throw new Error(`the double does not print a ${value.type} in style ${style}`);
  if (!value.type.startsWith('datetimeoffset')) return value.text;
  const sign = value.offset < 0 ? '-' : '+';
  const two = (n: number) => String(Math.trunc(n)).padStart(2, '0');
  const minutes = Math.abs(value.offset);
  return `${shifted(value.text, value.offset)} ${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** Adds minutes to a moment. */
function shifted(text: string, minutes: number): string {
  const [, whole = '', fraction = ''] = /^([^.]*)(\..*)?$/.exec(text) ?? [];
  const moment = new Date(Date.parse(`${whole.replace(' ', 'T')}Z`) + minutes * 60_000);
  return `${moment.toISOString().slice(0, 19).replace('T', ' ')}${fraction}`;
}

/** Reads a text as a date or time of a type: `2020-01-01T10:20:30.5+02:00`. */
function temporalOf(type: string, text: string): Temporal {
  const base = baseOf(type);
  const [, local = '', offset] =
    /^(.*?) ?([+-]\d\d(?::\d\d)?)?$/.exec(base === 'datetimeoffset' ? text : `${text} `) ?? [];
  const digits = fractionOf(type);
  const [whole = '', fraction = ''] = local.trim().replace('T', ' ').split('.');
  const full = digits === 0 ? whole : `${whole}.${fraction.padEnd(digits, '0').slice(0, digits)}`;
  if (base === 'date') return new Temporal(type, whole);
  const minutes = minutesOf(offset ?? '+00');
  return new Temporal(type, base === 'datetimeoffset' ? shifted(full, -minutes) : full, minutes);
}

function minutesOf(offset: string): number {
  const [hours = '', minutes = '0'] = offset.slice(1).split(':');
  return (offset.startsWith('-') ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function fractionOf(type: string): number {
  const base = baseOf(type);
  if (base === 'date' || base === 'smalldatetime') return 0;
  if (base === 'datetime') return 3;
  return type.includes('(') ? (sizesOf(type)[0] ?? 7) : 7;
}

/** Text as UTF-16; a number as its low bytes, the highest first. */
function bytesOf(value: SqlValue, type: string): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (typeof value === 'string') return Buffer.from(value, 'utf16le');
  if (!(value instanceof Exact)) throw new Error('the double does not convert this value to bytes');
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value.text));
  return bytes.subarray(8 - (sizesOf(type)[0] ?? 8));
}

function exactOf(value: SqlValue, scale: number): Exact {
  if (typeof value === 'boolean') return Exact.of(value ? '1' : '0');
  if (!(value instanceof Exact) && typeof value !== 'string')
    throw new Error('the double does not convert this to a number');
  const { text } = value instanceof Exact ? value : Exact.of(value);
  const [whole = '', fraction = ''] = text.split('.');
  return Exact.of(scale === 0 ? whole : `${whole}.${fraction.padEnd(scale, '0').slice(0, scale)}`);
}

/** Reads a canonical value (`docs/formats.md`) as one that a column of the type holds. */
export function storedValue(type: string, value: SqlValue): SqlValue {
  if (value === null || typeof value !== 'string') return value;
  switch (baseOf(type)) {
    case 'bit':
      return value === 'true' || value === '1';
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'decimal':
    case 'numeric':
      return Exact.of(value);
    case 'money':
    case 'smallmoney':
      return Exact.of(value, true);
    case 'float':
    case 'real':
      return Number(value);
    case 'date':
    case 'time':
    case 'datetime':
    case 'smalldatetime':
    case 'datetime2':
    case 'datetimeoffset':
      return temporalOf(type, value);
    case 'uniqueidentifier':
      return new Guid(value);
    case 'hierarchyid':
      return new Hierarchy(value);
    default:
      return value;
  }
}
