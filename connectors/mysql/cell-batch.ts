import type { CellBatch } from '../../core/cells.ts';

/**
 * Rows of the text protocol: each cell is its length and its bytes. This runs once a cell of all that is read; `findCells`
 * takes five parameters so that nothing is made for a row.
 */

/** Bytes of the rows of a batch; a larger row makes a batch of its own. */
export const batchBytes = 256 * 1024;
/** As much memory again; one row, of 4096 columns at most, always fits. */
const batchBounds = batchBytes / Int32Array.BYTES_PER_ELEMENT;

/** Rows copied one after the other into memory that is used again. */
export class FillingBatch implements CellBatch {
  readonly bytes: Buffer = Buffer.allocUnsafeSlow(batchBytes);
  readonly bounds = new Int32Array(batchBounds);
  rows = 0;
  #nextByte = 0;
  #nextBound = 0;

  /** Adds a row. @returns whether there was room for it. @throws when it has another number of columns. */
  add(bytes: Buffer, start: number, end: number, columns: number): boolean {
    const [byteEnd, boundEnd] = [this.#nextByte + end - start, this.#nextBound + columns * 2];
    if (byteEnd > batchBytes || boundEnd > batchBounds) return false;
    bytes.copy(this.bytes, this.#nextByte, start, end);
    const cellsEnd = findCells(this.bytes, this.#nextByte, this.bounds, this.#nextBound, boundEnd);
    if (cellsEnd !== byteEnd) throw misshapen();
    this.#nextByte = byteEnd;
    this.#nextBound = boundEnd;
    this.rows += 1;
    return true;
  }

  clear(): void {
    this.rows = 0;
    this.#nextByte = 0;
    this.#nextBound = 0;
  }
}

/** A row as a batch of its own, without a copy: nobody may write over the bytes. */
export function singleRow(bytes: Buffer, start: number, end: number, columns: number): CellBatch {
  const bounds = new Int32Array(columns * 2);
  if (findCells(bytes, start, bounds, 0, columns * 2) !== end) throw misshapen();
  return { rows: 1, bytes, bounds };
}

/** Writes where the cells from `at` on begin and end into `bounds[from]` up to, not including, `to`. @returns the end of the last. */
function findCells(bytes: Uint8Array, at: number, bounds: Int32Array, from: number, to: number): number {
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
    bounds[bound] = next;
    next += length;
    bounds[bound + 1] = next;
  }
  return next;
}

function littleEndian(bytes: Uint8Array, at: number, width: number): number {
  let number = 0;
  for (let i = at + width - 1; i >= at; i--) number = number * 256 + (bytes[i] as number);
  return number;
}

function misshapen(): Error {
  return new Error('a row of the server does not have the columns that were announced');
}
