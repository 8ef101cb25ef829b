import { Buffer } from 'node:buffer';
import type { CellBatch, CellForm, CellReading } from '../../../core/model/cells.ts';
import type { EncodedRows } from '../../../core/model/encoded.ts';
import type { TableSchema } from '../../../core/model/schema.ts';
import { textOfBytes } from '../../sql/utf8.ts';
import { cellReaders } from './copy-text.ts';

const tab = 0x09;
const newline = 0x0a;
const backslash = 0x5c;
const capitalN = 0x4e;

/** How each cell reads: the server prints canonical text, except for values that waybill does not hold as text. */
export function cellForms({ columns }: TableSchema): readonly CellForm[] {
  return columns.map(({ type: { kind } }) => (kind === 'bytes' || kind === 'textArray' ? 'opaque' : 'text'));
}

/** Reads single cells of the batches of `cellBatches`. */
export function cellValue(table: TableSchema): CellReading['value'] {
  const readers = cellReaders(table);
  return ({ bytes, bounds }, row, column) => {
    const place = (row * readers.length + column) * 2;
    const start = bounds[place] as number;
    if (start < 0) return null;
    const length = (bounds[place + 1] as number) - start;
    const text = textOfBytes(Buffer.from(bytes.buffer, bytes.byteOffset + start, length));
    return (readers[column] as (typeof readers)[number])(text);
  };
}

/** Cuts lines of COPY text into cells. */
export async function* cellBatches(
  batches: AsyncIterable<EncodedRows>,
  columns: number,
): AsyncGenerator<CellBatch, void, undefined> {
  for await (const batch of batches) {
    yield cellsOf(batch, columns);
  }
}

/**
 * Finds the cells of whole lines and unescapes them in place: a cell never grows. The server sends seven named escapes and
 * `\N`.
 */
function cellsOf({ count, bytes }: EncodedRows, columns: number): CellBatch {
  const bounds = new Int32Array(count * columns * 2);
  let place = 0;
  for (let at = 0; at < bytes.length; at++) {
    const start = at;
    let firstEscape = -1;
    for (let byte = bytes[at] as number; byte !== tab && byte !== newline; byte = bytes[++at] as number) {
      if (byte !== backslash) continue;
      if (firstEscape < 0) firstEscape = at;
      at++;
    }
    const isNull = firstEscape === start && bytes[start + 1] === capitalN;
    bounds[place++] = isNull ? -1 : start;
    bounds[place++] = isNull ? -1 : firstEscape < 0 ? at : unescapeInPlace(bytes, firstEscape, at);
  }
  return { rows: count, bytes, bounds };
}

/** The character after the backslash → the character that it means. */
const escapes = new Uint8Array(256).map((_, code) => code);
for (const [name, code] of Object.entries({ b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 }))
  escapes[name.charCodeAt(0)] = code;

/** Unescapes a cell. @returns its new end. */
function unescapeInPlace(bytes: Uint8Array, from: number, end: number): number {
  let to = from;
  for (let at = from; at < end; at++) {
    const byte = bytes[at] as number;
    bytes[to++] = byte === backslash ? (escapes[bytes[++at] as number] as number) : byte;
  }
  return to;
}
