import type { ColumnPlace, TargetType } from '../../../core/ports/target-type.ts';
import { plainTargetType } from '../../sql/plain-target-type.ts';
import { type Form, readType } from '../types.ts';

const meanings: Readonly<Record<Form, string>> = {
  integer: 'its values are integers',
  real: 'its values are reals',
  decimal: 'its values have more digits than declared',
  text: 'its values are text that the declared type does not describe',
  blob: 'its values are blobs',
  timestamp: 'its values have a time',
  utc: 'its values have a zone',
  seconds: 'its numbers count seconds since 1970',
  milliseconds: 'its numbers count milliseconds since 1970',
  microseconds: 'its numbers count microseconds since 1970',
  julian: 'its numbers are Julian days',
  'seconds days': 'its numbers count seconds since 1970, all at midnight',
  'milliseconds days': 'its numbers count milliseconds since 1970, all at midnight',
  'microseconds days': 'its numbers count microseconds since 1970, all at midnight',
  'julian days': 'its numbers are Julian days, all at midnight',
};

/** Chooses how a column of an SQLite source is held; null for a type that waybill does not know, which none is. */
export function sqliteTargetType(place: ColumnPlace): TargetType | null {
  const { column, facts } = place;
  const { declared, family, form } = readType(column.type.native);
  const held = heldAs(place);
  const reasons = [
    ...(form === null ? [] : [`${declared}, but ${meanings[form]}`]),
    ...(form === null && family === 'unknown'
      ? [`${declared} says nothing, and its values are text or of several kinds`]
      : []),
    ...(facts.tooLong > 0 ? [`${facts.tooLong} rows are longer than ${declared}`] : []),
    ...(facts.zeroDates > 0 ? [`${facts.zeroDates} rows with a zero date become NULL`] : []),
    ...(facts.unreadable > 0 ? [`${facts.unreadable} rows hold something else and are rejected`] : []),
  ];
  return held === null || reasons.length === 0 ? held : { ...held, why: reasons.join('; ') };
}

function heldAs(place: ColumnPlace): TargetType | null {
  const { kind, precision, scale, length } = place.column.type;
  switch (kind) {
    case 'decimal':
      return { type: precision === undefined ? 'numeric' : `numeric(${precision},${scale ?? 0})`, rule: 'carry' };
    case 'text':
      return { type: isSized(place, length) ? `character varying(${length})` : 'text', rule: 'carry' };
    case 'date':
      return dateType(place, 'date');
    case 'time':
      return { type: 'time without time zone', rule: 'carry' };
    case 'timestamp':
      return dateType(place, 'timestamp without time zone');
    case 'timestamptz':
      return dateType(place, 'timestamp with time zone');
    default:
      return plainTargetType(kind);
  }
}

/** The longest `character varying` of PostgreSQL. SQLite does not hold a text to its length, so keys do not rely on it. */
const maxLength = 10_485_760;

function isSized({ facts, isKey }: ColumnPlace, length: number | undefined): boolean {
  return length !== undefined && length <= maxLength && facts.tooLong === 0 && !isKey;
}

function dateType({ facts, isKey }: ColumnPlace, type: string): TargetType {
  if (facts.zeroDates === 0 || isKey) return { type, rule: 'carry' };
  return { type, rule: 'date', mayBeNull: true };
}
