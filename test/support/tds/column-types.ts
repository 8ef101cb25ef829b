import { littleEndian, longText, shortText, token, u8, u16, u32, u64 } from './bytes.ts';
import { Exact, type Guid, type SqlValue, type Temporal } from './sql/values.ts';

/** The types of columns in COLMETADATA, and their values in ROW and NBCROW ([MS-TDS] 2.2.5.4 and 2.2.5.5). */

/** SQL_Latin1_General_CP1_CI_AS */
const collation = u8(0x09, 0x04, 0xd0, 0x00, 0x34);
/** The length that announces a value in chunks. */
const unlimited = 0xffff;
const chunkBytes = 8000;

interface WireType {
  readonly info: Buffer;
  /** How NULL is written outside of NBCROW. */
  readonly none: Buffer;
  write(value: SqlValue): Buffer;
}

const inByte = (bytes: Buffer): Buffer => Buffer.concat([u8(bytes.length), bytes]);
const inWord = (bytes: Buffer): Buffer => Buffer.concat([u16(bytes.length), bytes]);

/** A value of a (max) type: its length, chunks, and an empty chunk. */
function inChunks(bytes: Buffer): Buffer {
  const parts = [u64(BigInt(bytes.length))];
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const chunk = bytes.subarray(at, at + chunkBytes);
    parts.push(u32(chunk.length), chunk);
  }
  return Buffer.concat([...parts, u32(0)]);
}

const integerBytes: Readonly<Record<string, number>> = { tinyint: 1, smallint: 2, int: 4, bigint: 8 };

/** How values of a type are sent. @throws an Error for a type that the double does not send. */
export function wireType(type: string): WireType {
  const base = type.replace(/\(.*$/, '');
  const isMax = type.endsWith('(max)');
  const [first = 0, second = 0] = (/\((.*)\)/.exec(type)?.[1] ?? '').split(',').map(Number);
  const integer = integerBytes[base];
  if (integer !== undefined) return integerType(integer);
  switch (base) {
    case 'bit':
      return byteType(u8(0x68, 1), (value) => u8(value === true || numberOf(value) === 1n ? 1 : 0));
    case 'float':
    case 'real':
      return floatType(base === 'float' ? 8 : 4);
    case 'nvarchar':
    case 'nchar':
      return textType(base === 'nchar' ? 0xef : 0xe7, isMax ? unlimited : first * 2, 'utf16le');
    case 'varchar':
    case 'char':
      return textType(base === 'char' ? 0xaf : 0xa7, isMax ? unlimited : first, 'latin1');
    case 'varbinary':
    case 'binary':
      return isMax
        ? chunked(Buffer.concat([u8(0xa5), u16(unlimited)]))
        : wordType(Buffer.concat([u8(0xa5), u16(first)]));
    case 'xml':
      return chunked(u8(0xf1, 0));
    case 'decimal':
    case 'numeric':
      return decimalType(first || 18, second);
    case 'money':
      return byteType(u8(0x6e, 8), moneyBytes);
    case 'uniqueidentifier':
      return byteType(u8(0x24, 16), guidBytes);
    case 'date':
      return byteType(u8(0x28), (value) => dayBytes((value as Temporal).text));
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return momentType(base, type.includes('(') ? first : 7);
    default:
      throw new Error(`the double does not send ${type}`);
  }
}

function byteType(info: Buffer, bytesOf: (value: SqlValue) => Buffer): WireType {
  return { info, none: u8(0), write: (value) => inByte(bytesOf(value)) };
}

function wordType(info: Buffer): WireType {
  return { info, none: u16(0xffff), write: (value) => inWord(bytesOf(value, 'latin1')) };
}

function chunked(info: Buffer, encoding: BufferEncoding = 'utf16le'): WireType {
  return { info, none: u64(0xffff_ffff_ffff_ffffn), write: (value) => inChunks(bytesOf(value, encoding)) };
}

function textType(id: number, length: number, encoding: BufferEncoding): WireType {
  const info = Buffer.concat([u8(id), u16(length), collation]);
  if (length === unlimited) return chunked(info, encoding);
  return { info, none: u16(0xffff), write: (value) => inWord(bytesOf(value, encoding)) };
}

function bytesOf(value: SqlValue, encoding: BufferEncoding): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(String(value), encoding);
}

function integerType(bytes: number): WireType {
  return byteType(u8(0x26, bytes), (value) => littleEndian(numberOf(value), bytes));
}

function numberOf(value: SqlValue): bigint {
  return value instanceof Exact ? BigInt(value.text) : BigInt(Number(value));
}

