import { NONE, QUOTE } from './bytes';

/** Base64 in the standard alphabet, with padding (RFC 4648, section 4). */

const EQUALS: u8 = 0x3d;
const OTHER: u8 = 0xff;

/** The value of each byte as a base64 digit. */
const digits = memory.data(256);
memory.fill(digits, OTHER, 256);
for (let i = 0; i < 26; i++) {
  store<u8>(digits + i, <u8>i, 0x41);
  store<u8>(digits + i, <u8>(26 + i), 0x61);
}
for (let i = 0; i < 10; i++) store<u8>(digits + i, <u8>(52 + i), 0x30);
store<u8>(digits, 62, 0x2b);
store<u8>(digits, 63, 0x2f);

function digit(at: usize): u32 {
  return load<u8>(digits + load<u8>(at));
}

/** Returns the place after a string of base64; `NONE` when it is not one. */
export function base64End(from: usize): usize {
  if (load<u8>(from) !== QUOTE) return NONE;
  let at = from + 1;
  while (digit(at) !== OTHER) at++;
  if (load<u8>(at) === EQUALS) at++;
  if (load<u8>(at) === EQUALS) at++;
  return load<u8>(at) === QUOTE && ((at - from - 1) & 3) === 0 ? at + 1 : NONE;
}

/** Decodes in place. @returns where the bytes end. */
export function base64Bytes(begin: usize, end: usize): usize {
  if (begin === end) return end;
  const padding = <usize>(load<u8>(end - 1) === EQUALS) + <usize>(load<u8>(end - 2) === EQUALS);
  let to = begin;
  for (let from = begin; from < end; from += 4) {
    // Padding has the value 255, none of whose bits reach a byte that counts.
    const group = (digit(from) << 18) | (digit(from + 1) << 12) | (digit(from + 2) << 6) | digit(from + 3);
    store<u8>(to, <u8>(group >> 16));
    store<u8>(to, <u8>(group >> 8), 1);
    store<u8>(to, <u8>group, 2);
    to += 3;
  }
  return to - padding;
}
