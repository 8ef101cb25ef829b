import { pgFloat64Text } from '../../../core/mapping/convert/float-text.ts';
import { uuidText } from '../../../core/mapping/convert/uuid.ts';
import { isJson } from '../../../core/model/canonical-form.ts';
import { fractionLength, plainDecimal, withoutNegativeZero, withScale } from '../../../core/model/decimal.ts';
import type { Column, ColumnType, Kind } from '../../../core/model/schema.ts';
import { Rejected, type Row, UnreadableRow, type UnreadValue, type Value } from '../../../core/model/value.ts';
import { textOfBytes } from '../../sql/utf8.ts';
import type { RawCell, RawRow } from '../database.ts';
import { type Form, readType } from '../types.ts';
import { momentOfNumber, momentOfText } from './moment.ts';

/**
 * Reads cells. The driver ends a text at its first NUL and replaces bytes that are not UTF-8, so a text is selected as its
 * bytes. A cell of a storage class that no value of the column's kind has is selected as a string: SQLite's own literal of it.
 */

/** The storage classes that each kind is read from. Text can be told from a blob only where the other is not read. */
const readable: Partial<Record<Kind, readonly string[]>> = {
  int64: ['integer', 'text'],
  boolean: ['integer', 'text'],
  bytes: ['blob'],
  uuid: ['text'],
  date: ['integer', 'real', 'text'],
  time: ['text'],
};
const numbersAndText = ['integer', 'real', 'text'];

/** Writes a column, or an expression of its type, as a query must select it so that its decoder is exact. */
export function selected(sql: string, { kind }: ColumnType): string {
  const classes = readable[kind] ?? numbersAndText;
  const text = classes.includes('text') ? `cast(${sql} as blob)` : `hex(cast(${sql} as blob))`;
  const others = ['integer', 'real', 'blob'].filter((name) => !classes.includes(name) || writesReals(kind, name));
  const foreign =
    others.length === 0 ? '' : ` when typeof(${sql}) in (${others.map(quoted).join(', ')}) then quote(${sql})`;
  return `case when typeof(${sql}) = 'text' then ${text}${foreign} else ${sql} end`;
}

/** Reals of a text are told from integers by SQLite's literal: `5.0`. */
function writesReals(kind: Kind, storage: string): boolean {
  return storage === 'real' && (kind === 'text' || kind === 'json');
}

function quoted(name: string): string {
  return `'${name}'`;
}

/** Reads a cell that is not NULL; undefined where it is not exactly one value of the type. */
export type Decoder = (cell: NonNullable<RawCell>) => Value | undefined;

