import { Buffer } from 'node:buffer';
import type { EncodedRows, RowFormat } from '../../../core/model/encoded.ts';
import { WaybillError } from '../../../core/model/errors.ts';
import type { Side } from '../address.ts';
import { frameOf } from './copy-frame.ts';

const batchBytes = 256 * 1024;
const newline = 0x0a;

/**
 * Cuts the output of `copy … to stdout` into rows without parsing values, in batches of about 256 KB or up to twice a larger row.
 * Each batch has separate memory. Bytes are concatenated once, and again only while a row is incomplete: then when the length
 * that a field states has arrived, or twice as many bytes.
 *
 * @throws WaybillError '…-interrupted' when the bytes end before their end is marked.
 */
export async function* cutRows(
  chunks: AsyncIterable<Uint8Array>,
  format: RowFormat,
  side: Side,
): AsyncGenerator<EncodedRows, void, undefined> {
  const { head, tail } = frameOf(format);
  const cut = format.name === 'copy-binary' ? cutTuples : cutLines;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let wanted = batchBytes;
  let isFirst = true;
  const take = (): EncodedRows => {
    const joined = Buffer.concat(held, heldBytes);
    const bytes = isFirst ? joined.subarray(head.length) : joined;
    if (isFirst && !joined.subarray(0, head.length).equals(head)) throw cutShort(side);
    isFirst = false;
    const { rows, next } = cut(bytes);
    const rest = bytes.subarray(rows.bytes.length);
    held = [rest];
    heldBytes = rest.length;
    wanted = Math.max(batchBytes, next);
    return rows;
  };
  for await (const chunk of chunks) {
    held.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes < wanted) continue;
    const rows = take();
    if (rows.count > 0) yield rows;
  }
  const rows = take();
  if (rows.count > 0) yield rows;
  if (!tail.equals(Buffer.concat(held))) throw cutShort(side);
}

function cutShort(side: Side): WaybillError {
  return new WaybillError(`${side}-interrupted`, 'The rows that the server sent end before their end.', {
    hint: 'See that nothing between waybill and the server cuts connections, then resume.',
  });
}

interface Cut {
  readonly rows: EncodedRows;
  /** How many bytes the row after them has at least. */
  readonly next: number;
}

/**
 * Whole tuples: a count of fields, each field a length and its bytes. A row's end is where its fields lead to, so this walks
 * over every field of every row; Buffer's own reading of numbers would take three times as long.
 */
function cutTuples(bytes: Buffer): Cut {
  let ends = new Uint32Array(ROWS);
  let count = 0;
  for (let start = 0; ; ) {
    const end = endOfTuple(bytes, start);
    if (end > bytes.length) return { rows: { count, bytes: bytes.subarray(0, start), ends }, next: end - start };
    if (count === ends.length) {
      const longer = new Uint32Array(count * 2);
      longer.set(ends);
      ends = longer;
    }
    ends[count++] = end;
    start = end;
  }
}

/** Room for so many rows at first; a batch of the narrowest has 30 times as many. */
const ROWS = 2048;

/** Where the tuple ends, or how far it reaches at least when it is not all there; nothing comes after the end mark. */
function endOfTuple(bytes: Buffer, start: number): number {
  const all = bytes.length;
  if (start + 2 > all) return start + 2;
  const fields = ((bytes[start] as number) << 8) | (bytes[start + 1] as number);
  if (fields > MOST_FIELDS) return Number.POSITIVE_INFINITY;
  let at = start + 2;
  for (let field = 0; field < fields; field++) {
    if (at + 4 > all) return at + 4;
    const length =
      ((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number);
    at += length < 0 ? 4 : 4 + length;
  }
  return at;
}

/** The end mark counts -1 fields. */
const MOST_FIELDS = 0x7fff;

/** Whole lines, with their line feeds; one inside a value is escaped. The length of a line is known by its end only. */
function cutLines(bytes: Buffer): Cut {
  const ends: number[] = [];
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) ends.push(at + 1);
  const rows = rowsOf(bytes, ends);
  return { rows, next: 2 * (bytes.length - rows.bytes.length) };
}

function rowsOf(bytes: Buffer, ends: readonly number[]): EncodedRows {
  return { count: ends.length, bytes: bytes.subarray(0, ends.at(-1) ?? 0), ends: Uint32Array.from(ends) };
}
