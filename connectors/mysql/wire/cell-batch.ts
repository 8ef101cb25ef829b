import type { CellBatch } from '../../../core/model/cells.ts';

/**
 * Rows of the text protocol: each cell is its length and its bytes. This code runs once for every cell, and `findCells` has
 * six parameters so that no object is allocated for a row. The rows of a socket chunk are copied in one piece, packet headers
 * included: copying them one by one takes a quarter more CPU for rows of 130 bytes, much of it for garbage collection.
 */

/** Bytes of the rows in a batch. A larger row is a batch by itself. */
export const batchBytes = 256 * 1024;
/** The bounds take the same memory. One row, of at most 4096 columns, always fits. */
const batchBounds = batchBytes / Int32Array.BYTES_PER_ELEMENT;

/** A batch that rows are copied into. Its memory is reused. */
export class FillingBatch implements CellBatch {
  readonly bytes: Buffer = Buffer.allocUnsafeSlow(batchBytes);
  readonly bounds = new Int32Array(batchBounds);
  rows = 0;
  /** Where the chunk will be copied to. */
  #nextByte = 0;
  #nextBound = 0;
  #chunk: Buffer | null = null;
  #chunkStart = 0;
  #chunkEnd = 0;

  /** Adds a row; its bytes must stay until `finish`. @returns whether it fitted. @throws when its columns do not match. */
  add(bytes: Buffer, start: number, end: number, columns: number): boolean {
    if (bytes !== this.#chunk || start < this.#chunkEnd) this.#begin(bytes, start);
    const shift = this.#nextByte - this.#chunkStart;
    const boundEnd = this.#nextBound + columns * 2;
    if (end + shift > batchBytes || boundEnd > batchBounds) return false;
    if (findCells(bytes, start, shift, this.bounds, this.#nextBound, boundEnd) !== end) throw misshapen();
    this.#chunkEnd = end;
    this.#nextBound = boundEnd;
    this.rows += 1;
    return true;
  }

  /** Copies the rows that are not copied yet. */
  finish(): void {
    if (this.#chunk === null) return;
    this.#nextByte += this.#chunk.copy(this.bytes, this.#nextByte, this.#chunkStart, this.#chunkEnd);
    this.#chunk = null;
  }

  clear(): void {
    this.rows = 0;
    this.#nextByte = 0;
    this.#nextBound = 0;
    this.#chunk = null;
  }

  #begin(chunk: Buffer, start: number): void {
    this.finish();
    this.#chunk = chunk;
    this.#chunkStart = start;
    this.#chunkEnd = start;
  }
}

/** Wraps one row as a batch without a copy. Its bytes must not be overwritten. */
export function singleRow(bytes: Buffer, start: number, end: number, columns: number): CellBatch {
  const bounds = new Int32Array(columns * 2);
  if (findCells(bytes, start, 0, bounds, 0, columns * 2) !== end) throw misshapen();
  return { rows: 1, bytes, bounds };
}

/**
 * Finds the cells that start at `at`, and writes their start and end, plus `shift`, into `bounds` from `from` to `to`, `to`
 * excluded.
 *
 * @returns the end of the last cell.
 */
function findCells(bytes: Uint8Array, at: number, shift: number, bounds: Int32Array, from: number, to: number): number {
  let next = at;
  for (let bound = from; bound < to; bound += 2) {
    const first = bytes[next++] as number;
    if (first === 0xfb) {
      bounds[bound] = -1;
      bounds[bound + 1] = -1;
      continue;
    }
    let length = first;
    if (first > 0xfb) {
      const width = first === 0xfc ? 2 : first === 0xfd ? 3 : 8;
      length = littleEndian(bytes, next, width);
      next += width;
    }
    bounds[bound] = next + shift;
    next += length;
    bounds[bound + 1] = next + shift;
  }
  return next;
}

function littleEndian(bytes: Uint8Array, at: number, width: number): number {
  let number = 0;
  for (let i = at + width - 1; i >= at; i--) number = number * 256 + (bytes[i] as number);
  return number;
}

function misshapen(): Error {
  return new Error('a row from the server does not have the announced columns');
}
