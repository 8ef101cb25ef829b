/** An exact decimal number: `digits` × 10^-`scale`. */
export interface ExactDecimal {
  readonly digits: bigint;
  readonly scale: number;
}

export const zeroDecimal: ExactDecimal = { digits: 0n, scale: 0 };

/** Reads the canonical text of an integer, a decimal or a finite float; null for anything else. */
export function parseDecimal(text: string): ExactDecimal | null {
  const plain = plainDecimal(text);
  return plain === null ? null : { digits: BigInt(plain.replace('.', '')), scale: fractionLength(plain) };
}

/** Writes a number with `scale` digits after the point: 12345n and 2 → `'123.45'`. */
export function decimalText({ digits, scale }: ExactDecimal): string {
  if (scale === 0) return digits.toString();
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  return `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

/** Returns a + b × sign, at the larger scale. */
export function addDecimals(a: ExactDecimal, b: ExactDecimal, sign: 1n | -1n = 1n): ExactDecimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: digitsAt(a, scale) + sign * digitsAt(b, scale), scale };
}

/** Negative, zero or positive, as a is less than, equal to or greater than b; scale does not matter. */
export function compareDecimals(a: ExactDecimal, b: ExactDecimal): number {
  const { digits } = addDecimals(a, b, -1n);
  return digits < 0n ? -1 : digits > 0n ? 1 : 0;
}

/** The digits of a number at another scale, which must not be smaller than its own. */
export function digitsAt({ digits, scale }: ExactDecimal, wanted: number): bigint {
  return wanted === scale ? digits : digits * 10n ** BigInt(wanted - scale);
}

/** Writes a number with `scale` digits after the point, where it has no more: `'0'` and 2 → `'0.00'`. */
export function withScale(text: string, scale: number): string {
  const parsed = parseDecimal(text);
  return parsed === null || parsed.scale > scale ? text : decimalText({ digits: digitsAt(parsed, scale), scale });
}

/** Digits after the point of a text without an exponent. */
export function fractionLength(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

/** Writes a number without an exponent: `'1e-07'` → `'0.0000001'`, `'1.5e+20'` → `'150000000000000000000'`; null for NaN and infinities. */
export function plainDecimal(text: string): string | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent] = match;
  if (exponent === undefined) return text;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + trimZeros(digits + '0'.repeat(point - digits.length));
  return `${sign}${trimZeros(digits.slice(0, point))}.${digits.slice(point)}`;
}

function trimZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}

/** `'-0.00'` → `'0.00'`; any other text stays. */
export function withoutNegativeZero(text: string): string {
  return /^-0(?:\.0*)?$/.test(text) ? text.slice(1) : text;
}
