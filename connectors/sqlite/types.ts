import type { ColumnType, Kind } from '../../core/model/schema.ts';

/** What a declared type means. SQLite takes any words for a type; `unknown` is one without a meaning, so its values decide. */
export type Family =
  | 'integer'
  | 'boolean'
  | 'real'
  | 'decimal'
  | 'text'
  | 'bytes'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'timestamptz'
  | 'json'
  | 'uuid'
  | 'unknown';

const words: Readonly<Record<Exclude<Family, 'unknown'>, readonly string[]>> = {
  integer: [
    ...['int', 'integer', 'tinyint', 'smallint', 'mediumint', 'bigint', 'int2', 'int4', 'int8', 'long', 'serial'],
    ...[
      'bigserial',
      'big int',
      'unsigned big int',
      'int unsigned',
      'integer unsigned',
      'bigint unsigned',
      'unsigned int',
    ],
  ],
  boolean: ['boolean', 'bool', 'bit'],
  real: ['real', 'double', 'double precision', 'float', 'float4', 'float8'],
  decimal: ['decimal', 'numeric', 'dec', 'number', 'money', 'currency', 'smallmoney', 'decimal text', 'numeric text'],
  text: [
    ...[
      'char',
      'character',
      'varchar',
      'varying character',
      'character varying',
      'nchar',
      'native character',
      'nvarchar',
    ],
    ...[
      'varchar2',
      'nvarchar2',
      'text',
      'ntext',
      'tinytext',
      'mediumtext',
      'longtext',
      'clob',
      'nclob',
      'string',
      'citext',
    ],
  ],
  bytes: ['blob', 'tinyblob', 'mediumblob', 'longblob', 'binary', 'varbinary', 'bytea', 'image'],
  date: ['date'],
  time: ['time', 'time without time zone'],
  timestamp: ['datetime', 'datetime2', 'smalldatetime', 'timestamp', 'timestamp without time zone'],
  timestamptz: ['timestamptz', 'timestamp with time zone', 'datetimeoffset'],
  json: ['json', 'jsonb'],
  uuid: ['uuid', 'guid', 'uniqueidentifier'],
};

const families = new Map(
  Object.entries(words).flatMap(([family, names]) => names.map((name) => [name, family as Family] as const)),
);

const kindOfFamily: Readonly<Record<Family, Kind>> = {
  integer: 'int64',
  boolean: 'boolean',
  real: 'float64',
  decimal: 'decimal',
  text: 'text',
  bytes: 'bytes',
  date: 'date',
  time: 'time',
  timestamp: 'timestamp',
  timestamptz: 'timestamptz',
  json: 'json',
  uuid: 'uuid',
  unknown: 'text',
};

/**
 * How the values of a column are written, where they are not what its declared type says: all of them are of another storage
 * class, or are numbers that count from a date.
 *
 * - `seconds`, `milliseconds`, `microseconds`: since 1970 in UTC; with ` days` all at midnight
 * - `julian`: days since noon of 24 November 4714 BC in UTC; with ` days` all at midnight
 * - `utc`: text with a zone, in a column of a type without one
 */
export const forms = {
  integer: 'int64',
  real: 'float64',
  decimal: 'decimal',
  text: 'text',
  blob: 'bytes',
  timestamp: 'timestamp',
  utc: 'timestamptz',
  seconds: 'timestamptz',
  milliseconds: 'timestamptz',
  microseconds: 'timestamptz',
  julian: 'timestamptz',
  'seconds days': 'date',
  'milliseconds days': 'date',
  'microseconds days': 'date',
  'julian days': 'date',
} as const satisfies Readonly<Record<string, Kind>>;

export type Form = keyof typeof forms;

/** A type as contracts write it: `decimal(10,2)`, `datetime as milliseconds`. */
export interface WrittenType {
  /** In lower case; `any` where nothing is declared. */
  readonly declared: string;
  readonly family: Family;
  readonly args: readonly number[];
  /** Null where the values are what the declared type says. */
  readonly form: Form | null;
}

/** Reads a declared type, or one with a form behind it. */
export function readType(native: string): WrittenType {
  const text = native
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/ ?([(,]) ?/g, '$1')
    .replaceAll(' )', ')');
  const [, before = text, form = ''] = /^(.*) as ([a-z ]+)$/.exec(text) ?? [];
  const isForm = form in forms;
  const declared = (isForm ? before : text) || 'any';
  const [, start = declared, list = '', rest = ''] = /^([^(]*)\(([^)]*)\)(.*)$/.exec(declared) ?? [];
  const args = list
    .split(',')
    .filter((each) => /^\d+$/.test(each))
    .map(Number);
  const name = `${start} ${rest}`.trim();
  const isFlag = name === 'tinyint' && args[0] === 1;
  const family = isFlag ? 'boolean' : (families.get(name) ?? 'unknown');
  return { declared, family, args, form: isForm ? (form as Form) : null };
}

/**
 * Parses the types that `pragma table_info` prints and that contracts and DDL contain. `native` is the same for all spellings:
 * `NVARCHAR( 160 )` → `nvarchar(160)`, nothing → `any`.
 */
export function parseSqliteType(native: string): ColumnType {
  const { declared, family, args, form } = readType(native);
  if (form !== null) return { kind: forms[form], native: `${declared} as ${form}` };
  const kind = kindOfFamily[family];
  const [first, second = 0] = args;
  if (first === undefined) return { kind, native: declared };
  if (family === 'decimal') return { kind, native: declared, precision: first, scale: second };
  return family === 'text' && first > 0 ? { kind, native: declared, length: first } : { kind, native: declared };
}
