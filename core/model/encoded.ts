import type { Row, Value } from './value.ts';

/**
 * Rows in the format of a sink, back to back. Row i ends before `bytes[ends[i]]` and begins where the one before it ends.
 * Only the first `count` entries of `ends` count, and the bytes up to the last of them.
 */
export interface EncodedRows {
  readonly count: number;
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
}

/** A value that the sink's format cannot hold although its rule produced it; carries the SQLSTATE that the target would give. */
export class Unencodable {
  readonly sqlstate: string;
  constructor(sqlstate: string) {
    this.sqlstate = sqlstate;
  }
}

/**
 * How a sink wants its rows: `begin`, the values with `between` between two of them, `end`. Equal rows have equal bytes and
 * unequal ones unequal bytes, so that digests can be taken of them.
 *
 * - `copy-binary`: a tuple of PostgreSQL's COPY BINARY
 * - `copy-text`: a line of COPY text with its line feed
 * - `json-line`: a JSON array with its line feed
 */
export interface RowFormat {
  readonly name: 'copy-binary' | 'copy-text' | 'json-line';
  readonly begin: Uint8Array;
  readonly between: Uint8Array;
  readonly end: Uint8Array;
  /** The value of a column, by its place in the row; null is SQL NULL. */
  value(place: number, value: Value): Uint8Array | Unencodable;
}

/** A value of a row that its format cannot hold. */
export interface EncodingFault {
  readonly place: number;
  readonly sqlstate: string;
}

/** A growing buffer into which rows are encoded one after the other. */
export class RowBuffer implements EncodedRows {
  bytes: Uint8Array;
  ends: Uint32Array;
  count = 0;
  /** Where the next byte goes. */
  at = 0;

  constructor(bytes = FIRST_BYTES, rows = FIRST_ROWS) {
    this.bytes = new Uint8Array(bytes);
    this.ends = new Uint32Array(rows);
  }

  /** Forgets all rows; the memory stays. */
  rewind(): void {
    this.count = 0;
    this.at = 0;
  }

  /** Forgets all rows; the memory stays, unless one batch made it much larger than usual. */
  clear(): void {
    this.rewind();
    if (this.bytes.length > MAX_RETAINED_BYTES) this.bytes = new Uint8Array(FIRST_BYTES);
  }

  /** Makes room for this many more bytes. */
  reserve(bytes: number): void {
    const needed = this.at + bytes;
    if (needed <= this.bytes.length) return;
    // Over-allocates up to 2× so that repeated growth stays linear.
    const larger = new Uint8Array(needed + Math.min(needed, MAX_RETAINED_BYTES));
    larger.set(this.bytes.subarray(0, this.at));
    this.bytes = larger;
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** Ends a row at the current position. */
  endRow(): void {
    if (this.count === this.ends.length) this.#growEnds();
    this.ends[this.count++] = this.at;
  }

  #growEnds(): void {
    const longer = new Uint32Array(this.ends.length * 2);
    longer.set(this.ends);
    this.ends = longer;
  }

  /** Appends whole rows; `ends` are counted from the first of their bytes. */
  appendRows(bytes: Uint8Array, ends: Uint32Array): void {
    const start = this.at;
    this.append(bytes);
    while (this.count + ends.length > this.ends.length) this.#growEnds();
    for (const end of ends) this.ends[this.count++] = start + end;
  }

  /** Drops the bytes written after the last complete row. */
  dropRow(): void {
    this.at = this.count === 0 ? 0 : (this.ends[this.count - 1] as number);
  }

  /** Adds a row, or returns the value that the format cannot hold and adds nothing. */
  add(format: RowFormat, row: Row): EncodingFault | null {
    this.append(format.begin);
    for (let place = 0; place < row.length; place++) {
      if (place > 0) this.append(format.between);
      const encoded = format.value(place, row[place] as Value);
      if (encoded instanceof Unencodable) {
        this.dropRow();
        return { place, sqlstate: encoded.sqlstate };
      }
      this.append(encoded);
    }
    this.append(format.end);
    this.endRow();
    return null;
  }
}

const FIRST_BYTES = 512 * 1024;
const FIRST_ROWS = 1024;
const MAX_RETAINED_BYTES = 4 * 1024 * 1024;

/** Bytes of all rows. */
export function byteLength({ count, ends }: EncodedRows): number {
  return count === 0 ? 0 : (ends[count - 1] as number);
}

/** The rows from `from` up to, not including, `to`, with ends counted from the first of their bytes. */
export function sliceRows({ bytes, ends }: EncodedRows, from: number, to: number): EncodedRows {
  const start = from === 0 ? 0 : (ends[from - 1] as number);
  const end = to === 0 ? 0 : (ends[to - 1] as number);
  return {
    count: to - from,
    bytes: bytes.subarray(start, end),
    ends: ends.slice(from, to).map((each) => each - start),
  };
}
