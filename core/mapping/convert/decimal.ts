import { decimalText, fractionLength, plainDecimal, withoutNegativeZero } from '../../model/decimal.ts';
import { Adjusted, type Converter, Rejected } from '../../model/value.ts';

/**
 * Widens a decimal to the target's scale, so that the text is what PostgreSQL prints: scale 4: `'12.5'` → `'12.5000'`.
 * Digits beyond the scale are never cut: the plan refuses such a pair, and a value that breaks its own type is rejected.
 * PostgreSQL's `'NaN'` and infinities have no digits and are carried.
 */
export function decimalOfScale(scale: number): Converter {
  return (value) => {
    const text = value as string;
    const digits = fractionLength(text);
    if (digits === scale || isSpecial(text)) return text;
    if (digits > scale) return new Rejected('scale-exceeded');
    return (text.includes('.') ? text : `${text}.`) + '0'.repeat(scale - digits);
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

function integerDigits(text: string): number {
  const whole = (text.split('.')[0] as string).replace('-', '').replace(/^0+/, '');
  return whole.length;
}

function roundHalfAway(plain: string, scale: number): string {
  const isNegative = plain.startsWith('-');
  const [whole = '', fraction = ''] = plain.replace('-', '').split('.');
  const kept = BigInt(whole + fraction.slice(0, scale));
  const up = fraction.charCodeAt(scale) >= 53 ? 1n : 0n;
  const text = decimalText({ digits: kept + up, scale });
  return isNegative && /[1-9]/.test(text) ? `-${text}` : text;
}
