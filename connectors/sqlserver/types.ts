import type { ColumnType, Kind } from '../../core/model/schema.ts';

/** Other spellings that contracts and DDL use → what `sys.types` calls them. */
const spellings: Readonly<Record<string, string>> = {
  integer: 'int',
  dec: 'decimal',
  'double precision': 'float',
  timestamp: 'rowversion',
  character: 'char',
  'character varying': 'varchar',
  'char varying': 'varchar',
  'national character': 'nchar',
  'national char': 'nchar',
  'national character varying': 'nvarchar',
  'national char varying': 'nvarchar',
  'national text': 'ntext',
  'binary varying': 'varbinary',
  sysname: 'nvarchar(128)',
};

const kinds: Readonly<Record<string, Kind>> = {
  bit: 'boolean',
  tinyint: 'int16',
  smallint: 'int16',
  int: 'int32',
  bigint: 'int64',
  decimal: 'decimal',
  numeric: 'decimal',
  money: 'decimal',
  smallmoney: 'decimal',
  real: 'float32',
  float: 'float64',
  date: 'date',
  time: 'time',
  smalldatetime: 'timestamp',
  datetime: 'timestamp',
  datetime2: 'timestamp',
  datetimeoffset: 'timestamptz',
  uniqueidentifier: 'uuid',
  char: 'text',
  varchar: 'text',
  text: 'text',
  nchar: 'text',
  nvarchar: 'text',
  ntext: 'text',
  xml: 'text',
  hierarchyid: 'text',
  sql_variant: 'text',
  json: 'json',
  binary: 'bytes',
  varbinary: 'bytes',
  image: 'bytes',
  rowversion: 'bytes',
  geometry: 'bytes',
  geography: 'bytes',
};

/** Types whose precision and scale their name determines. */
const fixed: Readonly<Record<string, Pick<ColumnType, 'precision' | 'scale'>>> = {
  money: { precision: 19, scale: 4 },
  smallmoney: { precision: 10, scale: 4 },
  smalldatetime: { scale: 0 },
  datetime: { scale: 3 },
};

/** Digits of a fraction when the type states none: 100 nanoseconds. */
const defaultFraction = 7;
/** Bits from which a float is a double. */
const doubleBits = 25;

/**
 * Parses the types that the catalog has and that contracts and DDL contain. `native` is the same for all spellings:
 * `NVARCHAR (50)` → `nvarchar(50)`, `timestamp` → `rowversion`, `float(20)` → `real`, `datetime2` → `datetime2(7)`.
 */
export function parseSqlServerType(native: string): ColumnType {
  const { base, args } = splitType(native);
  const kind = kinds[base];
  if (kind === undefined) return { kind: 'other', native: native.trim().toLowerCase() };
  const [first, second] = args;
  switch (base) {
    case 'float':
      return Number(first ?? 53) < doubleBits ? { kind: 'float32', native: 'real' } : { kind, native: base };
    case 'decimal':
    case 'numeric': {
      const [precision, scale] = [Number(first ?? 18), Number(second ?? 0)];
      return { kind, native: `${base}(${precision},${scale})`, precision, scale };
    }
    case 'time':
    case 'datetime2':
    case 'datetimeoffset': {
      const scale = Number(first ?? defaultFraction);
      return { kind, native: `${base}(${scale})`, scale };
    }
    case 'char':
    case 'nchar':
    case 'varchar':
    case 'nvarchar':
      return textType(base, first ?? '1');
    case 'binary':
    case 'varbinary':
      return { kind, native: `${base}(${first ?? '1'})` };
    default:
      return { kind, native: base, ...fixed[base] };
  }
}

function textType(base: string, size: string): ColumnType {
  return {
    ...{ kind: 'text', native: `${base}(${size})` },
    ...(size === 'max' ? {} : { length: Number(size) }),
    ...(/^n?char$/.test(base) ? { form: 'padded' } : {}),
  };
}

/** `NUMERIC (10, 2)` → `numeric`, [10, 2]; `[dbo].[Code]` stays as it is. */
function splitType(native: string): { readonly base: string; readonly args: readonly string[] } {
  const text = native.trim().toLowerCase().replace(/\s+/g, ' ');
  const match = /^([a-z0-9_ ]+?) ?\( ?(max|[\d, ]+) ?\)$/.exec(spellings[text] ?? text);
  if (match === null) return { base: spellings[text] ?? text, args: [] };
  const [, name = '', sizes = ''] = match;
  return { base: spellings[name] ?? name, args: sizes.split(',').map((size) => size.trim()) };
}

/** What the catalog has of a column's type: `sys.columns` with the name of `sys.types`. */
export interface CatalogType {
  readonly name: string;
  /** In bytes; -1 is max. */
  readonly maxLength: number;
  readonly precision: number;
  readonly scale: number;
}

/** Writes the type of a column as DDL does. */
export function typeText({ name, maxLength, precision, scale }: CatalogType): string {
  switch (name) {
    case 'nchar':
    case 'nvarchar':
      return `${name}(${maxLength === -1 ? 'max' : maxLength / 2})`;
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
      return `${name}(${maxLength === -1 ? 'max' : maxLength})`;
    case 'decimal':
    case 'numeric':
      return `${name}(${precision},${scale})`;
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return `${name}(${scale})`;
    default:
      return name;
  }
}
