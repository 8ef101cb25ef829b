/** Initial size of the buffer for usual lines: a chunk of a file and the line that continues into it. */
export const FIRST_BYTES = 2 * 1024 * 1024;
const LINE_FEED = 0x0a;

/** The memory in which lines are gathered. */
export interface LineStore {
  /** A different buffer after `resize`. */
  readonly bytes: Buffer;
  /** Makes room for at least this many bytes and moves those between `from` and `to` to the front. */
  resize(bytes: number, from: number, to: number): void;
}

/** Makes a store on the JavaScript heap. */
export function heapStore(firstBytes = FIRST_BYTES): LineStore {
  let store = Buffer.allocUnsafeSlow(firstBytes);
  return {
    get bytes() {
      return store;
    },
    resize(bytes, from, to) {
      const before = store.subarray(from, to);
      store = Buffer.allocUnsafeSlow(bytes);
      store.set(before);
    },
  };
}

/**
 * Gathers the chunks of a file into whole lines, in one buffer that is reused. What `add` and `rest` return is valid until
 * the next `add`, and the caller may modify it.
 */
export class LineGatherer {
  readonly #store: LineStore;
  /** The open line: the bytes that no line break has ended yet. */
  #from = 0;
  #to = 0;

  constructor(store: LineStore = heapStore()) {
    this.#store = store;
  }

  /** Returns the lines that end in this chunk, with their breaks; null when none does. */
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

  /** Returns the open line. */
  rest(): Buffer {
    return this.#store.bytes.subarray(this.#from, this.#to);
  }

  /** Moves the open line to the front of a buffer that is large enough and no longer much larger than usual. */
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
