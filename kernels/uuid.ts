import { longInteger } from './integer.ts';
import { copyOf, type Kernel, unplain } from './kernel.ts';

/** UUIDs that are carried, and ids made of an integer key. */

const hyphen = 45;
const BYTES = 16;
const TEXT_BYTES = 36;
const hexDigits = new TextEncoder().encode('0123456789abcdef');
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

const made = new Uint8Array(BYTES);

/** Text of the UUID whose 16 bytes `binary` makes. */
export function uuidText(binary: Kernel): Kernel {
  return (bytes, start, end, out, at) => {
    if (binary(bytes, start, end, made, 0) < 0) return unplain;
    for (let byte = 0; byte < BYTES; byte++) {
      if (isAfterHyphen(byte)) out[at++] = hyphen;
      out[at++] = hexDigits[(made[byte] as number) >> 4] as number;
      out[at++] = hexDigits[(made[byte] as number) & 15] as number;
    }
    return at;
  };
}

const KEY_AT = 8;
const VARIANT = 0x80;

/**
 * The 16 bytes of the id that carries an integer key: half of them are the same for all keys of the entity, the key is in
 * the last 62 bits (`core/ids/uuid.ts`). A negative key, or one of more bits, is not plain.
 * @param ofZero the id of key 0.
 */
export function idBinary(ofZero: string): Kernel {
  const whole = new Uint8Array(BYTES);
  uuidBinary(new TextEncoder().encode(ofZero), 0, TEXT_BYTES, whole, 0);
  const prefix = whole.subarray(0, KEY_AT);
  return (bytes, start, end, out, at) => {
    const keyAt = copyOf(prefix, out, at);
    const next = longInteger(bytes, start, end, out, keyAt);
    if (next < 0 || (out[keyAt] as number) > 0x3f) return unplain;
    out[keyAt] = (out[keyAt] as number) | VARIANT;
    return next;
  };
}
