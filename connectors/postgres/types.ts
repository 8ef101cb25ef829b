import type { ColumnType, Kind, StoredForm } from '../../core/model/schema.ts';

/** Other spellings that contracts use → what `format_type()` prints. */
const spellings: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int2: 'smallint',
  smallserial: 'smallint',
  int: 'integer',
  int4: 'integer',
  serial: 'integer',
  int8: 'bigint',
  bigserial: 'bigint',
  dec: 'numeric',
  decimal: 'numeric',
  float: 'double precision',
  float4: 'real',
  float8: 'double precision',
  varchar: 'character varying',
  char: 'character',
  varbit: 'bit varying',
  timetz: 'time with time zone',
  time: 'time without time zone',
  timestamptz: 'timestamp with time zone',
  timestamp: 'timestamp without time zone',
};

const kinds: Readonly<Record<string, Kind>> = {
  boolean: 'boolean',
  smallint: 'int16',
  integer: 'int32',
  bigint: 'int64',
  numeric: 'decimal',
  real: 'float32',
  'double precision': 'float64',
  text: 'text',
  character: 'text',
  bpchar: 'text',
  'character varying': 'text',
  json: 'json',
  jsonb: 'json',
  bytea: 'bytes',
  bit: 'bits',
  'bit varying': 'bits',
  date: 'date',
  'time without time zone': 'time',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
  uuid: 'uuid',
  citext: 'text',
  name: 'text',
  interval: 'interval',
  inet: 'inet',
  cidr: 'cidr',
  macaddr: 'macaddr',
};

/** `format_type()` names the schema of an extension that is not on the search path. */
const qualifiedExtension = /^(?:\w+|"[^"]+")\.(citext)$/;

const forms: Readonly<Record<string, StoredForm>> = {
  jsonb: 'jsonb',
  character: 'padded',
  bpchar: 'padded',
  bit: 'fixed',
};

const textArrays = new Set(['text', 'character varying']);

/** Most bytes of an identifier: NAMEDATALEN - 1. */
const nameLength = 63;

/** Fraction digits that PostgreSQL keeps when a type names none: microseconds. */
const defaultFraction = 6;

/**
 * Parses the types that `format_type()` prints and that contracts contain. `varchar(50)` and `character varying(50)` are the
 * same type, and `native` is always the latter. `enum('a','b')` is an enum. An unknown name is 'other', and so is an array of
 * anything but text.
 */
export function parsePostgresType(native: string): ColumnType {
  const enumLabels = /^enum\s*\((.*)\)$/is.exec(native.trim());
  if (enumLabels !== null) return { kind: 'enum', native: native.trim(), labels: labelsOf(enumLabels[1] as string) };
  const text = native.trim().replace(/\s+/g, ' ').replace(qualifiedExtension, '$1');
  if (text.endsWith('[]')) return parseArrayType(text);
  const { base, args } = splitType(text.toLowerCase());
  const kind = kinds[base];
  if (kind === undefined) return { kind: 'other', native: text };
  const form = forms[base];
  return {
    ...{ kind, native: nativeText(base, args), ...sizesOf(kind, base, args) },
    ...(form === undefined ? {} : { form }),
  };
}

function parseArrayType(text: string): ColumnType {
  const { base, args } = splitType(text.slice(0, text.indexOf('[')).toLowerCase());
  const isText = textArrays.has(base);
  const known = kinds[base] !== undefined;
  return { kind: isText ? 'textArray' : 'other', native: known ? `${nativeText(base, args)}[]` : text };
}

/** Splits `timestamp(3) with time zone` into the base without the numbers, and the numbers. */
function splitType(text: string): { readonly base: string; readonly args: readonly number[] } {
  const match = /^([^(]*?) ?\(([-\d, ]+)\) ?(.*)$/.exec(text);
  if (match === null) return { base: spellings[text] ?? text, args: [] };
  const [, head, numbers, tail] = match as unknown as [string, string, string, string];
  const base = tail === '' ? head : `${head} ${tail}`;
  return { base: spellings[base] ?? base, args: numbers.split(',').map(Number) };
}

function nativeText(base: string, args: readonly number[]): string {
  if (args.length === 0) return base === 'bit' || base === 'character' ? `${base}(1)` : base;
  const [head, ...tail] = base.split(' ');
  const isTime = head === 'time' || head === 'timestamp';
  return isTime ? `${head}(${args[0]}) ${tail.join(' ')}` : `${base}(${args.join(',')})`;
}

function sizesOf(kind: Kind, base: string, args: readonly number[]): Omit<ColumnType, 'kind' | 'native'> {
  const [first, second] = args;
  switch (kind) {
    case 'text':
    case 'bits':
      if (first !== undefined) return { length: first };
      if (base === 'name') return { length: nameLength };
      return base === 'bit' || base === 'character' ? { length: 1 } : {};
    case 'decimal':
      return first === undefined ? {} : { precision: first, scale: second ?? 0 };
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'interval':
      return { scale: first ?? defaultFraction };
    default:
      return {};
  }
}

function labelsOf(list: string): string[] {
  return [...list.matchAll(/'((?:[^']|'')*)'/g)].map((match) => (match[1] as string).replaceAll("''", "'"));
}
