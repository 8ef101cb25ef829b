import { plainDecimal } from '../core/mapping/convert/decimal.ts';

/** An exact decimal number: `digits` × 10^-`scale`. */
export interface ExactDecimal {
  readonly digits: bigint;
  readonly scale: number;
}

export const zero: ExactDecimal = { digits: 0n, scale: 0 };

/** Reads the canonical text of an integer, a decimal or a finite float; null for anything else. */
export function exactDecimal(text: string): ExactDecimal | null {
  const plain = plainDecimal(text);
  if (plain === null) return null;
  const point = plain.indexOf('.');
  if (point < 0) return { digits: BigInt(plain), scale: 0 };
  return { digits: BigInt(plain.slice(0, point) + plain.slice(point + 1)), scale: plain.length - point - 1 };
}

/** a + b × sign, at the larger scale. */
export function addDecimal(a: ExactDecimal, b: ExactDecimal, sign: 1n | -1n = 1n): ExactDecimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: digitsAt(a, scale) + sign * digitsAt(b, scale), scale };
}

/** Returns a negative number, zero or a positive number if a is less than, equal to or greater than b, whatever their scales. */
export function compareDecimal(a: ExactDecimal, b: ExactDecimal): number {
  const { digits } = addDecimal(a, b, -1n);
  return digits < 0n ? -1 : digits > 0n ? 1 : 0;
}

function digitsAt({ digits, scale }: ExactDecimal, wanted: number): bigint {
  return wanted === scale ? digits : digits * 10n ** BigInt(wanted - scale);
}