/** The decoder for a column of this type as `selected` selects it. */
export function decoderOf(type: ColumnType): Decoder {
  const { form } = readType(type.native);
  switch (type.kind) {
    case 'int64':
      return (cell) => (typeof cell === 'number' || typeof cell === 'bigint' ? String(cell) : undefined);
    case 'boolean':
      return booleanOf;
    case 'float64':
      return floatOf;
    case 'decimal':
      return (cell) => decimalOf(cell, type);
    case 'bytes':
      return (cell) => (cell instanceof Uint8Array ? bufferOf(cell) : undefined);
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return (cell) => momentOf(cell, type.kind, form);
    case 'json':
      return jsonOf;
    case 'uuid':
      return uuidOf;
    default:
      return textOf;
  }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function ofText(cell: NonNullable<RawCell>): string | undefined {
  return cell instanceof Uint8Array ? textOfBytes(bufferOf(cell)) : undefined;
}

/** SQLite's literal of a real, as digits: `5.0`, `1.0e+300`. */
const realLiteral = /^-?\d+\.\d+(?:e[+-]\d+)?$/;

function textOf(cell: NonNullable<RawCell>): string | undefined {
  if (typeof cell !== 'string') return ofText(cell) ?? String(cell);
  return realLiteral.test(cell) ? cell : undefined;
}

function jsonOf(cell: NonNullable<RawCell>): string | undefined {
  const text = textOf(cell);
  return text !== undefined && isJson(text) ? text : undefined;
}

const truths = new Set(['1', 't', 'true', 'y', 'yes', 'on']);
const falsehoods = new Set(['0', 'f', 'false', 'n', 'no', 'off']);

/** How programs write booleans, in any case. */
export function booleanOf(cell: NonNullable<RawCell>): boolean | undefined {
  const text = (ofText(cell) ?? String(cell)).toLowerCase();
  if (truths.has(text)) return true;
  return falsehoods.has(text) ? false : undefined;
}

function floatOf(cell: NonNullable<RawCell>): string | undefined {
  if (typeof cell === 'number') return pgFloat64Text(cell);
  return typeof cell === 'bigint' && BigInt(Number(cell)) === cell ? pgFloat64Text(Number(cell)) : undefined;
}

const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** Beyond any exponent of a real. Larger ones would only fill memory with zeros. */
const maxExponent = 400;

/** The shortest digits of a real are the decimal that a program stored, up to 15 digits. */
export function exactDecimal(cell: NonNullable<RawCell>): string | undefined {
  const text = ofText(cell) ?? (typeof cell === 'number' ? pgFloat64Text(cell) : String(cell));
  if (!plainNumber.test(text) || Math.abs(Number(/e(.*)$/i.exec(text)?.[1] ?? 0)) > maxExponent) return undefined;
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  const plain = plainDecimal(digits.replace(/^\./, '0.').replace(/\.(?=e|$)/i, ''));
  if (plain === null) return undefined;
  return withoutNegativeZero((sign === '-' ? '-' : '') + plain.replace(/^0+(?=\d)/, ''));
}

/** Undefined where the number has more digits than the type. */
function decimalOf(cell: NonNullable<RawCell>, type: ColumnType): string | undefined {
  const text = exactDecimal(cell);
  if (text === undefined || !fitsDecimal(text, type)) return undefined;
  const { precision, scale = 0 } = type;
  return precision === undefined ? text : withScale(cutZeros(text, scale), scale);
}

/** `'5.00'` and 1 → `'5.0'` */
function cutZeros(text: string, scale: number): string {
  const beyond = fractionLength(text) - scale;
  return beyond <= 0 ? text : text.slice(0, -beyond).replace(/\.$/, '');
}

/** Whether a plain number has no more digits than the type. */
export function fitsDecimal(text: string, { precision, scale = 0 }: ColumnType): boolean {
  if (precision === undefined) return true;
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  return whole.replace(/^0$/, '').length <= precision - scale && fraction.replace(/0+$/, '').length <= scale;
}

function uuidOf(cell: NonNullable<RawCell>): string | undefined {
  const text = ofText(cell);
  const uuid = text === undefined ? undefined : uuidText(text);
  return uuid === undefined || uuid instanceof Rejected ? undefined : (uuid as string);
}

function momentOf(cell: NonNullable<RawCell>, kind: Kind, form: Form | null): string | undefined {
  if (typeof cell === 'string') return undefined;
  if (!(cell instanceof Uint8Array)) return momentOfNumber(cell, kind, form);
  return momentOfText(textOfBytes(bufferOf(cell)), kind);
}

/** Reads rows of these columns, which were selected in this order. `place` names the row in the record of a value. */
export function rowDecoder(table: string, columns: readonly Column[]): (row: RawRow) => Row {
  const decoders = columns.map(({ type }) => decoderOf(type));
  return (row) => {
    let unread: Map<number, UnreadValue> | null = null;
    const values = decoders.map((decode, i): Value => {
      const cell = row[i] as RawCell;
      if (cell === null) return null;
      const value = decode(cell);
      if (value !== undefined) return value;
      unread ??= new Map();
      unread.set(i, unreadValue(table, columns[i] as Column, cell));
      return null;
    });
    return unread === null ? values : new UnreadableRow(values, unread);
  };
}

function unreadValue(table: string, { name }: Column, cell: NonNullable<RawCell>): UnreadValue {
  return { column: name, place: `${table}: column "${name}"`, text: ofText(cell) ?? String(cell) };
}
