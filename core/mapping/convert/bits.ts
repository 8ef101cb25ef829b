import type { Converter } from '../../model/value.ts';

/** A boolean from BIT(1), which arrives as bits: `'0'` → false, `'1'` → true; a wider one is true when any bit is. */
export const booleanOfBits: Converter = (value) => (value as string).includes('1');

/** The number that bits of a fixed length are, without a sign, as MySQL reads its BIT(n): `'00000101'` → `'5'`. */
export const integerOfBits: Converter = (value) => BigInt(`0b${value as string}`).toString();

/** The same number as bytes, the highest first, with zeros before it: `'100000001'` → the bytes 01 01. */
export const bytesOfBits: Converter = (value) => {
  const bits = value as string;
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  const padded = bits.padStart(bytes.length * 8, '0');
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(padded.slice(i * 8, i * 8 + 8), 2);
  return bytes;
};
