import { decimalText, digitsAt, fractionLength } from '../../../core/model/decimal.ts';

/** Adds decimal texts exactly. */
export interface ExactSum {
  add(text: string): void;
  /** The sum with `scale` digits after the point, or as many as the longest fraction; null when nothing was added. */
  result(): string | null;
}

/**
 * Texts of at most this many digits are added as doubles, which hold them exactly, and flushed to a BigInt from time to
 * time.
 */
const FAST_DIGITS = 15;

/** Starts a sum of numbers that have at least `scale` digits after the point. */
export function exactSum(scale: number): ExactSum {
  let digits = scale;
  let total = 0n;
  let pending = 0;
  let special: string | null = null;
  let isEmpty = true;

  const flush = () => {
    total += BigInt(pending);
    pending = 0;
  };
  const widen = (wanted: number) => {
    flush();
    total = digitsAt({ digits: total, scale: digits }, wanted);
    digits = wanted;
  };
  const add = (text: string) => {
    isEmpty = false;
    if (/[Ny]/.test(text)) {
      special = special === null || special === text ? text : 'NaN';
      return;
    }
    const fraction = fractionLength(text);
    if (fraction > digits) widen(fraction);
    const units = text.replace('.', '') + '0'.repeat(digits - fraction);
    if (units.length > FAST_DIGITS) total += BigInt(units);
    else pending += Number(units);
    if (Math.abs(pending) > 2 ** 52) flush();
  };
  const result = () => {
    if (isEmpty || special !== null) return special;
    flush();
    return decimalText({ digits: total, scale: digits });
  };
  return { add, result };
}
