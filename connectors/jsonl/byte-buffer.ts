/**
 * JSON written as bytes, cell by cell, into one growing buffer. A loop over the characters of short strings makes rows
 * 1.7 times as fast as joining strings and encoding them at the end (1.05 against 0.6 million rows a second of 18
 * columns, Node 20), and no row is ever held as one string.
 */
export interface ByteBuffer {
  /** ASCII text as it stands: punctuation, literals, numbers. */
  raw(ascii: string): void;
  /** A JSON string. */
  quoted(text: string): void;
  readonly size: number;
  /** What was written since the last time; the bytes are the caller's from then on. */
  take(): Buffer;
}

/** Longer strings are left to the runtime, whose encoder wins from about here. */
const SHORT = 48;
/** The most bytes that one UTF-16 unit can come to: an escape such as \u0000. */
const MAX_PER_UNIT = 6;

/** What JSON escapes: the quote, the backslash, control characters, lone surrogates (pairs are let through by name). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that JSON escapes
const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/;
const isPlain = new Uint8Array(128).map((_, code) => Number(code >= 0x20 && code !== 0x22 && code !== 0x5c));

/** An empty buffer of some capacity, which it returns to after each `take`. */
export function byteBuffer(capacity: number): ByteBuffer {
  let bytes = Buffer.allocUnsafeSlow(capacity);
  let at = 0;

  const reserve = (wanted: number) => {
    if (at + wanted <= bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(at + wanted, 2 * bytes.length));
    bytes.copy(larger, 0, 0, at);
    bytes = larger;
  };
  const raw = (ascii: string) => {
    reserve(ascii.length);
    if (ascii.length > SHORT) at += bytes.write(ascii, at, 'latin1');
    else for (let i = 0; i < ascii.length; i++) bytes[at++] = ascii.charCodeAt(i);
  };
  const long = (text: string) => {
    const json = needsEscape.test(text) ? JSON.stringify(text) : `"${text}"`;
    reserve(Buffer.byteLength(json));
    at += bytes.write(json, at, 'utf8');
  };
  const quoted = (text: string) => {
    if (text.length > SHORT) return long(text);
    reserve(text.length * MAX_PER_UNIT + 2);
    const start = at;
    bytes[at++] = 0x22;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (isPlain[code] !== 1) {
        at = start;
        return long(text);
      }
      bytes[at++] = code;
    }
    bytes[at++] = 0x22;
  };
  const take = () => {
    const taken = bytes.subarray(0, at);
    bytes = Buffer.allocUnsafeSlow(capacity);
    at = 0;
    return taken;
  };
  return {
    raw,
    quoted,
    take,
    get size() {
      return at;
    },
  };
}
