import { valueText } from '../../../core/model/row-text.ts';
import type { Value } from '../../../core/model/value.ts';
import { unescapeField } from '../copy/copy-text.ts';
import type { FieldBuffer } from './field-buffer.ts';

/**
 * Writes the bytes of a value that is not NULL.
 *
 * @returns null, or the SQLSTATE with which PostgreSQL refuses the text. A text that PostgreSQL would change (round it, cut it,
 * drop its zone) is refused as well, so that no value changes unnoticed.
 */
export type FieldEncoder = (value: NonNullable<Value>, out: FieldBuffer) => string | null;

/** SQLSTATEs of PostgreSQL's class 22, data exceptions, and one of 42. */
export const state = {
  tooLong: '22001',
  outOfRange: '22003',
  noDate: '22007',
  dateOutOfRange: '22008',
  zoneOutOfRange: '22009',
  invalidText: '22021',
  invalidHex: '22023',
  otherLength: '22026',
  noSuchText: '22P02',
  nameTooLong: '42622',
} as const;

/** The canonical text of a value, not escaped. */
export function textOf(value: NonNullable<Value>): string {
  return typeof value === 'string' ? value : unescapeField(valueText(value));
}
