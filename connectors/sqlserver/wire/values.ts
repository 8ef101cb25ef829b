import { pgFloat32Text, pgFloat64Text } from '../../../core/mapping/convert/float-text.ts';
import type { Column, ColumnType } from '../../../core/model/schema.ts';
import type { Value } from '../../../core/model/value.ts';

/** What the driver makes of a cell: exact for the types that are asked of it, which are those of `selected`. */
export type Cell = null | string | number | boolean | Uint8Array;

/** Makes the canonical value of a cell that is not NULL. */
export type Decoder = (cell: Cell) => Value;

/** The name of a type without its size: `nvarchar(50)` → `nvarchar`. */
export function baseOf({ native }: ColumnType): string {
  return native.replace(/\(.*$/, '');
}

/**
 * Writes a column in a select list so that neither the server nor the driver rounds it: the driver makes doubles of decimals,
 * and a `Date` of everything that has a day. Characters are those of Unicode, whatever the column's code page is.
 * @param column as SQL writes it.
 */
export function selected(column: string, type: ColumnType): string {
  switch (baseOf(type)) {
    case 'decimal':
    case 'numeric':
      return `convert(varchar(41), ${column})`;
    case 'money':
    case 'smallmoney':
      // By itself, money is text with two digits after the point.
      return `convert(varchar(41), convert(decimal(19,4), ${column}))`;
    case 'date':
      return `convert(varchar(10), ${column}, 23)`;
    case 'time':
      return `convert(varchar(16), ${column}, 121)`;
    case 'smalldatetime':
    case 'datetime':
      return `convert(varchar(23), ${column}, 121)`;
    case 'datetime2':
      return `convert(varchar(27), ${column}, 121)`;
    case 'datetimeoffset':
      return `convert(varchar(34), switchoffset(${column}, '+00:00'), 121)`;
    case 'uniqueidentifier':
      return `convert(varchar(36), ${column})`;
    case 'varchar':
    case 'char':
      // More than 4,000 characters need the type without a limit.
      return (type.length ?? Number.POSITIVE_INFINITY) <= 4000
        ? `convert(nvarchar(4000), ${column})`
        : `convert(nvarchar(max), ${column})`;
    case 'text':
    case 'ntext':
    case 'xml':
    case 'json':
      return `convert(nvarchar(max), ${column})`;
    case 'hierarchyid':
      return `${column}.ToString()`;
    case 'sql_variant':
      return variantText(column);
    case 'image':
      return `convert(varbinary(max), ${column})`;
    case 'rowversion':
      return `convert(varbinary(8), ${column})`;
    case 'geometry':
    case 'geography':
      return geometryBytes(column);
    default:
      return column;
  }
}

/** Writes a column with whole numbers of any type, such as a sql_variant of the catalog, so that they arrive exactly. */
export function wholeNumberText(column: string): string {
  return `convert(varchar(41), convert(decimal(38,0), ${column}))`;
}

/** The text of each value, as exact as the type that the value has. */
function variantText(column: string): string {
  const asText = (type: string, style = '') => `convert(nvarchar(max), convert(${type}, ${column})${style})`;
  return `case convert(nvarchar(128), sql_variant_property(${column}, 'BaseType'))
    when 'float' then ${asText('float', ', 3')} when 'real' then ${asText('real', ', 3')}
    when 'money' then ${asText('decimal(19,4)')} when 'smallmoney' then ${asText('decimal(19,4)')}
    when 'date' then ${asText('date', ', 23')} when 'time' then ${asText('time(7)', ', 121')}
    when 'datetime' then ${asText('datetime', ', 121')} when 'smalldatetime' then ${asText('smalldatetime', ', 121')}
    when 'datetime2' then ${asText('datetime2(7)', ', 121')}
    when 'datetimeoffset' then ${asText('datetimeoffset(7)', ', 121')}
    when 'binary' then ${asText('varbinary(8000)', ', 1')} when 'varbinary' then ${asText('varbinary(8000)', ', 1')}
    when 'char' then ${asText('varchar(8000)')} when 'varchar' then ${asText('varchar(8000)')}
    else ${asText('nvarchar(4000)')} end`;
}

/** Four bytes of SRID, the lowest first, and the well-known binary with Z and M: the form that the rules `wkb` and `point` read. */
function geometryBytes(column: string): string {
  const divisors = ['', ' / 256', ' / 65536', ' / 16777216'];
  const srid = divisors.map((divisor) => `convert(binary(1), ${column}.STSrid${divisor})`);
  return `${srid.join(' + ')} + ${column}.AsBinaryZM()`;
}

/** The decoders of columns that `selected` wrote. */
export function decodersOf(columns: readonly Column[]): readonly Decoder[] {
  return columns.map(({ type }) => decoderOf(type));
}

/** The decoder of a column that `selected` wrote. */
export function decoderOf(type: ColumnType): Decoder {
  switch (type.kind) {
    case 'boolean':
      return (cell) => cell === true || cell === 1 || cell === '1';
    case 'float32':
      return (cell) => pgFloat32Text(Number(cell));
    case 'float64':
      return (cell) => pgFloat64Text(Number(cell));
    case 'bytes':
      return (cell) => cell as Uint8Array;
    case 'uuid':
      return (cell) => String(cell).toLowerCase();
    case 'time':
    case 'timestamp':
      return (cell) => withoutZeros(String(cell));
    case 'timestamptz':
      return (cell) => `${withoutZeros(String(cell).replace(/ ?[+-]\d\d:\d\d$/, ''))}+00`;
    case 'text':
      return type.form === 'padded' ? (cell) => padded(String(cell), type.length ?? 0) : textDecoder;
    default:
      return textDecoder;
  }
}

/** Numbers and text that are canonical as the driver has them. */
export const textDecoder: Decoder = (cell) => String(cell);

/** `10:20:30.1200000` → `10:20:30.12` */
function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A char(n) has n bytes of its code page and an nchar(n) has n halves of UTF-16, which can be fewer characters. */
function padded(text: string, length: number): string {
  return text.length === length && !/[\ud800-\udfff]/.test(text)
    ? text
    : text + ' '.repeat(Math.max(0, length - [...text].length));
}
