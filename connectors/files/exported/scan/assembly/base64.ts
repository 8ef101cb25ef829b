import { NONE, QUOTE } from './bytes';

/** Base64 in the standard alphabet, with padding (RFC 4648, section 4). */

const EQUALS: u8 = 0x3d;
const OTHER: u8 = 0xff;

/** What each byte stands for. */
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

/** After a string of base64; `NONE` when it is none. */
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
    // Padding stands for 255, of which no bit gets into a byte that counts.
    const group = (digit(from) << 18) | (digit(from + 1) << 12) | (digit(from + 2) << 6) | digit(from + 3);
    store<u8>(to, <u8>(group >> 16));
    store<u8>(to, <u8>(group >> 8), 1);
    store<u8>(to, <u8>group, 2);
    to += 3;
  }
  return to - padding;
}
