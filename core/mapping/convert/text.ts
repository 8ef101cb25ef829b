import { Adjusted, type Converter, Rejected } from '../../model/value.ts';

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
