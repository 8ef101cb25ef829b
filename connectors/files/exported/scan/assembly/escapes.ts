import { BACKSLASH, LETTER_U, NONE, notPlain, plainEnd, QUOTE } from './bytes';

/** Escapes of JSON strings. No escape is shorter than the text it encodes. */

/** The byte that `\n` and similar escapes encode, by the letter; 0 for letters that JSON does not know, and for `u`. */
const meant = memory.data(128);
store<u8>(meant, QUOTE, 0x22);
store<u8>(meant, BACKSLASH, 0x5c);
store<u8>(meant, 0x2f, 0x2f);
store<u8>(meant, 0x08, 0x62);
store<u8>(meant, 0x0c, 0x66);
store<u8>(meant, 0x0a, 0x6e);
store<u8>(meant, 0x0d, 0x72);
store<u8>(meant, 0x09, 0x74);

function meaning(letter: u8): u8 {
  return letter < 128 ? load<u8>(meant + letter) : 0;
}

/** Finds a string's closing quote from inside it; `NONE` when there is none, or an escape that JSON does not know. */
export function stringEnd(at: usize): usize {
  let end = plainEnd(at);
  while (load<u8>(end) === BACKSLASH) {
    const letter = load<u8>(end, 1);
    if (meaning(letter) !== 0) end = plainEnd(end + 2);
    else if (letter === LETTER_U && hasFourHex(end + 2)) end = plainEnd(end + 6);
    else return NONE;
  }
  return load<u8>(end) === QUOTE ? end : NONE;
}

function hasFourHex(at: usize): bool {
  for (let i: usize = 0; i < 4; i++) if (hexDigit(load<u8>(at + i)) > 15) return false;
  return true;
}

/** Returns the value of a hex digit; over 15 for anything else. */
function hexDigit(byte: u8): u32 {
  const decimal = <u8>(byte - 0x30);
  if (decimal <= 9) return decimal;
  const letter = <u8>((byte | 0x20) - 0x61);
  return letter <= 5 ? <u32>letter + 10 : 16;
}

/**
 * Decodes the escapes inside a string, in place. A lone surrogate becomes the three bytes that UTF-8's scheme would give it,
 * which are not valid UTF-8.
 * @returns where the text ends now.
 */
export function withoutEscapes(begin: usize, end: usize): usize {
  let from = plainEnd(begin);
  let to = from;
  while (from < end) {
    const letter = load<u8>(from, 1);
    if (letter !== LETTER_U) {
      store<u8>(to++, meaning(letter));
      from += 2;
    } else {
      const point = codePoint(from);
      from += point > 0xffff ? 12 : 6;
      to = writeCodePoint(to, point);
    }
    while (from + 8 <= end && notPlain(load<u64>(from)) === 0) {
      store<u64>(to, load<u64>(from));
      from += 8;
      to += 8;
    }
    while (from < end && load<u8>(from) !== BACKSLASH) store<u8>(to++, load<u8>(from++));
  }
  return to;
}

/** Decodes one `\uXXXX`, or two that are a pair of surrogates. */
function codePoint(at: usize): u32 {
  const high = unit(at + 2);
  if (high < 0xd800 || high > 0xdbff) return high;
  if (load<u8>(at, 6) !== BACKSLASH || load<u8>(at, 7) !== LETTER_U) return high;
  const low = unit(at + 8);
  return low < 0xdc00 || low > 0xdfff ? high : 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

function unit(at: usize): u32 {
  let unit: u32 = 0;
  for (let i: usize = 0; i < 4; i++) unit = (unit << 4) | hexDigit(load<u8>(at + i));
  return unit;
}

function writeCodePoint(at: usize, point: u32): usize {
  if (point < 0x80) {
    store<u8>(at, <u8>point);
    return at + 1;
  }
  const length: usize = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  let rest = point;
  for (let i = length - 1; i > 0; i--) {
    store<u8>(at + i, <u8>(0x80 | (rest & 0x3f)));
    rest >>= 6;
  }
  store<u8>(at, <u8>((0xf00 >> <u32>length) | rest));
  return at + length;
}
