import type { ColumnType, Kind } from './schema.ts';
import { wholeNumber } from './value.ts';

const day = String.raw`\d{4,}-\d\d-\d\d`;
const clock = String.raw`\d\d:\d\d:\d\d(?:\.\d{1,6})?`;
/** With the seventh digit of SQL Server. */
const fineClock = clock.replace('6', '7');
const float = /^(?:-?\d+(?:\.\d+)?(?:e[+-]\d{2,})?|NaN|-?Infinity)$/;

/** A UUID in lower case with its hyphens. */
export const canonicalUuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The kinds whose canonical text has a form of characters. */
type FormedKind = Exclude<Kind, 'boolean' | 'text' | 'enum' | 'set' | 'textArray' | 'json' | 'bytes' | 'other'>;

/** The form of the canonical text (`docs/formats.md`) of each kind; ranges and lengths are not part of it. */
export const canonicalForms: Readonly<Record<FormedKind, RegExp>> = {
  int16: wholeNumber,
  int32: wholeNumber,
  int64: wholeNumber,
  uint64: /^(?:0|[1-9]\d*)$/,
  decimal: /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?|NaN|-?Infinity)$/,
  float32: float,
  float64: float,
  bits: /^[01]*$/,
  date: new RegExp(`^(?:${day}(?: BC)?|-?infinity)$`),
  time: /^-?\d{2,3}:\d\d:\d\d(?:\.\d{1,6})?$/,
  timestamp: new RegExp(`^(?:${day} ${clock}(?: BC)?|-?infinity)$`),
  timestamptz: new RegExp(`^(?:${day} ${clock}\\+00(?: BC)?|-?infinity)$`),
  uuid: canonicalUuid,
  interval: /^P(?:-?\d+Y)?(?:-?\d+M)?(?:-?\d+D)?(?:T(?:-?\d+H)?(?:-?\d+M)?(?:-?\d+(?:\.\d{1,6})?S)?)?$/,
  inet: /^[\da-f.:]+(?:\/\d{1,3})?$/,
  cidr: /^[\da-f.:]+\/\d{1,3}$/,
  macaddr: /^[\da-f]{2}(?::[\da-f]{2}){5}$/,
};

const fineForms: Readonly<Partial<Record<Kind, RegExp>>> = {
  time: new RegExp(`^${fineClock}$`),
  timestamp: new RegExp(`^${day} ${fineClock}$`),
  timestamptz: new RegExp(`^${day} ${fineClock}\\+00$`),
};

/** The form of the canonical text of a type. */
export function canonicalFormOf({ kind, scale = 0 }: ColumnType & { readonly kind: FormedKind }): RegExp {
  return (scale > 6 ? fineForms[kind] : undefined) ?? canonicalForms[kind];
}

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
