import { isUtf8 } from 'node:buffer';

/**
 * Decodes what a server calls UTF-8, or does not check (SQL_ASCII). MySQL's can contain halves of surrogate pairs, single ones
 * from a utf8mb4 column and pairs from a ucs2 column. They keep their code units in the JavaScript string: a pair is its character, and a single half makes a
 * text that the target refuses. Any other byte that is not UTF-8 also becomes a lone surrogate (0xff → U+DCFF): the usual
 * U+FFFD could not be distinguished from a real value.
 */
export function textOfBytes(bytes: Buffer, start = 0, end = bytes.length): string {
  const text = bytes.toString('utf8', start, end);
  if (!text.includes('\ufffd')) return text;
  const range = bytes.subarray(start, end);
  return isUtf8(range) ? text : looseText(range);
}

const replacement = 0xdc00;

function looseText(bytes: Buffer): string {
  let text = '';
  let start = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += bytes.toString('utf8', start, at);
    const surrogate = surrogateAt(bytes, at);
    text += String.fromCharCode(surrogate ?? replacement + (bytes[at] as number));
    at += surrogate === null ? 1 : 3;
    start = at;
  }
  return text + bytes.toString('utf8', start);
}

/** Length in bytes of the well-formed sequence that begins there; 0 without one. */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  return at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

/** The code unit of a surrogate written as three bytes: ED A0 80 … ED BF BF. */
function surrogateAt(bytes: Buffer, at: number): number | null {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  if (first !== 0xed || second < 0xa0 || second > 0xbf || third < 0x80 || third > 0xbf) return null;
  return 0xd000 | ((second & 0x3f) << 6) | (third & 0x3f);
}
