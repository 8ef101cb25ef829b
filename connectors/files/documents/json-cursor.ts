import { isUtf8 } from 'node:buffer';
import { MAX_LINE_BYTES } from '../exported/line-blocks.ts';
import { damaged, notJson } from '../fault.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const END = -1;

const closeOf = { array: CLOSE_ARRAY, object: CLOSE_OBJECT } as const;

/**
 * Walks over a JSON document of any size and holds only one chunk and the value being taken. It returns source text, cut
 * but not parsed: `JSON.parse` of each text is the check. A token stream (stream-json) serves only where column names are
 * enough (`property-names.ts`). Its strings are unescaped and its white space is gone, so JSON columns would lose their
 * source text. Bytes that are not UTF-8 become U+FFFD without an error. It has no offsets, so no table could be read from
 * where it begins.
 */
export class JsonCursor {
  readonly #file: string;
  readonly #chunks: AsyncIterator<Buffer>;
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #base: number;

  /** @param base offset in the document at which the first chunk begins. */
  constructor(file: string, chunks: AsyncIterable<Buffer>, base = 0) {
    this.#file = file;
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#base = base;
  }

  /** Offset of the next byte in the document. */
  get offset(): number {
    return this.#base + this.#at;
  }

  /** Returns the kind of the next value; null at the end of the document. */
  async next(): Promise<'array' | 'object' | 'other' | null> {
    const byte = await this.#peek();
    if (byte === END) return null;
    return byte === OPEN_ARRAY ? 'array' : byte === OPEN_OBJECT ? 'object' : 'other';
  }

  /** Skips the bracket that `next` has seen. */
  enter(): void {
    this.#at += 1;
  }

  /**
   * Yields before each member of the array or object that was entered. The caller takes the member (in an object, `key`
   * first) before it asks for the next.
   */
  async *members(of: 'array' | 'object'): AsyncGenerator<void> {
    const close = closeOf[of];
    let byte = await this.#peek();
    while (byte !== close) {
      yield;
      byte = await this.#peek();
      if (byte !== COMMA && byte !== close) throw this.#fault();
      if (byte === COMMA) this.#at += 1;
    }
    this.#at += 1;
  }

  /** Takes a property's name and the colon after it. */
  async key(): Promise<string> {
    if ((await this.#peek()) !== QUOTE) throw this.#fault();
    const name = (await this.value()) as string;
    if ((await this.#peek()) !== COLON) throw this.#fault();
    this.#at += 1;
    return name;
  }

  /** Takes a value and parses it. */
  async value(): Promise<unknown> {
    const begin = this.offset;
    const text = await this.text();
    try {
      return JSON.parse(text);
    } catch {
      throw notJson(this.#file, `what begins at byte ${begin + 1}`);
    }
  }

  /** Takes the source text of a value, without surrounding white space. */
  async text(): Promise<string> {
    const begin = this.offset;
    const pieces: Buffer[] = [];
    let length = 0;
    await this.#take((piece) => {
      pieces.push(piece);
      length += piece.length;
      if (length > MAX_LINE_BYTES) throw damaged(this.#file, `what begins at byte ${begin + 1} is too long`);
    });
    const bytes = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
    if (!isUtf8(bytes)) throw notJson(this.#file, `what begins at byte ${begin + 1}`, 'is not UTF-8');
    return bytes.toString('utf8');
  }

  /** Skips a value that a later reading will check. Only its brackets and quotes are examined, and none of it is held. */
  async pass(): Promise<void> {
    await this.#take(() => undefined);
  }

  /** Skips a byte order mark at the beginning of a document. */
  async skipMark(): Promise<void> {
    while (this.#bytes.length < 3 && (await this.#more()));
    if (this.#bytes.subarray(0, 3).equals(mark)) this.#at = 3;
  }

  /** Checks the end of the document. @throws WaybillError 'not-json' when anything but white space follows. */
  async end(): Promise<void> {
    if ((await this.#peek()) !== END) throw this.#fault();
  }

  /** Closes the file. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #take(take: (piece: Buffer) => void): Promise<void> {
    await this.#peek();
    const scan: Scan = { depth: 0, isString: false, isEscaped: false };
    const begin = this.offset;
    let end = scanValue(this.#bytes, this.#at, scan);
    while (end < 0) {
      take(this.#bytes.subarray(this.#at));
      this.#at = this.#bytes.length;
      if (!(await this.#refill())) throw notJson(this.#file, 'the document', 'is cut off: it ends within a value');
      end = scanValue(this.#bytes, 0, scan);
    }
    take(this.#bytes.subarray(this.#at, end));
    this.#at = end;
    if (this.offset === begin) throw this.#fault();
  }

  /** Returns the next byte that is not white space, without taking it. */
  async #peek(): Promise<number> {
    for (;;) {
      while (this.#at < this.#bytes.length) {
        const byte = this.#bytes[this.#at] as number;
        if (!isSpace(byte)) return byte;
        this.#at += 1;
      }
      if (!(await this.#refill())) return END;
    }
  }

  /** Moves on to the next chunk when this one is used up; false at the end. */
  async #refill(): Promise<boolean> {
    const { value, done } = await this.#chunks.next();
    if (done === true) return false;
    this.#base += this.#bytes.length;
    this.#bytes = value;
    this.#at = 0;
    return true;
  }

  /** Appends the next chunk to this one; false at the end. */
  async #more(): Promise<boolean> {
    const { value, done } = await this.#chunks.next();
    if (done !== true) this.#bytes = Buffer.concat([this.#bytes, value]);
    return done !== true;
  }

  #fault(): Error {
    if (this.#at >= this.#bytes.length) return notJson(this.#file, 'the document', 'is cut off');
    return notJson(this.#file, `byte ${this.offset + 1}`);
  }
}

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

/** The state of the scan of a value that spans several chunks. */
interface Scan {
  depth: number;
  isString: boolean;
  isEscaped: boolean;
}

/** How a byte outside of strings changes the depth. */
const bracketStep = new Int8Array(256);
for (const byte of [OPEN_OBJECT, OPEN_ARRAY]) bracketStep[byte] = 1;
for (const byte of [CLOSE_OBJECT, CLOSE_ARRAY]) bracketStep[byte] = -1;

/** Returns the place after the value that begins or continues at `from`; -1 when the bytes end before it. */
function scanValue(bytes: Uint8Array, from: number, scan: Scan): number {
  let at = from;
  while (at < bytes.length) {
    const byte = bytes[at] as number;
    if (scan.isString) {
      at = scanString(bytes, at, scan);
      if (!scan.isString && scan.depth === 0) return at;
      continue;
    }
    const step = bracketStep[byte] as number;
    if (byte === QUOTE) scan.isString = true;
    else if (step < 0 && scan.depth <= 1) return at + scan.depth;
    else if (scan.depth === 0 && endsScalar(byte)) return at;
    scan.depth += step;
    at += 1;
  }
  return -1;
}

/** Returns the place after a string's closing quote, or the end of the bytes when the string continues. */
function scanString(bytes: Uint8Array, from: number, scan: Scan): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (scan.isEscaped) scan.isEscaped = false;
    else if (byte === BACKSLASH) scan.isEscaped = true;
    else if (byte === QUOTE) {
      scan.isString = false;
      return at + 1;
    }
  }
  return bytes.length;
}

function endsScalar(byte: number): boolean {
  return byte === COMMA || byte === COLON || isSpace(byte);
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
