import { Adjusted, type Converter, Rejected } from '../../model/value.ts';
import { pgFloat64Text } from './float-text.ts';

/**
 * Gigabytes out of a column of megabytes that was renamed without converting its values; the binary thousand, as
 * hypervisors count: `'16384'` → `'16'`, `'1536'` → `'1.5'`, `'512'` → `'0.5'`. Dividing by 1024 loses no digit of a
 * double, except that one too small to halve (below 2⁻¹⁰²²) is adjusted, `unit-rounded`. Text that is not a number is
 * rejected as `not-a-number`; NaN and the infinities stay.
 */
export const gigabytesOfMegabytes: Converter = (value) => {
  const text = value as string;
  if (/^(NaN|-?Infinity)$/.test(text)) return text;
  const megabytes = Number(text);
  if (text.trim() === '' || Number.isNaN(megabytes)) return new Rejected('not-a-number');
  const gigabytes = pgFloat64Text(megabytes / 1024);
  return (megabytes / 1024) * 1024 === megabytes ? gigabytes : new Adjusted(gigabytes, 'unit-rounded');
};
