import type { Kind } from '../../../core/model/schema.ts';

/**
 * How a value of a kind is written in JSON: `integer` is a number literal (it fits a double), `text` a string, `bytes` a
 * base64 string, `array` strings and nulls. 64-bit integers, decimals and floats are text, so that no reader rounds them.
 */
export type Form = 'boolean' | 'integer' | 'text' | 'bytes' | 'array';

/** The JSON form of each kind. */
export const formOfKind: Readonly<Record<Kind, Form>> = {
  boolean: 'boolean',
  int16: 'integer',
  int32: 'integer',
  int64: 'text',
  uint64: 'text',
  decimal: 'text',
  float32: 'text',
  float64: 'text',
  text: 'text',
  enum: 'text',
  set: 'array',
  textArray: 'array',
  json: 'text',
  bytes: 'bytes',
  bits: 'text',
  date: 'text',
  time: 'text',
  timestamp: 'text',
  timestamptz: 'text',
  uuid: 'text',
  interval: 'text',
  inet: 'text',
  cidr: 'text',
  macaddr: 'text',
  other: 'text',
};

/**
 * Whether a text is the literal of an array that is not a plain list (several dimensions, explicit bounds):
 * `{{a},{b}}`.
 */
export function isArrayLiteral(text: string): boolean {
  return text.startsWith('{') || text.startsWith('[');
}

/** Encodes bytes as base64 with padding: `[0xff]` → `'/w=='`. */
export function base64OfBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Decodes base64. Returns undefined for any invalid character, which Node's own decoder would skip. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== (text.length / 4) * 3 - padding) return undefined;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
