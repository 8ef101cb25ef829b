import type { Kind } from '../../../core/model/schema.ts';

/**
 * How values of a kind look in JSON: `integer` is a number literal (it fits a double), `text` a string, `bytes` a base64
 * string, `array` strings and nulls. 64-bit integers, decimals and floats are text, so that no reader rounds them.
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
};

/** Whether a text stands for an array that is no plain list (several dimensions, bounds of its own): `{{a},{b}}`. */
export function isArrayLiteral(text: string): boolean {
  return text.startsWith('{') || text.startsWith('[');
}
