import type { Random } from '../../fixtures/random.ts';

/** Generators of values that include extremes, written as a database reads them. */

/** Makes the text of one value. */
export type Generate = (random: Random) => string;

export const oneOf =
  (...texts: readonly string[]): Generate =>
  (random) =>
    random.pick(texts);

/** Both ends and their neighbours, 0, 1, and any number between the ends. */
export function integers(min: bigint, max: bigint): Generate {
  const ends = [min, min + 1n, max - 1n, max, 0n, 1n].filter((n) => n >= min && n <= max);
  return (random) => String(random.chance(0.4) ? random.pick(ends) : min + bigBelow(max - min + 1n, random));
}

/** Decimals of up to this many digits, mostly fewer. */
export function decimals(precision: number, scale: number): Generate {
  return (random) => {
    const limit = 10n ** BigInt(random.chance(0.3) ? precision : 1 + random.int(precision));
    const digits = String(random.chance(0.2) ? limit - 1n : bigBelow(limit, random)).padStart(scale + 1, '0');
    const point = digits.length - scale;
    const sign = /[1-9]/.test(digits) && random.chance(0.4) ? '-' : '';
    return `${sign}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`;
  };
}

const bits = new DataView(new ArrayBuffer(8));

/** Doubles from random bits, and common and extreme ones. */
export const doubles: Generate = (random) => {
  if (random.chance(0.3)) return random.pick(['0', '-0e0', '0.1', '1e15', '1e23', '5e-324', '1.7976931348623157e308']);
  if (random.chance(0.3)) return String(random.int(2e9) / 100);
  bits.setUint32(0, random.int(2 ** 32));
  bits.setUint32(4, random.int(2 ** 32));
  const double = bits.getFloat64(0);
  return Number.isFinite(double) ? String(double) : '0';
};

/** Floats from random bits, and common and extreme ones. */
export const floats: Generate = (random) => {
  if (random.chance(0.3)) return random.pick(['0', '-0e0', '0.1', '1e6', '16777216', '1e-45', '3.4028234663852886e38']);
  bits.setUint32(0, random.int(2 ** 32));
  const float = bits.getFloat32(0);
  return Number.isFinite(float) ? String(float) : '0';
};

export const cents: Generate = (random) => String((random.int(2_000_000) - 1_000_000) / 100);

/** 0001-01-01 … 9999-12-31 by default. */
export function dates(from = 1, to = 9999): Generate {
  return (random) => {
    const year = random.chance(0.2) ? random.pick([from, to]) : from + random.int(to - from + 1);
    const day = random.chance(0.2)
      ? random.pick(['01-01', '12-31'])
      : `${two(1 + random.int(12))}-${two(1 + random.int(28))}`;
    return `${String(year).padStart(4, '0')}-${day}`;
  };
}

/** Times of a day with up to this many fractional digits. */
export function clocks(scale: number): Generate {
  return (random) => {
    const clock = random.chance(0.2)
      ? random.pick(['00:00:00', '23:59:59', '01:30:00', '02:30:00'])
      : [24, 60, 60].map((n) => two(random.int(n))).join(':');
    if (scale === 0 || random.chance(0.3)) return clock;
    const fraction = random.chance(0.3)
      ? random.pick([1, 10 ** scale - 1, 5 * 10 ** (scale - 1)])
      : random.int(10 ** scale);
    return `${clock}.${String(fraction).padStart(scale, '0')}`;
  };
}

export const moments =
  (day: Generate, clock: Generate): Generate =>
  (random) =>
    `${day(random)} ${clock(random)}`;

export const hex =
  (bytes: number): Generate =>
  (random) =>
    Array.from({ length: bytes }, () => random.int(256).toString(16).padStart(2, '0')).join('');

export const hexUpTo =
  (bytes: number): Generate =>
  (random) =>
    hex(random.skewed(bytes + 1))(random);

export const uuids: Generate = (random) => hex(16)(random).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** One of these texts, or up to this many characters of every plane except NUL and lone surrogates. */
export function texts(awkward: readonly string[], characters: number): Generate {
  return (random) => {
    if (random.chance(0.2)) return [...random.pick(awkward)].slice(0, characters).join('');
    return Array.from({ length: random.skewed(characters + 1) }, () => character(random)).join('');
  };
}

/** ASCII, Latin-1, any C1 control, the Basic Multilingual Plane, or beyond it. */
function character(random: Random): string {
  if (random.chance(0.7)) return String.fromCharCode(32 + random.int(95));
  const ranges = [
    [1, 32],
    [0x80, 0x180],
    [0x2000, 0x2100],
    [0xe000, 0x10000],
    [0x10000, 0x110000],
    [0x100, 0xd800],
  ];
  const [from = 1, to = 2] = random.pick(ranges);
  return String.fromCodePoint(from + random.int(to - from));
}

function bigBelow(limit: bigint, random: Random): bigint {
  let big = 0n;
  for (let drawn = 1n; drawn < limit * 65536n; drawn *= 65536n) big = big * 65536n + BigInt(random.int(65536));
  return big % limit;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
