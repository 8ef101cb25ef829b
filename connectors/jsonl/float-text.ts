/** PostgreSQL writes a number without an exponent below 10 to this power, and from 10⁻⁴ on (d2s.c, f2s.c: to_chars). */
const fixedBelow = { float32: 6, float64: 15 } as const;

/**
 * The canonical text of a float out of a number literal: the shortest digits that give the same float, written as
 * PostgreSQL does. `'1.50'` → `'1.5'`, `'1E20'` → `'1e+20'`, `'0.10000000149'` as float32 → `'0.1'`. Compared with
 * PostgreSQL 18 on 1.2 million values: only 2⁻⁹⁶, 2⁸⁷ and 2⁹⁰ as float32 get a digit more than it writes.
 * @returns undefined when the number is larger than any float of this kind, or is not 0 and nearer to it than any.
 */
export function floatText(literal: string, kind: 'float32' | 'float64'): string | undefined {
  const exact = kind === 'float64' ? Number(literal) : Math.fround(Number(literal));
  if (!Number.isFinite(exact)) return undefined;
  if (exact === 0 && /^[^e]*[1-9]/i.test(literal)) return undefined;
  if (exact === 0) return Object.is(exact, -0) ? '-0' : '0';
  const [digits = '', exponent = ''] = shortest(exact, kind).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < fixedBelow[kind]) return fixed(digits, power);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/**
 * `-1.25e+3`. JavaScript's shortest digits may lie exactly between two floats, where reading rounds to the even one;
 * PostgreSQL does not count on that and takes a digit more.
 */
function shortest(exact: number, kind: 'float32' | 'float64'): string {
  const read = kind === 'float64' ? Number : (text: string) => Math.fround(Number(text));
  let text = kind === 'float64' ? exact.toExponential() : rounded(exact, 0);
  for (let digits = digitsOf(text); read(text) !== exact || isBetween(text, exact, kind); digits++) {
    text = rounded(exact, digits);
  }
  return text;
}

/** As `toExponential`, but half to even: 3299803.25 to 7 digits after the point is `3.2998032e+6`. */
function rounded(exact: number, digits: number): string {
  const longer = exact.toExponential(digits + 1);
  const isHalf = /[02468]5e/.test(longer) && Number(longer) === exact;
  return isHalf ? longer.replace('5e', 'e') : exact.toExponential(digits);
}

/** How many digits stand in a text of `toExponential`. */
function digitsOf(text: string): number {
  return text.replace(/e.*|[-.]/g, '').length;
}

/** Whether a text lies halfway to the next float; only integers past the mantissa can, as others have too many digits. */
function isBetween(text: string, exact: number, kind: 'float32' | 'float64'): boolean {
  const mantissaBits = kind === 'float64' ? 53 : 24;
  if (Math.abs(exact) < 2 ** mantissaBits) return false;
  const [digits = '', exponent = ''] = text.replace('-', '').split('e');
  const there = BigInt(fixed(digits, Number(exponent)));
  const here = BigInt(Math.abs(exact));
  const binary = here.toString(2);
  const gap = 1n << BigInt(binary.length - mantissaBits);
  if (there > here) return (there - here) * 2n === gap;
  const isPowerOfTwo = binary.lastIndexOf('1') === 0;
  return (here - there) * (isPowerOfTwo ? 4n : 2n) === gap;
}

/** `'-1.25'`, 3 → `'-1250'`; `'1.25'`, -2 → `'0.0125'`. */
function fixed(digits: string, power: number): string {
  const sign = digits.startsWith('-') ? '-' : '';
  const bare = digits.replace(/[-.]/g, '');
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${bare}`;
  if (bare.length <= power + 1) return sign + bare.padEnd(power + 1, '0');
  return `${sign}${bare.slice(0, power + 1)}.${bare.slice(power + 1)}`;
}
