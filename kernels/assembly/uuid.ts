import { copy, UNPLAIN } from './cells';
import { int64 } from './integer';

/** UUIDs that are carried, and ids made of an integer key. */

const HYPHEN: u8 = 45;
const BYTES = 16;
const TEXT_BYTES: usize = 36;
const KEY_BYTES: usize = 8;
/** Length of the text before the key: `hhhhhhhh-hhhh-8hhh-`. */
const PREFIX_TEXT_BYTES: usize = 19;
/** The two highest bits of those that hold the key. */
const VARIANT: u8 = 0x80;
const VARIANT_BITS: u8 = 0xc0;
const ZERO: u8 = 48;
const LETTER_A: u8 = 97;

/** The value of a lower-case hex digit; over 15 for anything else. */
function digitOf(byte: u8): u32 {
  const decimal = <u8>(byte - ZERO);
  if (decimal <= 9) return decimal;
  const letter = <u8>(byte - LETTER_A);
  return letter <= 5 ? <u32>letter + 10 : 16;
}

/** Whether the text has a hyphen before the byte of that number. */
function isAfterHyphen(byte: i32): bool {
  return byte === 4 || byte === 6 || byte === 8 || byte === 10;
}

/** The 16 bytes of `f47ac10b-58cc-4372-a567-0e02b2c3d479`. */
export function uuid(start: usize, end: usize, at: usize): usize {
  if (end - start !== TEXT_BYTES) return UNPLAIN;
  let i = start;
  let seen: u32 = 0;
  for (let byte = 0; byte < BYTES; byte++) {
    if (isAfterHyphen(byte) && load<u8>(i++) !== HYPHEN) return UNPLAIN;
    const high = digitOf(load<u8>(i));
    const low = digitOf(load<u8>(i, 1));
    i += 2;
    seen |= high | low;
    store<u8>(at++, <u8>((high << 4) | low));
  }
  return seen > 15 ? UNPLAIN : at;
}

/** The text of a UUID as it is. */
export function uuidText(start: usize, end: usize, at: usize): usize {
  if (uuid(start, end, at) === UNPLAIN) return UNPLAIN;
  return copy(start, TEXT_BYTES, at);
}

/**
 * The 16 bytes of the id that carries an integer key: half of them, the prefix, are the same for all keys of the entity, the
 * key is in the last 62 bits (`core/mapping/ids/entity-ids.ts`). A negative key, or one of more bits, is not plain.
 */
export function id(start: usize, end: usize, at: usize, prefix: usize): usize {
  return writeKey(start, end, copy(prefix, KEY_BYTES, at));
}

/** The same as text; the prefix is text too. */
export function idText(start: usize, end: usize, at: usize, prefix: usize): usize {
  // The key goes where the text will be written last.
  const key = at + TEXT_BYTES;
  if (writeKey(start, end, key) === UNPLAIN) return UNPLAIN;
  let next = copy(prefix, PREFIX_TEXT_BYTES, at);
  for (let i: usize = 0; i < KEY_BYTES; i++) {
    if (i === 2) store<u8>(next++, HYPHEN);
    const byte = load<u8>(key + i);
    store<u8>(next++, hexDigit(byte >> 4));
    store<u8>(next++, hexDigit(byte & 15));
  }
  return next;
}

function hexDigit(value: u8): u8 {
  return value <= 9 ? ZERO + value : LETTER_A - 10 + value;
}

function writeKey(start: usize, end: usize, at: usize): usize {
  const next = int64(start, end, at);
  if (next === UNPLAIN || (load<u8>(at) & VARIANT_BITS) !== 0) return UNPLAIN;
  store<u8>(at, load<u8>(at) | VARIANT);
  return next;
}
