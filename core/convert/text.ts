import { Adjusted, type Converter } from '../value.ts';

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
