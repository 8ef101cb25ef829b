import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pgFloat32Text, pgFloat64Text } from '../../../core/mapping/convert/float-text.ts';
import { createPgDatabase, type TestDatabase } from '../../support/databases.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createPgDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await database?.drop();
});

/** What PostgreSQL prints for each number. JavaScript's text for a double identifies it exactly. */
async function printed(numbers: readonly number[], type: 'float4' | 'float8'): Promise<string[]> {
  const { rows } = await client.query<{ text: string }>(
    `select n::${type}::text as text from unnest($1::text[]) with ordinality as t(n, i) order by i`,
    [numbers.map((n) => (Object.is(n, -0) ? '-0' : String(n)))],
  );
  return rows.map((row) => row.text);
}

/** The pairs that differ, so that a failure shows a few numbers instead of two thousand. */
function differing(numbers: readonly number[], ours: readonly string[], theirs: readonly string[]): unknown[] {
  expect(theirs).toHaveLength(numbers.length);
  const rows = numbers.map((n, i) => ({ number: String(n), ours: ours[i], postgres: theirs[i] }));
  return rows.filter((row) => row.ours !== row.postgres);
}

const bits = new BigUint64Array(1);
const asDouble = new Float64Array(bits.buffer);
const asFloats = new Float32Array(bits.buffer);

/** Any bit pattern is a double, so small and large exponents are as likely as those around 1. */
const anyDouble = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((pattern) => {
  bits[0] = pattern;
  return asDouble[0] as number;
});
const anyFloat = fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }).map((pattern) => {
  bits[0] = pattern;
  return asFloats[0] as number;
});
const largeInteger = fc.integer({ min: 53, max: 140 }).chain((power) => {
  return fc.bigInt({ min: 0n, max: 2n ** 20n }).map((odd) => 2 ** power + Number(odd) * 2 ** (power - 52));
});
/** Exactly between two decimals with the required digits. JavaScript takes the larger, PostgreSQL the even one. */
const eighths = fc.integer({ min: 0, max: 7 }).map((n) => n / 8);
const tie = fc.tuple(fc.integer({ min: 2 ** 49, max: 2 ** 51 }), eighths).map(([n, part]) => n + part);
const floatTie = fc.tuple(fc.integer({ min: 2 ** 19, max: 2 ** 22 }), eighths).map(([n, part]) => n + part);
const short = fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: -40, max: 30 }));
const shortDecimal = short.map(([n, power]) => Number(`${n}e${power}`));

const powers = (base: number, from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => base ** (from + i)).flatMap((n) => [n, -n]);
const special = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const edges = [10.005, 0.1 + 0.2, 1e-7, 1e20, 1e21, 1e22, 1e23, -1e23, 1e-4, 9.9999e-5, 999999, 1e6, 1e15, 1e15 - 1];
const integers = [2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, 2 ** 63, 2 ** 64];
/** Printed on failure. Put the number here to repeat that failure. */
const seed = Math.trunc(Math.random() * 2 ** 31);

describe('a double is written as PostgreSQL writes it', () => {
  test('at its extremes, at the half-way digits, and at every power of two and ten', async () => {
    const extremes = [
      Number.MIN_VALUE,
      Number.MAX_VALUE,
      Number.EPSILON,
      2.2250738585072014e-308,
      2.225073858507201e-308,
    ];
    const numbers = [
      ...special,
      ...edges,
      ...integers,
      ...extremes,
      ...powers(2, -1074, 1023),
      ...powers(10, -323, 308),
    ];
    expect(differing(numbers, numbers.map(pgFloat64Text), await printed(numbers, 'float8'))).toEqual([]);
  });

  test('for 2,000 random ones', async () => {
    const any = fc.oneof(anyDouble, fc.double(), largeInteger, shortDecimal, tie);
    const numbers = fc.sample(any, { seed, numRuns: 2000 });
    expect(differing(numbers, numbers.map(pgFloat64Text), await printed(numbers, 'float8')), `seed ${seed}`).toEqual(
      [],
    );
  });
});

describe('a 32-bit float is written as PostgreSQL writes it', () => {
  test('at its extremes and at every power of two and ten', async () => {
    const extremes = [1.401298464324817e-45, 3.4028234663852886e38, 1.1754943508222875e-38, 16_777_216, 16_777_217];
    const small = powers(10, -45, 38);
    const numbers = [...special, ...edges, ...extremes, ...powers(2, -149, 127), ...small].map(Math.fround);
    expect(differing(numbers, numbers.map(pgFloat32Text), await printed(numbers, 'float4'))).toEqual([]);
  });

  test('for 2,000 random ones', async () => {
    const any = fc.oneof(anyFloat, fc.float(), largeInteger.map(Math.fround), shortDecimal.map(Math.fround), floatTie);
    const numbers = fc.sample(any, { seed, numRuns: 2000 });
    expect(differing(numbers, numbers.map(pgFloat32Text), await printed(numbers, 'float4')), `seed ${seed}`).toEqual(
      [],
    );
  });
});
