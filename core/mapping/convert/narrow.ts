import { compareDecimals, type ExactDecimal, parseDecimal, withoutNegativeZero } from '../../model/decimal.ts';
import { Adjusted, type Converter, Rejected } from '../../model/value.ts';
import { amountOfScale } from './decimal.ts';
import { pgFloat32Text, pgFloat64Text } from './float-text.ts';

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

/**
 * A decimal or an integer in a float, as a schema has it that gave up exact numbers: the nearest float, as PostgreSQL reads the
 * text. What reads the same number is carried: `'12.50'` → `'12.5'`. Where a digit is lost, adjustment `digits-lost`:
 * `'9007199254740993'` → `'9.007199254740992e+15'`. A number beyond the range of the type rejects as `out-of-range`; one that is
 * too small for it becomes 0, recorded. NaN and the infinities are carried.
 */
export function floatOfDecimal(kind: 'float32' | 'float64'): Converter {
  const isWide = kind === 'float64';
  return (value) => {
    const text = withoutNegativeZero(value as string);
    const exact = parseDecimal(text);
    if (exact === null) return text;
    const float = isWide ? Number(text) : nearestFloat32(text, exact);
    if (!Number.isFinite(float)) return new Rejected('out-of-range');
    const to = isWide ? pgFloat64Text(float) : pgFloat32Text(float);
    return compareDecimals(exact, parseDecimal(to) as ExactDecimal) === 0 ? to : new Adjusted(to, 'digits-lost');
  };
}

const bits64 = new BigInt64Array(1);
const float64 = new Float64Array(bits64.buffer);

/** Rounds once. By way of the nearest double, a decimal next to the middle of two floats would be rounded twice. */
function nearestFloat32(text: string, exact: ExactDecimal): number {
  const wide = Number(text);
  const nearest = Math.fround(wide);
  if (wide === 0 || !Number.isFinite(wide)) return nearest;
  const [inwards, outwards] = [neighbour(wide, -1n), neighbour(wide, 1n)].map(Math.fround) as [number, number];
  // The float after the largest one, were there one.
  const isHalfway = 2 * wide === inwards + (Number.isFinite(outwards) ? outwards : Math.sign(wide) * 2 ** 128);
  if (!isHalfway) return nearest;
  const side = compareDecimals(exact, exactOf(wide)) * Math.sign(wide);
  return side === 0 ? nearest : side < 0 ? inwards : outwards;
}

/** The double next to another one, away from zero or towards it. */
function neighbour(wide: number, step: 1n | -1n): number {
  float64[0] = wide;
  bits64[0] = (bits64[0] as bigint) + step;
  return float64[0];
}

/** All digits of a double. */
function exactOf(wide: number): ExactDecimal {
  float64[0] = Math.abs(wide);
  const bits = bits64[0] as bigint;
  const exponent = Number(bits >> 52n);
  const mantissa = (bits & 0xfffffffffffffn) | (exponent === 0 ? 0n : 1n << 52n);
  const power = Math.max(exponent, 1) - 1075;
  const sign = wide < 0 ? -1n : 1n;
  return power < 0
    ? { digits: sign * mantissa * 5n ** BigInt(-power), scale: -power }
    : { digits: (sign * mantissa) << BigInt(power), scale: 0 };
}

const maxBigint = 2n ** 63n - 1n;

/** An unsigned integer of 64 bits in a bigint; one beyond it rejects as `out-of-range`. */
export const bigintOf: Converter = (value) =>
  BigInt(value as string) <= maxBigint ? value : new Rejected('out-of-range');

/**
 * A date or time with more digits of a fraction than the target keeps, as SQL Server has seven: the others are cut off, so that
 * no value moves into the next day. Digits that are 0 are carried; others are an adjustment `digits-lost`: scale 6:
 * `'10:20:30.1234567'` → `'10:20:30.123456'`.
 */
export function momentOfScale(scale: number): Converter {
  const longer = new RegExp(`^([^.]*)(\\.\\d{${scale}})\\d+(.*)$`);
  return (value) => {
    const [, whole, fraction = '', zone] = longer.exec(value as string) ?? [];
    if (whole === undefined) return value;
    return new Adjusted(`${whole}${fraction.replace(/\.?0*$/, '')}${zone}`, 'digits-lost');
  };
}
