import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pgFloat32Text, pgFloat64Text } from '../../../core/mapping/convert/float-text.ts';
import { createPgDatabase, type TestDatabase } from '../../support/databases.ts';

/** The PostgreSQL whose output is compared. */
let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createPgDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

const send = { float8: 'float8send', float4: 'float4send' } as const;

/** Sends the bits and returns PostgreSQL's text for them. */
async function printed(type: keyof typeof send, numbers: readonly number[]): Promise<string[]> {
  const literals = numbers.map((n) => (Object.is(n, -0) ? '-0' : String(n)));
  const { rows } = await client.query<{ text: string; bits: string }>(
    `select v::${type}::text as text, encode(${send[type]}(v::${type}), 'hex') as bits
     from unnest($1::text[]) with ordinality as t (v, place) order by place`,
    [literals],
  );
  rows.forEach(({ bits }, i) => {
    expect(bits).toBe(hexOf(type, numbers[i] as number));
  });
  return rows.map(({ text }) => text);
}

function hexOf(type: keyof typeof send, n: number): string {
  const bytes = Buffer.alloc(type === 'float8' ? 8 : 4);
  if (type === 'float8') bytes.writeDoubleBE(n);
  else bytes.writeFloatBE(n);
  return bytes.toString('hex');
}

const extremes = [
  ...[0, -0, 0.1, 0.3, 1, -1, 100, 1e5, 1e6, 999999, 1e14, 1e15, 1e16, 1e20, 1e21, 1e22, 1e23, 9e22, 1e308, 5e-324],
  ...[1e-4, 1e-5, 0.00012345, 9.9e-5, 1e-7, 123456789012345680, 2 ** 53, 2 ** 53 + 2, 2 ** 63, 2 ** 64, 1.5, 1e-323],
  ...[
    1.7976931348623157e308,
    2.2250738585072014e-308,
    2.225073858507201e-308,
    123456.7,
    1234567.8,
    Infinity,
    -Infinity,
    NaN,
  ],
];
/** Numbers exactly between two decimals with the required digits: JavaScript takes the larger, PostgreSQL the even one. */
const ties = (from: number, to: number): number[] =>
  fc
    .sample(fc.tuple(fc.integer({ min: from, max: to }), fc.integer({ min: 0, max: 7 })), 5000)
    .map(([n, i]) => n + i / 8);
const powersOfTwo = Array.from({ length: 2098 }, (_, i) => 2 ** (i - 1074));
const powersOfTen = Array.from({ length: 632 }, (_, i) => Number(`1e${i - 323}`));
const aroundThem = [...powersOfTwo, ...powersOfTen].flatMap((n) => [
  n,
  -n,
  n * 3,
  n * (1 + 2 ** -52),
  n * (1 - 2 ** -53),
]);

test('a double is printed as PostgreSQL prints it', async () => {
  const numbers = [...extremes, ...aroundThem.filter(Number.isFinite)];
  expect(numbers.map(pgFloat64Text)).toEqual(await printed('float8', numbers));
});

test('random bits of a double are printed as PostgreSQL prints them', async () => {
  const some = fc.sample(fc.double({ noNaN: true }), 20_000);
  const large = fc.sample(fc.double({ noNaN: true, min: 2 ** 53, max: 1e41 }), 20_000);
  const halfway = fc
    .sample(fc.tuple(fc.bigInt(1n, 10n ** 17n), fc.integer({ min: 0, max: 24 })), 20_000)
    .map(([digits, zeros]) => Number(digits * 10n ** BigInt(zeros)));
  const numbers = [...some, ...large, ...halfway, ...ties(2 ** 49, 2 ** 51)];
  expect(numbers.map(pgFloat64Text)).toEqual(await printed('float8', numbers));
});

test('a 32-bit float is printed as PostgreSQL prints it', async () => {
  const near = [...extremes, ...aroundThem, ...aroundThem.flatMap((n) => neighbours(Math.fround(n)))];
  const random = Array.from({ length: 50_000 }, () => floatOf(Math.floor(Math.random() * 2 ** 32)));
  const numbers = [...near, ...random, ...ties(2 ** 19, 2 ** 22)].map(Math.fround).filter((n) => !Number.isNaN(n));
  expect(numbers.map(pgFloat32Text)).toEqual(await printed('float4', numbers));
});

function floatOf(bits: number): number {
  return new Float32Array(new Uint32Array([bits]).buffer)[0] as number;
}

function neighbours(single: number): number[] {
  const [bits = 0] = new Uint32Array(new Float32Array([single]).buffer);
  return [floatOf(bits - 1), floatOf(bits + 1)];
}
