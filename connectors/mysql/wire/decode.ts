import { pgFloat32Text, pgFloat64Text } from '../../../core/mapping/convert/float-text.ts';
import type { CellForm } from '../../../core/model/cells.ts';
import type { Column, ColumnType } from '../../../core/model/schema.ts';
import type { Value } from '../../../core/model/value.ts';
import { textOfBytes } from '../../sql/utf8.ts';

/**
 * Decodes a cell of the text protocol to its canonical value. The server sends every text as UTF-8 (session.ts). Numbers,
 * dates and times are ASCII, which is cheaper to decode as Latin-1.
 */

/** Decodes a cell that is not NULL: `bytes` from `start` to `end`, `end` excluded. Never throws, keeps no bytes. */
export type Decoder = (bytes: Buffer, start: number, end: number) => Value;

/** A method of Node that its types lack. `toString` looks up its encoding and takes half as long again for a short cell. */
type Slicing = Buffer & { latin1Slice(start: number, end: number): string };

const ascii = (bytes: Buffer, start: number, end: number) => (bytes as Slicing).latin1Slice(start, end);
const ownCopy: Decoder = (bytes, start, end) => Buffer.from(bytes.subarray(start, end));
/** For well-formed UTF-8 from the server itself: labels, and names in its catalog. */
const ownText = (bytes: Buffer, start: number, end: number) => bytes.toString('utf8', start, end);

/** The decoder for cells of unknown type. */
export const textDecoder: Decoder = ownText;

/** The decoder for a column of this type as `selected` selects it. */
export function decoderOf(type: ColumnType): Decoder {
  const { kind, length = 1, scale = 0 } = type;
  switch (kind) {
    case 'int16':
    case 'int32':
    case 'int64':
    case 'uint64':
    case 'decimal':
      return isPadded(type) ? converted(withoutPadding) : ascii;
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
      return ownCopy;
    case 'set':
      return setDecoder();
    case 'enum':
    case 'uuid':
      return ownText;
    default:
      return textOfBytes;
  }
}

/** The decoders of the columns, in their order. */
export function decodersOf(columns: readonly Column[]): readonly Decoder[] {
  return columns.map(({ type }) => decoderOf(type));
}

/** How the cells of a column of this type can be read without its decoder. */
export function formOf(type: ColumnType): CellForm {
  if (isPadded(type)) return 'opaque';
  switch (type.kind) {
    case 'bits':
    case 'bytes':
      return 'raw';
    case 'set':
      return 'comma-list';
    default:
      return 'text';
  }
}

/** Whether the server pads the number with leading zeros. */
function isPadded({ native }: ColumnType): boolean {
  return native === 'year' || native.endsWith('zerofill');
}

/**
 * Writes a column as the query must select it so that its decoder is exact. The server prints a FLOAT with 6 digits, and a
 * FLOAT or DOUBLE with declared decimals with only those. Multiplied by 1 it is a DOUBLE printed in full, and -0 stays -0.
 */
export function selected(quotedColumn: string, { kind, native }: ColumnType): string {
  return kind === 'float32' || (kind === 'float64' && native.includes('(')) ? `${quotedColumn} * 1e0` : quotedColumn;
}

function converted(convert: (value: string) => string): Decoder {
  return (bytes, start, end) => convert(ascii(bytes, start, end));
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
  return (bytes, start, end) => {
    let digits = '';
    for (let i = start; i < end; i++) digits += (bytes[i] as number).toString(2).padStart(8, '0');
    return digits.slice(-width).padStart(width, '0');
  };
}

const maxRemembered = 1000;

/** Splits each combination once: only a few occur. */
function setDecoder(): Decoder {
  const remembered = new Map<string, readonly string[]>([['', []]]);
  return (bytes, start, end) => {
    const joined = ownText(bytes, start, end);
    const known = remembered.get(joined);
    if (known !== undefined) return known;
    const members = joined.split(',');
    if (remembered.size < maxRemembered) remembered.set(joined, members);
    return members;
  };
}
