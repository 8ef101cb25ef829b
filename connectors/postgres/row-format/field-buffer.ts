import { Buffer } from 'node:buffer';

const slabBytes = 64 * 1024;
const two32 = 2 ** 32;

/**
 * A buffer for the fields of COPY BINARY, each a length and its bytes. A taken field is never overwritten, and a reference to it
 * keeps its 64 KB slab alive. Numbers are big-endian, as in the protocol.
 */
export class FieldBuffer {
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;
  #at = 0;

  /** Starts a field. A previous field that was not taken is discarded. */
  begin(): void {
    this.#at = this.#start;
    this.reserve(64);
    this.#at += 4;
  }

  /** Makes room for so many more bytes. */
  reserve(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const written = this.#bytes.subarray(this.#start, this.#at);
    // Not allocUnsafe, whose pool other code writes to.
    this.#bytes = Buffer.allocUnsafeSlow(Math.max(slabBytes, written.length + bytes));
    this.#bytes.set(written);
    this.#start = 0;
    this.#at = written.length;
  }

  /** The field, its length before it. */
  take(): Uint8Array {
    const length = this.#at - this.#start;
    this.#bytes.writeInt32BE(length - 4, this.#start);
    const field = new Uint8Array(this.#bytes.buffer, this.#start, length);
    this.#start = this.#at;
    // A field larger than a slab shares its memory with no other field.
    if (this.#at > slabBytes) {
      this.#bytes = Buffer.alloc(0);
      this.#start = 0;
      this.#at = 0;
    }
    return field;
  }

  /** How far the field has been written, to put something there with `int16At` or `int32At` later. */
  get place(): number {
    return this.#at - this.#start;
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }

  int16At(place: number, value: number): void {
    const at = this.#start + place;
    this.#bytes[at] = value >> 8;
    this.#bytes[at + 1] = value;
  }

  int32At(place: number, value: number): void {
    this.#bytes.writeInt32BE(value, this.#start + place);
  }

  byte(value: number): void {
    this.#bytes[this.#at++] = value;
  }

  int16(value: number): void {
    this.#bytes[this.#at++] = value >> 8;
    this.#bytes[this.#at++] = value;
  }

  int32(value: number): void {
    this.#bytes.writeInt32BE(value, this.#at);
    this.#at += 4;
  }

  /** An integer that a double holds exactly, or `high` times 2³² more than that. */
  int64(low: number, high = 0): void {
    const carried = Math.floor(low / two32);
    this.#bytes.writeInt32BE(high + carried, this.#at);
    this.#bytes.writeUInt32BE(low - carried * two32, this.#at + 4);
    this.#at += 8;
  }

  bigint64(value: bigint): void {
    this.#bytes.writeBigInt64BE(value, this.#at);
    this.#at += 8;
  }

  float32(value: number): void {
    this.#at = this.#bytes.writeFloatBE(value, this.#at);
  }

  float64(value: number): void {
    this.#at = this.#bytes.writeDoubleBE(value, this.#at);
  }

  /** Bytes for which room was not yet made. */
  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** Pairs of hex digits, with hyphens between pairs, for whose bytes there is room. */
  hex(digits: string): void {
    const bytes = this.#bytes;
    let to = this.#at;
    for (let i = 0; i < digits.length; i += 2) {
      if (digits.charCodeAt(i) === hyphen) i++;
      bytes[to++] = ((nibbles[digits.charCodeAt(i)] as number) << 4) | (nibbles[digits.charCodeAt(i + 1)] as number);
    }
    this.#at = to;
  }

  /** Any text as UTF-8. @returns false when PostgreSQL cannot hold it, see `isText`. */
  text(text: string): boolean {
    if (text.length <= shortText) {
      this.reserve(text.length);
      if (this.#ascii(text)) return true;
    }
    if (!isText(text)) return false;
    this.reserve(text.length <= longText ? text.length * 3 : Buffer.byteLength(text));
    this.#at += this.#bytes.write(text, this.#at, 'utf8');
    return true;
  }

  /** Below this length a loop is faster than a call out of JavaScript. */
  #ascii(text: string): boolean {
    const bytes = this.#bytes;
    const at = this.#at;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 0 || code > 0x7f) return false;
      bytes[at + i] = code;
    }
    this.#at = at + text.length;
    return true;
  }
}

const hyphen = 0x2d;
/** Character code → value of the hex digit. */
const nibbles = Uint8Array.from({ length: 128 }, (_, code) => Number.parseInt(String.fromCharCode(code), 16) || 0);
const shortText = 24;
const longText = 4096;

/** Whether PostgreSQL can hold it as text: no NUL, no half of a surrogate pair. */
export function isText(text: string): boolean {
  // isWellFormed is in Node 20; the types know it from es2024 on.
  return !text.includes('\0') && (text as string & { isWellFormed(): boolean }).isWellFormed();
}
