import type { Converter } from '../../model/value.ts';

/**
 * A time that programs keep durations in, such as MySQL's TIME of up to 838:59:59, as interval prints it in ISO 8601:
 * `'838:59:59'` → `'PT838H59M59S'`, `'-00:00:01.5'` → `'PT-1.5S'`, `'00:00:00'` → `'PT0S'`.
 */
export const intervalOfTime: Converter = (value) => {
  const text = value as string;
  const sign = text.startsWith('-') ? '-' : '';
  const [hours = '', minutes = '', seconds = ''] = text.replace('-', '').split(':');
  const parts = [
    [hours, 'H'],
    [minutes, 'M'],
    [seconds, 'S'],
  ] as const;
  const written = parts.flatMap(([digits, unit]) =>
    /[1-9]/.test(digits) ? [sign + digits.replace(/^0+(?=\d)/, '') + unit] : [],
  );
  return `PT${written.join('') || '0S'}`;
};
