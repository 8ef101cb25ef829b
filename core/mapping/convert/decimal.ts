import { Adjusted, type Converter, Rejected } from '../../model/value.ts';

/**
 * Widens a decimal to the target's scale, so that the text is what PostgreSQL prints: scale 4: `'12.5'` → `'12.5000'`.
 * Digits beyond the scale are never cut: the plan refuses such a pair, and a value that breaks its own type is rejected.
 * PostgreSQL's `'NaN'` and infinities have no digits and are carried.
 */
export function decimalOfScale(scale: number): Converter {
  return (value) => {
    const text = value as string;
    const point = text.indexOf('.');
    const digits = point < 0 ? 0 : text.length - point - 1;
    if (digits === scale || isSpecial(text)) return text;
    if (digits > scale) return new Rejected('scale-exceeded');
    return (point < 0 ? `${text}.` : text) + '0'.repeat(scale - digits);
  };
}

/** `NaN`, `Infinity`, `-Infinity`: the only numerics that end in a letter. */
function isSpecial(text: string): boolean {
  return text.charCodeAt(text.length - 1) > 57;
}

/**
 * An amount of money out of a DOUBLE, in which DMEWorks keeps balances, prices and discounts, or out of the DECIMAL(65,30)
 * that Prisma makes of every Decimal. One that is a clean amount is carried: `'12.5'` → `'12.50'`. Any other is rounded
 * half away from zero on its decimal text, adjustment `unclean-amount`: `'10.005'` → `'10.01'`,
 * `'0.30000000000000004'` → `'0.30'`. NaN, an infinity and an amount of more than `precision` digits are rejected as
 * `not-an-amount`.
 */
export function amountOfScale(scale: number, precision: number): Converter {
  const pad = decimalOfScale(scale);
  return (value) => {
    const plain = plainDecimal(value as string);
    if (plain === null) return new Rejected('not-an-amount');
    const isClean = !hasDigitsBeyond(plain, scale);
    const text = isClean ? pad(cutAt(withoutNegativeZero(plain), scale)) : roundHalfAway(plain, scale);
    if (integerDigits(text as string) > precision - scale) return new Rejected('not-an-amount');
    return isClean ? text : new Adjusted(text as string, 'unclean-amount');
  };
}

/** Whether there is a digit other than 0 after the first `scale` ones of the fraction. */
function hasDigitsBeyond(plain: string, scale: number): boolean {
  const point = plain.indexOf('.');
  return point >= 0 && /[1-9]/.test(plain.slice(point + 1 + scale));
}

/** `'10.0000'` → `'10.00'` */
function cutAt(plain: string, scale: number): string {
  const point = plain.indexOf('.');
  if (point < 0) return plain;
  return scale === 0 ? plain.slice(0, point) : plain.slice(0, point + 1 + scale);
}

/** `'1e-07'` → `'0.0000001'`, `'1.5e+20'` → `'150000000000000000000'`; null for NaN and infinities. */
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

function withoutNegativeZero(text: string): string {
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

function integerDigits(text: string): number {
  const whole = (text.split('.')[0] as string).replace('-', '').replace(/^0+/, '');
  return whole.length;
}

function roundHalfAway(plain: string, scale: number): string {
  const isNegative = plain.startsWith('-');
  const [whole = '', fraction = ''] = plain.replace('-', '').split('.');
  const kept = BigInt(whole + fraction.slice(0, scale));
  const up = fraction.charCodeAt(scale) >= 53 ? 1n : 0n;
  const digits = (kept + up).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return isNegative && /[1-9]/.test(text) ? `-${text}` : text;
}