function floatType(bytes: 4 | 8): WireType {
  return byteType(u8(0x6d, bytes), (value) => {
    const buffer = Buffer.alloc(bytes);
    if (bytes === 8) buffer.writeDoubleLE(value as number);
    else buffer.writeFloatLE(value as number);
    return buffer;
  });
}

function decimalType(precision: number, scale: number): WireType {
  const bytes = precision <= 9 ? 4 : precision <= 19 ? 8 : precision <= 28 ? 12 : 16;
  return byteType(u8(0x6a, bytes + 1, precision, scale), (value) => {
    const { digits, scale: own } = (value as Exact).decimal;
    const whole = digits * 10n ** BigInt(scale - own);
    return Buffer.concat([u8(whole < 0n ? 0 : 1), littleEndian(whole < 0n ? -whole : whole, bytes)]);
  });
}

/** The high four bytes come first. */
function moneyBytes(value: SqlValue): Buffer {
  const { digits, scale } = (value as Exact).decimal;
  const bytes = littleEndian(digits * 10n ** BigInt(4 - scale), 8);
  return Buffer.concat([bytes.subarray(4), bytes.subarray(0, 4)]);
}

/** The first three groups have their lowest byte first. */
function guidBytes(value: SqlValue): Buffer {
  const bytes = Buffer.from((value as Guid).text.replaceAll('-', ''), 'hex');
  for (const [from, to] of [
    [0, 4],
    [4, 6],
    [6, 8],
  ] as const)
    bytes.subarray(from, to).reverse();
  return bytes;
}

const firstDay = Date.UTC(2000, 0, 1) / 86_400_000 - 730_119;

function dayBytes(text: string): Buffer {
  const moment = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return littleEndian(BigInt(moment.getTime() / 86_400_000 - firstDay), 3);
}

function momentType(base: string, scale: number): WireType {
  const id = { time: 0x29, datetime2: 0x2a }[base] ?? 0x2b;
  return byteType(u8(id, scale), (value) => {
    const { text, offset } = value as Temporal;
    const [hours = '0', minutes = '0', seconds = '0'] = text.slice(base === 'time' ? 0 : 11).split(':');
    const [whole = '0', fraction = ''] = seconds.split('.');
    const ticks = BigInt(Number(hours) * 3600 + Number(minutes) * 60 + Number(whole)) * 10n ** BigInt(scale);
    const time = littleEndian(
      ticks + BigInt(fraction.padEnd(scale, '0').slice(0, scale) || 0),
      scale <= 2 ? 3 : scale <= 4 ? 4 : 5,
    );
    if (base === 'time') return time;
    return Buffer.concat([time, dayBytes(text), ...(base === 'datetime2' ? [] : [littleEndian(BigInt(offset), 2)])]);
  });
}

/** Describes the columns of a result. */
export function columnMetadata(columns: readonly { readonly name: string; readonly type: string }[]): Buffer {
  const isNullable = 1;
  return Buffer.concat([
    u8(0x81),
    u16(columns.length),
    ...columns.flatMap(({ name, type }) => [u32(0), u16(isNullable), wireType(type).info, shortText(name)]),
  ]);
}

/** A row: as ROW without a NULL and in every other row with one, else as NBCROW, so that both are read. */
export function rowToken(types: readonly WireType[], row: readonly SqlValue[], place: number): Buffer {
  const hasNull = row.includes(null);
  if (!hasNull || place % 2 === 0)
    return Buffer.concat([
      u8(0xd1),
      ...types.map(({ none, write }, i) => (row[i] === null ? none : write(row[i] as SqlValue))),
    ]);
  const nulls = Buffer.alloc(Math.ceil(types.length / 8));
  row.forEach((value, i) => {
    if (value === null) nulls[i >> 3] = (nulls[i >> 3] as number) | (1 << (i & 7));
  });
  const values = types.flatMap(({ write }, i) => (row[i] === null ? [] : [write(row[i] as SqlValue)]));
  return Buffer.concat([u8(0xd2), nulls, ...values]);
}

/** The text of an error or of information. */
export function messageToken(number: number, severity: number, text: string): Buffer {
  const body = [
    littleEndian(BigInt(number), 4),
    u8(1, severity),
    longText(text),
    shortText('double'),
    shortText(''),
    u32(1),
  ];
  return token(0xaa, Buffer.concat(body));
}

function doneToken(status: number, rows: number): Buffer {
  return Buffer.concat([u8(0xfd), u16(status), u16(0xc1), u64(BigInt(rows))]);
}

/** The ends of an answer: with a number of rows, with an error, and of an attention. */
export const done = {
  rows: (count: number): Buffer => doneToken(0x10, count),
  nothing: (): Buffer => doneToken(0, 0),
  error: (): Buffer => doneToken(2, 0),
  attention: (): Buffer => doneToken(0x20, 0),
};
