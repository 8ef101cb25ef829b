import { type FieldEncoder, state, textOf } from './field-encoder.ts';

const integer = /^[+-]?\d+$/;
/** Up to so many characters an integer is exact as a double. */
const exactLength = 15;

/** int2 and int4. */
export function integerField(bytes: 2 | 4): FieldEncoder {
  const limit = 2 ** (bytes * 8 - 1);
  return (value, out) => {
    const text = textOf(value);
    if (!integer.test(text)) return state.noSuchText;
    const number = Number(text);
    if (number < -limit || number >= limit) return state.outOfRange;
    if (bytes === 2) out.int16(number);
    else out.int32(number);
    return null;
  };
}

export const int8Field: FieldEncoder = (value, out) => {
  const text = textOf(value);
  if (!integer.test(text)) return state.noSuchText;
  if (text.length <= exactLength) {
    out.int64(Number(text));
    return null;
  }
  const number = BigInt(text.startsWith('+') ? text.slice(1) : text);
  if (BigInt.asIntN(64, number) !== number) return state.outOfRange;
  out.bigint64(number);
  return null;
};

const decimalNumber = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;
const special = /^([+-]?)(?:inf|infinity)$|^nan$/i;

/** float4 and float8: the nearest one, if it has the digits of the text. */
export function floatField(bytes: 4 | 8): FieldEncoder {
  const round = bytes === 4 ? Math.fround : (number: number) => number;
  return (value, out) => {
    const text = textOf(value);
    const number = parseFloatText(text);
    if (number === null) return state.noSuchText;
    const float = round(number);
    if (String(float) !== text && !isExact(text, float, round)) return state.outOfRange;
    if (bytes === 4) out.float32(float);
    else out.float64(float);
    return null;
  };
}

function parseFloatText(text: string): number | null {
  const parts = decimalNumber.exec(text);
  if (parts !== null) return parts[2] === '' && parts[3] === '' ? null : Number(text);
  const words = special.exec(text);
  if (words === null) return null;
  if (words[1] === undefined) return Number.NaN;
  return words[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/**
 * Whether the digits of the text are the float's, rounded to so many: a half may have been rounded either way (PostgreSQL
 * rounds it to even, toPrecision up). At a power of two the shortest form need not be the nearest number of its length:
 * then that one does not name the float.
 */
function isExact(text: string, float: number, round: (number: number) => number): boolean {
  if (special.test(text)) return true;
  const digits = significant(text);
  if (digits === '') return true;
  if (!Number.isFinite(float) || float === 0 || digits.length > maxPrecision) return false;
  const nearest = float.toPrecision(digits.length);
  if (significant(nearest) === digits || round(Number(nearest)) !== float) return true;
  return significant(float.toPrecision(maxPrecision)) === `${digits}5`;
}

/** What toPrecision takes. */
const maxPrecision = 100;

/** The digits from the first to the last that is not 0. */
function significant(text: string): string {
  return text
    .replace(/e.*$/i, '')
    .replace(/[-+.]/g, '')
    .replace(/^0+|0+$/g, '');
}
