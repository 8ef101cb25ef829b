/**
 * The canonical text of a float is what PostgreSQL prints (float8out with extra_float_digits at its default): the shortest
 * digits that only this float is nearest to. JavaScript's shortest digits are the same but for two habits: where the
 * exponent form begins, and that PostgreSQL (d2s.c: acceptBounds = false) never gives digits that lie exactly half-way to
 * the next float, which 1e23 does.
 */

/** Magnitudes from 10⁻⁴ up to, not including, 10 to this power are written without an exponent (d2s.c, f2s.c: to_chars). */
const fixedBelow = { float32: 6, float64: 15 } as const;

/** `0.1` → `0.1`, `1e20` → `1e+20`, `1e-7` → `1e-07`, `-0` → `-0`, `1e23` → `9.999999999999999e+22`. */
export function pgFloat64Text(n: number): string {
  // Small integers are by far the most, and there is nothing to choose.
  if (n === (n | 0)) return n === 0 && Object.is(n, -0) ? '-0' : String(n);
  if (!Number.isFinite(n)) return specialText(n);
  const magnitude = Math.abs(n);
  if (magnitude >= 1e-4 && magnitude < 1e15) return String(n);
  return written(isMaybeHalfway(magnitude) ? strictlyNearest64(n) : n.toExponential(), fixedBelow.float64);
}

/** The same for a value of 32 bits: `0.1` and `0.10000000149011612` → `0.1`, `1e6` → `1e+06`. */
export function pgFloat32Text(n: number): string {
  const single = Math.fround(n);
  if (single === 0) return Object.is(single, -0) ? '-0' : '0';
  if (!Number.isFinite(single)) return specialText(single);
  return written(strictlyNearest32(single), fixedBelow.float32);
}

function specialText(n: number): string {
  if (Number.isNaN(n)) return 'NaN';
  return n > 0 ? 'Infinity' : '-Infinity';
}

/** From `-1.25e+3` to PostgreSQL's way of writing it. */
function written(exponential: string, fixedBelowPower: number): string {
  const [digits = '', exponent = ''] = exponential.split('e');
  const power = Number(exponent);
  if (power >= -4 && power < fixedBelowPower) return fixed(digits, power);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** `-1.25`, 3 → `-1250`; `1.25`, -2 → `0.0125`. */
function fixed(digits: string, power: number): string {
  const sign = digits.startsWith('-') ? '-' : '';
  const bare = digits.replace(/[-.]/g, '');
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${bare}`;
  if (bare.length <= power + 1) return sign + bare.padEnd(power + 1, '0');
  return `${sign}${bare.slice(0, power + 1)}.${bare.slice(power + 1)}`;
}

const bits64 = new BigInt64Array(1);
const float64 = new Float64Array(bits64.buffer);

/** The double next to a positive finite one. */
function neighbour64(magnitude: number, step: 1n | -1n): number {
  float64[0] = magnitude;
  bits64[0] = (bits64[0] as bigint) + step;
  return float64[0];
}

/**
 * Shortest digits, at most 17 of them, can only be half-way between two doubles (54 significant bits) when these are
 * integers and the digits end in at most 23 zeros, since each zero takes a factor of 5 out of those bits.
 */
function isMaybeHalfway(magnitude: number): boolean {
  return magnitude > 2 ** 53 && magnitude < 1e41;
}

function strictlyNearest64(n: number): string {
  const shortest = n.toExponential();
  if (!isHalfway64(shortest, n)) return shortest;
  let digits = shortest.replace(/e.*|[-.]/g, '').length;
  let longer = shortest;
  while (longer === shortest || Number(longer) !== n || isHalfway64(longer, n)) {
    longer = nearestDecimal(n, digits);
    digits += 1;
  }
  return longer;
}

function isHalfway64(exponential: string, n: number): boolean {
  const digits = integerOf(exponential);
  const magnitude = Math.abs(n);
  const exact = BigInt(magnitude);
  const step = digits > exact ? 1n : -1n;
  const next = BigInt(neighbour64(magnitude, step));
  return digits !== exact && (digits - exact) * 2n === next - exact;
}

/** `-1.5e+20` → 150000000000000000000n */
function integerOf(exponential: string): bigint {
  const [digits = '', exponent = ''] = exponential.replace('-', '').split('e');
  return BigInt(digits.replace('.', '').padEnd(Number(exponent) + 1, '0'));
}

const bits32 = new Int32Array(1);
const float32 = new Float32Array(bits32.buffer);

/** A float of 32 bits has 24 significant bits, so all half-way points are doubles and can be compared with. */
function strictlyNearest32(single: number): string {
  const magnitude = Math.abs(single);
  const [low, high] = halfways32(magnitude);
  for (let digits = 0; ; digits++) {
    const text = nearestWithin(magnitude, digits, low, high);
    if (text !== null) return single < 0 ? `-${text}` : text;
  }
}

/** The points half-way to the floats below and above. */
function halfways32(magnitude: number): readonly [number, number] {
  float32[0] = magnitude;
  const bits = bits32[0] as number;
  bits32[0] = bits - 1;
  const below = float32[0];
  bits32[0] = bits + 1;
  const above = Number.isFinite(float32[0]) ? float32[0] : 2 ** 128;
  return [(below + magnitude) / 2, (magnitude + above) / 2];
}

/**
 * The decimal of that many digits that lies nearest, when it is strictly within; else the other one beside the float,
 * which may be within where the floats below lie closer than those above (at powers of two).
 */
function nearestWithin(magnitude: number, digits: number, low: number, high: number): string | null {
  const nearest = nearestDecimal(magnitude, digits);
  if (isWithin(nearest, low, high)) return nearest;
  if (Number(nearest) > magnitude) return null;
  const other = nextDecimal(nearest);
  return isWithin(other, low, high) ? other : null;
}

/** `toExponential`, but of two decimals equally near the even one, as PostgreSQL has it, and not the larger one. */
function nearestDecimal(n: number, digits: number): string {
  const rounded = n.toExponential(digits);
  const [mantissa = '', exponent = ''] = rounded.split('e');
  const isOdd = '13579'.includes(mantissa.at(-1) as string);
  if (!isOdd || !/^[^e]*5e/.test(n.toExponential(digits + 1)) || !isExactWith(n, digits + 1)) return rounded;
  return `${mantissa.slice(0, -1)}${Number(mantissa.at(-1)) - 1}e${exponent}`;
}

/** Whether so many digits after the first say all of it. */
function isExactWith(n: number, digits: number): boolean {
  const [mantissa = ''] = n.toExponential(100).split('e');
  return /^0*$/.test(mantissa.slice(mantissa.indexOf('.') + 1 + digits));
}

function isWithin(text: string, low: number, high: number): boolean {
  const value = Number(text);
  return value > low && value < high;
}

/** `1.29e+3` → `1.3e+3` */
function nextDecimal(exponential: string): string {
  const [digits = '', exponent = ''] = exponential.split('e');
  const decimals = digits.includes('.') ? digits.length - 2 : 0;
  const next = String(BigInt(digits.replace('.', '')) + 1n);
  const power = Number(exponent) + next.length - 1 - decimals;
  return `${next[0]}${next.length > 1 ? `.${next.slice(1)}` : ''}e${power}`.replace(/\.?0*e/, 'e');
}
