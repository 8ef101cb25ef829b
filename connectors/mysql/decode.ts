import { pgFloat32Text, pgFloat64Text } from '../../core/convert/float-text.ts';
import type { Column, ColumnType } from '../../core/schema.ts';
import type { Value } from '../../core/value.ts';
import { textOfBytes } from './utf8.ts';

/**
 * From a cell of the text protocol to the canonical value. The session has the server send every text as UTF-8 (see
 * session.ts); numbers, dates and times are ASCII, which is cheaper to decode as Latin-1.
 */

/** What mysql2 hands to `typeCast`: a cell that must be taken exactly once, as text or as bytes. */
interface Cell {
  string(encoding: string): string | null;
  buffer(): Buffer | null;
}

/** Takes a cell of one column; null is SQL NULL. Never throws: the driver would lose its place in the result. */
export type Decoder = (cell: Cell) => Value;

const ascii: Decoder = (cell) => cell.string('latin1');
const bytes: Decoder = (cell) => cell.buffer();
/** For what the server itself made of well-formed UTF-8: labels, and names in its catalog. */
const ownText: Decoder = (cell) => cell.string('utf8');
const storedText: Decoder = (cell) => {
  const stored = cell.buffer();
  return stored === null ? null : textOfBytes(stored);
};

/** For whatever no type is known of. */
export const textDecoder = ownText;

/** Decoder for a column of this type as `selected` selects it. */
export function decoderOf({ kind, native, length = 1, scale = 0 }: ColumnType): Decoder {
  switch (kind) {
    case 'int16':
    case 'int32':
    case 'int64':
    case 'uint64':
    case 'decimal':
      return native === 'year' || native.endsWith('zerofill') ? converted(withoutPadding) : ascii;
    case 'float32':
      return converted((number) => pgFloat32Text(Number(number)));
    case 'float64':
      return converted((number) => pgFloat64Text(Number(number)));
    case 'date':
      return ascii;
    case 'time':
    case 'timestamp':
      return scale === 0 ? ascii : converted(withoutZeros);
    case 'timestamptz':
      return converted(scale === 0 ? (time) => `${time}+00` : (time) => `${withoutZeros(time)}+00`);
    case 'bits':
      return bitsDecoder(length);
    case 'bytes':
      return bytes;
    case 'set':
      return setDecoder();
    case 'enum':
    case 'uuid':
      return ownText;
    default:
      return storedText;
  }
}

/** Decoders of the columns, in their order. */
export function decodersOf(columns: readonly Column[]): readonly Decoder[] {
  return columns.map(({ type }) => decoderOf(type));
}

/**
 * A column as the query must select it for its decoder to be exact. The server prints a FLOAT with 6 digits, and a FLOAT or
 * DOUBLE with declared decimals with those; times 1 it is a DOUBLE, printed in full, and -0 stays -0.
 */
export function selected(quotedColumn: string, { kind, native }: ColumnType): string {
  return kind === 'float32' || (kind === 'float64' && native.includes('(')) ? `${quotedColumn} * 1e0` : quotedColumn;
}

/** One function for all cells of a result, which come column by column: no lookup by name. */
export function castWith(decoders: readonly Decoder[]): Decoder {
  const count = decoders.length;
  let at = 0;
  return (cell) => {
    const decode = decoders[at] as Decoder;
    at = at + 1 === count ? 0 : at + 1;
    return decode(cell);
  };
}

function converted(convert: (value: string) => string): Decoder {
  return (cell) => {
    const value = cell.string('latin1');
    return value === null ? null : convert(value);
  };
}

/** `00042` → `42`, `0000` → `0`, `000.50` → `0.50` */
function withoutPadding(number: string): string {
  return number.replace(/^0+(?=\d)/, '');
}

const [zero, point] = [48, 46];

/** `10:00:00.500000` → `10:00:00.5`, `10:00:00.000000` → `10:00:00` */
function withoutZeros(time: string): string {
  if (!time.includes('.')) return time;
  let end = time.length;
  while (time.charCodeAt(end - 1) === zero) end -= 1;
  return time.slice(0, time.charCodeAt(end - 1) === point ? end - 1 : end);
}

function bitsDecoder(width: number): Decoder {
  return (cell) => {
    const value = cell.buffer();
    if (value === null) return null;
    let digits = '';
    for (const byte of value) digits += byte.toString(2).padStart(8, '0');
    return digits.slice(-width).padStart(width, '0');
  };
}

const maxRemembered = 1000;

/** The few combinations that occur are split once. */
function setDecoder(): Decoder {
  const remembered = new Map<string, readonly string[]>([['', []]]);
  return (cell) => {
    const joined = cell.string('utf8');
    if (joined === null) return null;
    const known = remembered.get(joined);
    if (known !== undefined) return known;
    const members = joined.split(',');
    if (remembered.size < maxRemembered) remembered.set(joined, members);
    return members;
  };
}
