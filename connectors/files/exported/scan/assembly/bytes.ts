/** The result of a search for an end that does not exist. */
export const NONE: usize = 0;

export const QUOTE: u8 = 0x22;
export const BACKSLASH: u8 = 0x5c;
export const LETTER_U: u8 = 0x75;

/** Repeats the byte eight times. */
const ONES: u64 = 0x0101010101010101;
const BLANKS: u64 = 0x2020202020202020;
const QUOTES: u64 = 0x2222222222222222;
const BACKSLASHES: u64 = 0x5c5c5c5c5c5c5c5c;
const HIGH_BITS: u64 = 0x8080808080808080;

/**
 * Finds the first byte that a string cannot hold unescaped: a quote, a backslash, a control character. There must be one,
 * and the seven bytes after it must be readable.
 */
export function plainEnd(at: usize): usize {
  let found = notPlain(load<u64>(at));
  while (found === 0) {
    at += 8;
    found = notPlain(load<u64>(at));
  }
  return at + (<usize>ctz(found) >> 3);
}

/**
 * A bit of each of the eight bytes that a string does not hold as it is; the lowest is right, those above it may not
 * be.
 */
export function notPlain(word: u64): u64 {
  const isBelowBlank = word - BLANKS;
  const isQuote = (word ^ QUOTES) - ONES;
  const isBackslash = (word ^ BACKSLASHES) - ONES;
  return (isBelowBlank | isQuote | isBackslash) & ~word & HIGH_BITS;
}
