import { longInteger } from './integer.ts';
import { copyOf, type Kernel, unplain } from './kernel.ts';

/** UUIDs that are carried, and ids made of an integer key. */

const hyphen = 45;
const BYTES = 16;
const TEXT_BYTES = 36;
const encoder = new TextEncoder();
const hexDigits = encoder.encode('0123456789abcdef');
/** What a lower-case hex digit stands for; 16 for anything else. */
const digitValues = new Uint8Array(256).fill(16);
hexDigits.forEach((digit, value) => {
  digitValues[digit] = value;
});

/** Whether a hyphen of the text stands before the byte of that number. */
function isAfterHyphen(byte: number): boolean {
  return byte === 4 || byte === 6 || byte === 8 || byte === 10;
}

/** The 16 bytes of `f47ac10b-58cc-4372-a567-0e02b2c3d479`. */
export const uuidBinary: Kernel = (bytes, start, end, out, at) => {
  if (end - start !== TEXT_BYTES) return unplain;
  let i = start;
  let bad = 0;
  for (let byte = 0; byte < BYTES; byte++) {
    if (isAfterHyphen(byte) && bytes[i++] !== hyphen) return unplain;
    const high = digitValues[bytes[i++] as number] as number;
    const low = digitValues[bytes[i++] as number] as number;
    bad |= high | low;
    out[at++] = (high << 4) | low;
  }
  return bad > 15 ? unplain : at;
};

/** The text of a UUID as it is. */
export const uuidText: Kernel = (bytes, start, end, out, at) => {
  if (uuidBinary(bytes, start, end, out, at) < 0) return unplain;
  for (let i = start; i < end; i++) out[at++] = bytes[i] as number;
  return at;
};

const KEY_BYTES = 8;
/** The two highest bits of those that hold the key. */
const VARIANT = 0x80;
const VARIANT_BITS = 0xc0;

/**
 * The 16 bytes of the id that carries an integer key: half of them are the same for all keys of the entity, the key is in
 * the last 62 bits (`core/ids/uuid.ts`). A negative key, or one of more bits, is not plain.
 * @param ofZero the id of key 0.
 */
export function idBinary(ofZero: string): Kernel {
  const whole = new Uint8Array(BYTES);
  uuidBinary(encoder.encode(ofZero), 0, TEXT_BYTES, whole, 0);
  const prefix = whole.subarray(0, BYTES - KEY_BYTES);
  return (bytes, start, end, out, at) => writeKey(bytes, start, end, out, copyOf(prefix, out, at));
}

/** The same as text: `hhhhhhhh-hhhh-8hhh-` and the key. */
export function idText(ofZero: string): Kernel {
  const prefix = encoder.encode(ofZero.slice(0, TEXT_BYTES - KEY_BYTES * 2 - 1));
  const key = new Uint8Array(KEY_BYTES);
  return (bytes, start, end, out, at) => {
    if (writeKey(bytes, start, end, key, 0) < 0) return unplain;
    let next = copyOf(prefix, out, at);
    for (let i = 0; i < KEY_BYTES; i++) {
      if (i === 2) out[next++] = hyphen;
      out[next++] = hexDigits[(key[i] as number) >> 4] as number;
      out[next++] = hexDigits[(key[i] as number) & 15] as number;
    }
    return next;
  };
}

function writeKey(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  const next = longInteger(bytes, start, end, out, at);
  if (next < 0 || ((out[at] as number) & VARIANT_BITS) !== 0) return unplain;
  out[at] = (out[at] as number) | VARIANT;
  return next;
}
