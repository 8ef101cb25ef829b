import { copy, firstBytes, hasHigh, hasZero, UNPLAIN } from './cells';

/** Text that is well-formed UTF-8 without NUL. */

/** The bytes themselves. `maxLength`: most characters, -1 for any number. Writes up to seven bytes after them too. */
export function text(start: usize, end: usize, at: usize, maxLength: i32): usize {
  let seen: u64 = 0;
  let from = start;
  for (; from + 8 <= end; from += 8) {
    const word = load<u64>(from);
    if (hasZero(word)) return UNPLAIN;
    seen |= word;
    store<u64>(at, word);
    at += 8;
  }
  if (from < end) {
    const mask = firstBytes(end - from);
    const word = load<u64>(from) & mask;
    if (hasZero(word | ~mask)) return UNPLAIN;
    seen |= word;
    store<u64>(at, word);
    at += end - from;
  }
  if (hasHigh(seen) && !isUtf8(start, end)) return UNPLAIN;
  if (maxLength >= 0 && end - start > <usize>maxLength && characters(start, end) > maxLength) return UNPLAIN;
  return at;
}

/** Each byte that begins a character. */
function characters(start: usize, end: usize): i32 {
  let count = 0;
  for (let i = start; i < end; i++) if ((load<u8>(i) & 0xc0) !== 0x80) count++;
  return count;
}

/** Any bytes. */
export function bytes(start: usize, end: usize, at: usize): usize {
  return copy(start, end - start, at);
}

const JSONB_VERSION: u8 = 1;

/** What `jsonb_recv` reads. */
export function jsonb(start: usize, end: usize, at: usize): usize {
  store<u8>(at, JSONB_VERSION);
  return text(start, end, at + 1, -1);
}

const BACKSLASH: u8 = 92;
const LETTER_U: u8 = 117;
const ZERO: u8 = 48;
const BLANK: u8 = 32;
const QUOTE: u8 = 34;

/** The letter after the backslash for 0x08 to 0x0d: `b`, `t`, `n`, no letter, `f`, `r`. */
const letters = memory.data<u8>([98, 116, 110, 117, 102, 114]);
const hexDigits = memory.data<u8>([48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 97, 98, 99, 100, 101, 102]);

/** The inside of a JSON string, escaped as `JSON.stringify` does. */
export function jsonText(start: usize, end: usize, at: usize): usize {
  let seen: u8 = 0;
  for (let i = start; i < end; i++) {
    const byte = load<u8>(i);
    seen |= byte;
    if (byte >= BLANK && byte !== QUOTE && byte !== BACKSLASH) {
      store<u8>(at++, byte);
      continue;
    }
    if (byte === 0) return UNPLAIN;
    at = escaped(byte, at);
  }
  return seen >= 0x80 && !isUtf8(start, end) ? UNPLAIN : at;
}

function escaped(byte: u8, at: usize): usize {
  const letter = byte >= BLANK ? byte : byte >= 8 && byte <= 13 ? load<u8>(letters + byte - 8) : LETTER_U;
  store<u8>(at, BACKSLASH);
  store<u8>(at, letter, 1);
  if (letter !== LETTER_U) return at + 2;
  store<u8>(at, ZERO, 2);
  store<u8>(at, ZERO, 3);
  store<u8>(at, ZERO + (byte >> 4), 4);
  store<u8>(at, load<u8>(hexDigits + (byte & 15)), 5);
  return at + 6;
}

/** Whether the bytes are well-formed UTF-8: no overlong form, no surrogate, nothing over U+10FFFF (RFC 3629). */
function isUtf8(start: usize, end: usize): bool {
  let i = start;
  while (i < end) {
    if (load<u8>(i) < 0x80) i++;
    else {
      i = sequenceEnd(i, end);
      if (i === UNPLAIN) return false;
    }
  }
  return true;
}

/** The end of the character of several bytes that begins there; `UNPLAIN` when none does. */
function sequenceEnd(at: usize, end: usize): usize {
  const first = load<u8>(at);
  if (first < 0xc2 || first > 0xf4) return UNPLAIN;
  const next = at + (first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4);
  if (next > end) return UNPLAIN;
  const second = load<u8>(at, 1);
  const least: u8 = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most: u8 = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return UNPLAIN;
  for (let i = at + 2; i < next; i++) if ((load<u8>(i) & 0xc0) !== 0x80) return UNPLAIN;
  return next;
}
