import { Adjusted, type Converter, Rejected } from '../../model/value.ts';
import { amountOfScale } from './decimal.ts';
import { pgFloat32Text } from './float-text.ts';

/**
 * A double in a float of 32 bits, as programs that measure in double and keep in `real` have it. What reads the same is
 * carried: `'0.1'` → `'0.1'`, `'1000000'` → `'1e+06'`. Where a digit is lost, adjustment `digits-lost`:
 * `'123.456789012'` → `'123.45679'`. One beyond the range of the type rejects as `out-of-range`.
 */
export const float32Of: Converter = (value) => {
  const text = value as string;
  const wide = Number(text);
  const narrow = Math.fround(wide);
  const to = pgFloat32Text(narrow);
  if (Number.isFinite(wide) && !Number.isFinite(narrow)) return new Rejected('out-of-range');
  return Object.is(Number(to), wide) ? to : new Adjusted(to, 'digits-lost');
};

/**
 * A double in a decimal of few digits: as `amountOfScale` rounds it, adjustment `digits-lost`: scale 3: `'12.3456'` →
 * `'12.346'`. NaN is carried, which a numeric can hold; an infinity, or more digits than it has, rejects as `out-of-range`.
 */
export function decimalFrom(scale: number, precision: number): Converter {
  const round = amountOfScale(scale, precision);
  return (value) => {
    if (value === 'NaN') return value;
    const rounded = round(value);
    if (rounded instanceof Rejected) return new Rejected('out-of-range');
    return rounded instanceof Adjusted ? new Adjusted(rounded.value, 'digits-lost') : rounded;
  };
}
