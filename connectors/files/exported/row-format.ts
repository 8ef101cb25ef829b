import type { RowFormat } from '../../../core/model/encoded.ts';
import { WaybillError } from '../../../core/model/errors.ts';
import type { Column } from '../../../core/model/schema.ts';
import type { Value } from '../../../core/model/value.ts';
import { base64OfBytes, type Form, formOfKind, isArrayLiteral } from './json-forms.ts';

/**
 * Makes the lines of a part file: for each row a JSON array and a line break. The same row always gives the same bytes.
 * @throws WaybillError 'internal' (`value`) when a value is not of its column's kind, which is a fault of a connector.
 */
export function jsonFormat(columns: readonly Column[]): RowFormat {
  const forms = columns.map((column) => formOfKind[column.type.kind]);
  return {
    name: 'json-line',
    begin: Buffer.from('['),
    between: Buffer.from(','),
    end: Buffer.from(']\n'),
    value(place, value) {
      if (value === null) return NULL;
      const json = place < forms.length ? jsonOf(value, forms[place] as Form) : null;
      if (json === null) throw misshapen(columns, place);
      return typeof json === 'string' ? Buffer.from(json, 'utf8') : json;
    },
  };
}

const NULL = Buffer.from('null');

/** Returns null when the value does not have the column's form. */
function jsonOf(value: Exclude<Value, null>, form: Form): string | Uint8Array | null {
  switch (form) {
    case 'text':
      return typeof value === 'string' ? textOf(value) : null;
    case 'integer':
      return typeof value === 'string' && isPlainInteger(value) ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : null;
    case 'bytes':
      return value instanceof Uint8Array ? bytesOf(value) : null;
    case 'array':
      return Array.isArray(value) || (typeof value === 'string' && isArrayLiteral(value))
        ? JSON.stringify(value)
        : null;
  }
}

/**
 * Longer values are written in pieces, because their whole JSON would also be on the heap, at up to 12 bytes a
 * character.
 */
const PIECE = 3 * 64 * 1024;

function textOf(text: string): string | Uint8Array {
  return text.length <= PIECE ? JSON.stringify(text) : quoted(() => piecesOfText(text));
}

function* piecesOfText(text: string): Generator<string> {
  for (let from = 0, to = 0; from < text.length; from = to) {
    to = from + PIECE;
    if (isHighSurrogate(text.charCodeAt(to - 1))) to -= 1;
    yield JSON.stringify(text.slice(from, to)).slice(1, -1);
  }
}

/** `charCodeAt` beyond the end is NaN, so the result is false. */
function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function bytesOf(bytes: Uint8Array): string | Uint8Array {
  return bytes.length <= PIECE ? `"${base64OfBytes(bytes)}"` : quoted(() => piecesOfBytes(bytes));
}

/** Each piece is a multiple of 3 bytes, so that only the last one is padded. */
function* piecesOfBytes(bytes: Uint8Array): Generator<string> {
  for (let from = 0; from < bytes.length; from += PIECE) yield base64OfBytes(bytes.subarray(from, from + PIECE));
}

/** Walks the pieces twice, to measure and to write, so that a long value is held once. */
function quoted(pieces: () => Iterable<string>): Uint8Array {
  let length = 2;
  for (const piece of pieces()) length += Buffer.byteLength(piece);
  const json = Buffer.allocUnsafeSlow(length).fill('"', 0, 1);
  let at = 1;
  for (const piece of pieces()) at += json.write(piece, at);
  json.write('"', at);
  return json;
}

/** Accepts only text that reads back unchanged: no leading zero, no plus, no `-0`, at most ten digits. */
function isPlainInteger(text: string): boolean {
  return /^(?:0|-?[1-9]\d{0,9})$/.test(text);
}

function misshapen(columns: readonly Column[], place: number): WaybillError {
  const column = columns[place];
  const what =
    column === undefined
      ? `a row has a value ${place + 1}, but there are ${columns.length} columns`
      : `column "${column.name}" holds something that is not canonical ${column.type.kind}`;
  return new WaybillError('internal', `Cannot write a row as JSON Lines: ${what}.`, {
    hint: 'Report this with the table definition. The code that read or mapped the row is at fault.',
  });
}
