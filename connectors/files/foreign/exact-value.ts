import { pgFloat32Text, pgFloat64Text } from '../../../core/mapping/convert/float-text.ts';
import { canonicalForms, isJson } from '../../../core/model/canonical-form.ts';
import { plainDecimal, withoutNegativeZero } from '../../../core/model/decimal.ts';
import type { ColumnType, Kind } from '../../../core/model/schema.ts';
import type { Value } from '../../../core/model/value.ts';
import { bytesOfBase64, isArrayLiteral } from '../exported/json-forms.ts';
import { membersOfArray } from './split-json.ts';

/** Beyond any exponent of a number in a database. Larger ones would only fill memory with zeros. */
const MAX_EXPONENT = 20_000;

/**
 * Reads one value from the source text of valid JSON and keeps every digit. Used for external files, and for number
 * literals where the format has strings. `12.50` → `'12.50'` as a decimal, `1e3` → `'1000'`, `{"a":1.0}` → itself as JSON.
 * @returns undefined when the text is not a value of this type.
 */
export function exactValue(type: ColumnType, text: string): Value | undefined {
  if (text === 'null') return null;
  if (type.native === 'unknown') return text[0] === '"' ? (JSON.parse(text) as string) : text;
  switch (text[0]) {
    case '"':
      return valueOfString(type, JSON.parse(text) as string);
    case 't':
    case 'f':
      return type.kind === 'boolean' ? text === 'true' : jsonOnly(type, text);
    case '[':
      return type.kind === 'set' || type.kind === 'textArray' ? valueOfArray(text) : jsonOnly(type, text);
    case '{':
      return jsonOnly(type, text);
    default:
      return valueOfNumber(type, text);
  }
}

function jsonOnly(type: ColumnType, text: string): string | undefined {
  return type.kind === 'json' ? text : undefined;
}

/** Reads the text inside a string. @returns undefined when it is not canonical text of this type. */
export function valueOfString(type: ColumnType, text: string): Value | undefined {
  if (type.kind === 'bytes') return bytesOfBase64(text);
  if (!hasCanonicalForm(type.kind, text)) return undefined;
  return isFloat(type.kind) && /\d/.test(text) ? floatText(text, type.kind) : text;
}

/** A float of files made elsewhere may have an exponent in any form; `floatText` makes it canonical. */
const float = /^(?:-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|-?Infinity)$/;

/**
 * Whether a string from a file made elsewhere is canonical text of a kind (`docs/formats.md`). Text that only looks like it
 * (a `T` in a timestamp, another zone, a UUID in upper case) is refused rather than left to the target to interpret.
 */
function hasCanonicalForm(kind: Kind, text: string): boolean {
  if (kind === 'text' || kind === 'enum' || kind === 'other') return true;
  if (kind === 'json') return isJson(text);
  if (kind === 'set' || kind === 'textArray') return isArrayLiteral(text);
  if (kind === 'boolean' || kind === 'bytes') return false;
  return (isFloat(kind) ? float : canonicalForms[kind]).test(text);
}

/**
 * The canonical text of a float from a number literal. `'1.50'` → `'1.5'`, `'1E20'` → `'1e+20'`, `'0.10000000149'` as
 * float32 → `'0.1'`.
 * @returns undefined when the number is larger than any float of this kind, or is not 0 but rounds to it.
 */
export function floatText(literal: string, kind: 'float32' | 'float64'): string | undefined {
  const exact = kind === 'float64' ? Number(literal) : Math.fround(Number(literal));
  if (!Number.isFinite(exact)) return undefined;
  if (exact === 0 && /^[^e]*[1-9]/i.test(literal)) return undefined;
  return kind === 'float64' ? pgFloat64Text(exact) : pgFloat32Text(exact);
}

function valueOfArray(text: string): Value | undefined {
  const members = membersOfArray(text);
  if (!members.every((member) => member === 'null' || member[0] === '"')) return undefined;
  return JSON.parse(text) as (string | null)[];
}

function valueOfNumber(type: ColumnType, text: string): Value | undefined {
  if (type.kind === 'json') return text;
  if (isFloat(type.kind)) return floatText(text, type.kind);
  const exponent = /e([+-]?\d+)$/i.exec(text);
  if (exponent !== null && Math.abs(Number(exponent[1])) > MAX_EXPONENT) return undefined;
  const plain = withoutNegativeZero(plainDecimal(text) as string);
  if (type.kind === 'decimal') return plain;
  return isInteger(type.kind) ? wholeNumber(plain) : undefined;
}

function isFloat(kind: Kind): kind is 'float32' | 'float64' {
  return kind === 'float32' || kind === 'float64';
}

function isInteger(kind: Kind): boolean {
  return kind === 'int16' || kind === 'int32' || kind === 'int64' || kind === 'uint64';
}

/** `'12.0'` → `'12'`; undefined when the fraction is not zero. */
function wholeNumber(plain: string): string | undefined {
  const point = plain.indexOf('.');
  if (point < 0) return plain;
  return /^\.0+$/.test(plain.slice(point)) ? withoutNegativeZero(plain.slice(0, point)) : undefined;
}
