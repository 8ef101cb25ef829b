import type { Kind } from '../../../core/model/schema.ts';
import { isArrayLiteral } from '../exported/json-forms.ts';

const integer = /^(?:0|-?[1-9]\d*)$/;
const float = /^(?:-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|-?Infinity)$/;
const day = String.raw`\d{4,}-\d\d-\d\d`;
const clock = String.raw`\d\d:\d\d:\d\d(?:\.\d{1,6})?`;

const patterns: Readonly<Partial<Record<Kind, RegExp>>> = {
  int16: integer,
  int32: integer,
  int64: integer,
  uint64: /^(?:0|[1-9]\d*)$/,
  decimal: /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?|NaN|-?Infinity)$/,
  float32: float,
  float64: float,
  bits: /^[01]*$/,
  date: new RegExp(`^(?:${day}(?: BC)?|-?infinity)$`),
  time: /^-?\d{2,3}:\d\d:\d\d(?:\.\d{1,6})?$/,
  timestamp: new RegExp(`^(?:${day} ${clock}(?: BC)?|-?infinity)$`),
  timestamptz: new RegExp(`^(?:${day} ${clock}\\+00(?: BC)?|-?infinity)$`),
  uuid: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
};

/**
 * Whether a string from an external file is canonical text of a kind (`docs/formats.md`). Near misses (a `T` in a timestamp,
 * another zone, a UUID in upper case) are refused, so that the target never has to interpret them.
 */
export function hasCanonicalForm(kind: Kind, text: string): boolean {
  if (kind === 'text' || kind === 'enum') return true;
  if (kind === 'json') return isJson(text);
  if (kind === 'set' || kind === 'textArray') return isArrayLiteral(text);
  return patterns[kind]?.test(text) ?? false;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
