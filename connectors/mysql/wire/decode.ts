import { pgFloat32Text, pgFloat64Text } from '../../../core/mapping/convert/float-text.ts';
import type { CellForm } from '../../../core/model/cells.ts';
import type { Column, ColumnType } from '../../../core/model/schema.ts';
import type { Value } from '../../../core/model/value.ts';
import { textOfBytes } from './utf8.ts';

/**
 * From a cell of the text protocol to the canonical value. The session has the server send every text as UTF-8 (see
 * session.ts); numbers, dates and times are ASCII, which is cheaper to decode as Latin-1.
 */

/** The value of a cell that is not NULL: `bytes` from `start` up to, not including, `end`. Never throws, keeps no bytes. */
export type Decoder = (bytes: Buffer, start: number, end: number) => Value;

/** Node's own and not in its types: `toString`, which looks its encoding up, takes half as long again for a short cell. */
type Slicing = Buffer & { latin1Slice(start: number, end: number): string };

const ascii = (bytes: Buffer, start: number, end: number) => (bytes as Slicing).latin1Slice(start, end);
const ownCopy: Decoder = (bytes, start, end) => Buffer.from(bytes.subarray(start, end));
/** For what the server itself made of well-formed UTF-8: labels, and names in its catalog. */
const ownText = (bytes: Buffer, start: number, end: number) => bytes.toString('utf8', start, end);

/** For whatever no type is known of. */
export const textDecoder: Decoder = ownText;

/** Decoder for a column of this type as `selected` selects it. */
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

/** Decoders of the columns, in their order. */
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

/** Whether the server writes zeros before the number. */
function isPadded({ native }: ColumnType): boolean {
  return native === 'year' || native.endsWith('zerofill');
}

/**
 * A column as the query must select it for its decoder to be exact. The server prints a FLOAT with 6 digits, and a FLOAT or
 * DOUBLE with declared decimals with those; times 1 it is a DOUBLE, printed in full, and -0 stays -0.
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

/** The few combinations that occur are split once. */
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
