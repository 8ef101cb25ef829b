/** PostgreSQL writes a number without an exponent below 10 to this power, and from 10⁻⁴ on (d2s.c, f2s.c: to_chars). */
const fixedBelow = { float32: 6, float64: 15 } as const;

/**
 * The canonical text of a float out of a number literal: the shortest digits that give the same float, written as
 * PostgreSQL does. `'1.50'` → `'1.5'`, `'1E20'` → `'1e+20'`, `'0.10000000149'` as float32 → `'0.1'`.
 * @returns undefined when the number is larger than any float of this kind.
 */
export function floatText(literal: string, kind: 'float32' | 'float64'): string | undefined {
  const exact = kind === 'float64' ? Number(literal) : Math.fround(Number(literal));
  if (!Number.isFinite(exact)) return undefined;
  if (exact === 0) return Object.is(exact, -0) ? '-0' : '0';
  const [digits = '', exponent = ''] = shortest(exact, kind).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < fixedBelow[kind]) return fixed(digits, power);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** `-1.25e+3` */
function shortest(exact: number, kind: 'float32' | 'float64'): string {
  if (kind === 'float64') return exact.toExponential();
  let text = exact.toExponential(0);
  for (let digits = 1; Math.fround(Number(text)) !== exact; digits++) text = exact.toExponential(digits);
  return text;
}

/** `'-1.25'`, 3 → `'-1250'`; `'1.25'`, -2 → `'0.0125'`. */
function fixed(digits: string, power: number): string {
  const sign = digits.startsWith('-') ? '-' : '';
  const bare = digits.replace(/[-.]/g, '');
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${bare}`;
  if (bare.length <= power + 1) return sign + bare.padEnd(power + 1, '0');
  return `${sign}${bare.slice(0, power + 1)}.${bare.slice(power + 1)}`;
}
