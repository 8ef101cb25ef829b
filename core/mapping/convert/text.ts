import { withoutNegativeZero } from '../../model/decimal.ts';
import type { ColumnType, Kind } from '../../model/schema.ts';
import { Adjusted, type Converted, type Converter, Rejected } from '../../model/value.ts';
import { isDay } from './date.ts';
import { decimalOfScale } from './decimal.ts';

/**
 * Text as it is, but for U+0000, which PostgreSQL cannot hold: legacy programs that padded buffers left it behind.
 * `'ab\u0000'` → `'ab'`, adjustment `nul-removed`.
 */
export const textOf: Converter = (value) => {
  const text = value as string;
  return text.includes('\u0000') ? new Adjusted(text.replaceAll('\u0000', ''), 'nul-removed') : text;
};

/** As `textOf`, for columns where the legacy programs write '' for "not given": `''` → null, by the rule. */
export const optionalTextOf: Converter = (value) => (value === '' ? null : textOf(value));

/**
 * Text for a char(n), which fills it up with blanks and does not count blanks at its end: `'x'` at 3 → `'x  '`. Where the
 * text itself ended in blanks, it is now equal to one that did not, adjustment `trailing-blanks`: `'x '` at 3 → `'x  '`.
 * @param isPadded the text is filled up already, so that its blanks mean nothing.
 */
export function paddedText(length: number, isPadded: boolean): Converter {
  return (value) => {
    const text = value as string;
    let end = text.length;
    while (text.charCodeAt(end - 1) === 0x20) end--;
    const bare = text.slice(0, end);
    const padded = bare + ' '.repeat(Math.max(0, length - [...bare].length));
    return isPadded || end === text.length ? padded : new Adjusted(padded, 'trailing-blanks');
  };
}

/**
 * As `textOf`, for a column that grew narrower: a VARCHAR without a length took whatever programs wrote. Longer than `length`
 * characters is rejected as `too-long`. `'abc'` at 2 → rejected; `'😀b'` at 2 → `'😀b'`: PostgreSQL counts code points.
 */
export function textWithin(length: number): Converter {
  return (value) => {
    const converted = textOf(value);
    const text = (converted instanceof Adjusted ? converted.value : converted) as string;
    if (text.length <= length) return converted;
    return text.length > 2 * length || [...text].length > length ? new Rejected('too-long') : converted;
  };
}

/** How legacy programs write a day. */
export const dayFormats = ['YYYY-MM-DD', 'YYYYMMDD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY'] as const;

export type DayFormat = (typeof dayFormats)[number];

/** The kinds that `valueOfText` reads. */
export const parsedKinds: readonly Kind[] = ['int16', 'int32', 'int64', 'decimal', 'date', 'timestamp'];

/**
 * A number, a date or a timestamp out of a text column, where it says exactly one value of the type; blanks around it do not
 * count: `' 007 '` → `'7'`, `'+1.50'` → `'1.50'`, `'31.12.1999'` of the format `DD.MM.YYYY` → `'1999-12-31'`. Any other text rejects as
 * `not-parsed`: `'1,5'`, `'1e3'`, `'2021-02-29'`, `''`. A number beyond the type, or with more digits than it keeps, rejects as
 * `out-of-range`.
 */
export function valueOfText(type: ColumnType, format: DayFormat = 'YYYY-MM-DD'): Converter {
  const read = readerOf(type, format);
  return (value) => read((value as string).replace(/^[ \t\n\r\v\f]+|[ \t\n\r\v\f]+$/g, ''));
}

type Reader = (text: string) => Converted;

const notParsed = new Rejected('not-parsed');
const outOfRange = new Rejected('out-of-range');

function readerOf(type: ColumnType, format: DayFormat): Reader {
  switch (type.kind) {
    case 'date':
      return (text) => dayOf(text, format) ?? notParsed;
    case 'timestamp':
      return (text) => timestampOfText(text, format, type.scale ?? 6);
    case 'decimal':
      return (text) => decimalOfText(text, type);
    default:
      return (text) => integerOfText(text, type.kind);
  }
}

const bitsOf: Partial<Record<Kind, number>> = { int16: 16, int32: 32, int64: 64 };

function integerOfText(text: string, kind: Kind): Converted {
  if (!/^[+-]?\d+$/.test(text)) return notParsed;
  const number = BigInt(text.replace('+', ''));
  return BigInt.asIntN(bitsOf[kind] ?? 64, number) === number ? number.toString() : outOfRange;
}

function decimalOfText(text: string, { precision, scale = 0 }: ColumnType): Converted {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (whole + fraction === '') return notParsed;
  const bare = whole.replace(/^0+(?=\d)/, '') || '0';
  const written = (digits: string): string =>
    withoutNegativeZero(`${sign === '-' ? '-' : ''}${bare}${digits === '' ? '' : `.${digits}`}`);
  if (precision === undefined) return written(fraction);
  const isTooLong = (bare === '0' ? 0 : bare.length) > precision - scale || /[1-9]/.test(fraction.slice(scale));
  return isTooLong ? outOfRange : decimalOfScale(scale)(written(fraction.slice(0, scale)));
}

function dayOf(text: string, format: DayFormat): string | null {
  if (text.length !== format.length) return null;
  const part = (name: string): string => text.slice(format.indexOf(name), format.indexOf(name) + name.length);
  const isSeparated = [...format].every((c, i) => /[A-Z]/.test(c) || text[i] === c);
  const day = `${part('YYYY')}-${part('MM')}-${part('DD')}`;
  return isSeparated && isDay(day) ? day : null;
}

const clock = /^[ T]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d+))?)?$/;

function timestampOfText(text: string, format: DayFormat, scale: number): Converted {
  const day = dayOf(text.slice(0, format.length), format);
  if (day === null) return notParsed;
  const rest = text.slice(format.length);
  const [time, hour, minute, second = '00', fraction = ''] = clock.exec(rest) ?? [];
  if (rest === '') return `${day} 00:00:00`;
  if (time === undefined) return notParsed;
  const digits = fraction.replace(/0+$/, '');
  return digits.length > scale ? outOfRange : `${day} ${hour}:${minute}:${second}${digits === '' ? '' : `.${digits}`}`;
}
