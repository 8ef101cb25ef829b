import { derive, Rejected, type Rule } from '../../public/index.ts';

/**
 * A timestamp as text in the one form that the old API printed: UTC, always three digits, 24 characters, so that the order
 * of the texts is that of the times. `2024-02-29 23:59:59.5` → `2024-02-29T23:59:59.500Z`. Infinity and years outside
 * 1 to 9999 have no such form, so the row is rejected (`no-iso-form`). Only for columns that are never null.
 */
export function isoText<C extends string>(column: C): Rule<C> {
  const convert = (values: Readonly<Record<C, unknown>>): string | Rejected => {
    const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?$/.exec(String(values[column]));
    if (match === null) return new Rejected('no-iso-form');
    const [, day, time, fraction = ''] = match;
    return `${day}T${time}.${fraction.padEnd(3, '0')}Z`;
  };
  const varchar = { kind: 'text', native: 'character varying(24)', length: 24 } as const;
  return { ...derive([column], varchar, convert, { mayBeNull: false }), name: 'iso-text' };
}
