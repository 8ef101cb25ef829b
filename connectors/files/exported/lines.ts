import { isUtf8 } from 'node:buffer';
import { damaged, notJson } from '../fault.ts';

/** Longer than any row that waybill carries (64 MB of bytes are 90 MB of base64), shorter than what a string can hold. */
export const MAX_LINE_BYTES = 256 * 1024 * 1024;
/** What usual lines are gathered in: a chunk of a file, and the line that it goes on with. */
export const FIRST_BYTES = 2 * 1024 * 1024;
const LINE_FEED = 0x0a;

/** The memory in which lines are gathered. */
export interface LineStore {
  /** Another one after `resize`. */
  readonly bytes: Buffer;
  /** Makes it hold so many bytes at least, in front those that were from `from` to `to`. */
  resize(bytes: number, from: number, to: number): void;
}

class HeapStore implements LineStore {
  bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);

  resize(bytes: number, from: number, to: number): void {
    const before = this.bytes.subarray(from, to);
    this.bytes = Buffer.allocUnsafeSlow(bytes);
    this.bytes.set(before);
  }
}

/**
 * Gathers the chunks of a file into whole lines, in one buffer that is written over: what `add` and `rest` give holds
 * until the next `add`, and may be changed by whoever got it.
 */
export class LineGatherer {
  readonly #store: LineStore;
  /** The open line: what no line break has ended yet. */
  #from = 0;
  #to = 0;

  constructor(store: LineStore = new HeapStore()) {
    this.#store = store;
  }

  /** The lines that end in this chunk, with their breaks; null when none does. */
  add(chunk: Uint8Array): Buffer | null {
    this.#makeRoom(chunk.length);
    const feed = chunk.lastIndexOf(LINE_FEED);
    const end = this.#to + feed + 1;
    this.#store.bytes.set(chunk, this.#to);
    this.#to += chunk.length;
    if (feed < 0) return null;
    this.#from = end;
    return this.#store.bytes.subarray(0, end);
  }

  /** The open line. */
  rest(): Buffer {
    return this.#store.bytes.subarray(this.#from, this.#to);
  }

  /** Moves the open line to the front of a buffer that is large enough, and no longer much larger than usual. */
  #makeRoom(bytes: number): void {
    const open = this.#to - this.#from;
    const needed = open + bytes;
    const size = this.#store.bytes.length;
    const isOutsized = size > 16 * FIRST_BYTES && needed <= FIRST_BYTES;
    if (needed > size) this.#store.resize(needed + size, this.#from, this.#to);
    else if (isOutsized) this.#store.resize(FIRST_BYTES, this.#from, this.#to);
    else if (this.#from > 0) this.#store.bytes.copyWithin(0, this.#from, this.#to);
    this.#from = 0;
    this.#to = open;
  }
}

/** @throws WaybillError 'part-damaged' when an open line is over 256 MB. */
export function checkLength(file: string, open: Uint8Array, number: number): void {
  if (open.length > MAX_LINE_BYTES) throw damaged(file, `line ${number} is longer than ${MAX_LINE_BYTES} bytes`);
}

/** @throws WaybillError 'not-json' when one of the lines is not UTF-8; `number` is the first one's. */
export function checkUtf8(file: string, lines: Buffer, number: number): void {
  if (!isUtf8(lines)) throw notJson(file, `line ${number + linesBeforeFault(lines)}`, 'is not UTF-8');
}

function linesBeforeFault(bytes: Buffer): number {
  let lines = 0;
  let start = 0;
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return lines;
    lines += 1;
    start = end + 1;
  }
  return lines;
}

/** Whole lines of a file, without their breaks. */
export interface LineBlock {
  readonly lines: readonly string[];
  /** Place of the first of them in the file, from 1. */
  readonly number: number;
}

/**
 * Cuts bytes into lines, as many as each chunk closes; the last one may lack its break.
 * @throws WaybillError 'not-json' when a line is not UTF-8, 'part-damaged' when one is over 256 MB.
 */
export async function* lineBlocks(file: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<LineBlock> {
  const gatherer = new LineGatherer();
  let number = 1;
  for await (const chunk of chunks) {
    const closed = gatherer.add(chunk);
    if (closed !== null) {
      checkUtf8(file, closed, number);
      const lines = closed.toString('utf8', 0, closed.length - 1).split('\n');
      yield { lines, number };
      number += lines.length;
    }
    checkLength(file, gatherer.rest(), number);
  }
  const rest = gatherer.rest();
  checkUtf8(file, rest, number);
  if (rest.length > 0) yield { lines: [rest.toString('utf8')], number };
}
