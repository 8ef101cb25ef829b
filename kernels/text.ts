import { type Kernel, unplain } from './kernel.ts';

/** Text that is well-formed UTF-8 without NUL. */

/** The bytes themselves. `maxLength`: most characters, null for any number. */
export function text(maxLength: number | null): Kernel {
  return (bytes, start, end, out, at) => {
    let seen = 0;
    for (let i = start; i < end; i++) {
      const byte = bytes[i] as number;
      if (byte === 0) return unplain;
      seen |= byte;
      out[at++] = byte;
    }
    if (seen >= 0x80 && !isUtf8(bytes, start, end)) return unplain;
    if (maxLength !== null && end - start > maxLength && characters(bytes, start, end) > maxLength) return unplain;
    return at;
  };
}

/** Each byte that begins a character. */
function characters(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) if (((bytes[i] as number) & 0xc0) !== 0x80) count++;
  return count;
}

const [backslash, letterU] = [92, 117];
const hexDigits = new TextEncoder().encode('0123456789abcdef');

/** What stands behind the backslash: 0 for bytes that are not escaped, `u` for those with no letter of their own. */
const escapes = new Uint8Array(256);
escapes.fill(letterU, 0, 32);
for (const [char, letter] of ['""', '\\\\', '\bb', '\ff', '\nn', '\rr', '\tt']) {
  escapes[(char as string).charCodeAt(0)] = (letter as string).charCodeAt(0);
}

/** The inside of a JSON string, escaped as `JSON.stringify` does. */
export const jsonText: Kernel = (bytes, start, end, out, at) => {
  let seen = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    const letter = escapes[byte] as number;
    seen |= byte;
    if (letter === 0) {
      out[at++] = byte;
      continue;
    }
    if (byte === 0) return unplain;
    out[at++] = backslash;
    out[at++] = letter;
    if (letter !== letterU) continue;
    out[at++] = 48;
    out[at++] = 48;
    out[at++] = 48 + (byte >> 4);
    out[at++] = hexDigits[byte & 15] as number;
  }
  return seen >= 0x80 && !isUtf8(bytes, start, end) ? unplain : at;
};

/** Whether the bytes are well-formed UTF-8: no overlong form, no surrogate, nothing over U+10FFFF (RFC 3629). */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while (i < end) {
    if ((bytes[i] as number) < 0x80) i++;
    else {
      i = sequenceEnd(bytes, i, end);
      if (i < 0) return false;
    }
  }
  return true;
}

/** The end of the character of several bytes that begins there; -1 when none does. */
function sequenceEnd(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] as number;
  if (first < 0xc2 || first > 0xf4) return unplain;
  const next = at + (first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4);
  if (next > end) return unplain;
  const second = bytes[at + 1] as number;
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return unplain;
  for (let i = at + 2; i < next; i++) if (((bytes[i] as number) & 0xc0) !== 0x80) return unplain;
  return next;
}
