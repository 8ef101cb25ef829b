import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { pgFloat64Text } from '../../../core/mapping/convert/float-text.ts';
import { decimalFrom, float32Of, floatOfDecimal } from '../../../core/mapping/convert/narrow.ts';
import { uuidOf } from '../../../core/mapping/convert/uuid.ts';
import { entityIds } from '../../../core/mapping/ids/entity-ids.ts';
import { decimalText } from '../../../core/model/decimal.ts';
import { Adjusted, type Converted, Rejected } from '../../../core/model/value.ts';

let client: pg.Client;

beforeAll(async () => {
  client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
});

afterAll(() => client.end());

/** What the server casts texts to, one by one. Null if it refuses. */
async function castOf(texts: readonly string[], type: string): Promise<readonly (string | null)[]> {
  const sql = `select case when pg_input_is_valid(v, $2) then v::${type}::text end as v
    from unnest($1::text[]) with ordinality as t (v, n) order by n`;
  return (await client.query<{ v: string | null }>(sql, [texts, type])).rows.map(({ v }) => v);
}

const plain = (made: Converted): unknown =>
  made instanceof Adjusted ? made.value : made instanceof Rejected ? null : made;

const doubles = fc.array(
  fc.double().map((n) => pgFloat64Text(n)),
  { minLength: 200, maxLength: 200 },
);

test('a real holds what the server casts the double to, and out-of-range doubles are refused', async () => {
  await fc.assert(
    fc.asyncProperty(doubles, async (texts) => {
      const made = texts.map((text) => plain(float32Of(text)));
      const cast = await castOf(texts, 'real');
      // The server reports an error for a value that is too small. Here it becomes zero and is recorded.
      expect(made.map((v, i) => (v === '0' || v === '-0' ? cast[i] : v))).toEqual(cast);
    }),
    { numRuns: 20 },
  );
});

test('a decimal holds what the server rounds the text to', async () => {
  const texts = fc.array(
    fc.double({ min: -2e7, max: 2e7 }).map((n) => pgFloat64Text(n)),
    { minLength: 200, maxLength: 200 },
  );
  await fc.assert(
    fc.asyncProperty(texts, async (some) => {
      expect(some.map((text) => plain(decimalFrom(3, 10)(text)))).toEqual(await castOf(some, 'numeric(10,3)'));
    }),
    { numRuns: 20 },
  );
});

/** Decimals of any size, and those next to the middle of two floats of 32 bits. */
const decimals = fc.array(
  fc.oneof(
    fc
      .tuple(fc.constantFrom('', '-'), fc.bigInt({ min: 0n, max: 10n ** 60n }), fc.nat(60))
      .map(([sign, digits, scale]) => sign + decimalText({ digits, scale })),
    fc
      .tuple(fc.nat(2 ** 24), fc.integer({ min: 0, max: 60 }), fc.constantFrom(-1n, 0n, 1n))
      .map(([float, power, step]) => {
        const digits = BigInt(2 * float + 1) * 5n ** BigInt(power) * 10n ** 5n + step;
        return decimalText({ digits, scale: power + 5 });
      }),
  ),
  { minLength: 200, maxLength: 200 },
);

test.each([
  ['float64', 'double precision'],
  ['float32', 'real'],
] as const)('a %s holds what the server casts the decimal to', async (kind, type) => {
  await fc.assert(
    fc.asyncProperty(decimals, async (texts) => {
      // The server reports an error for a value that is too large, which is rejected, or too small, which becomes zero here.
      const sql = `select case when pg_input_is_valid(v, $2) then v::numeric::${type}::text end as v from unnest($1::text[]) with ordinality as t (v, n) order by n`;
      const cast = (await client.query<{ v: string | null }>(sql, [texts, type])).rows;
      const made = texts.map((text, i) => ({ text, made: plain(floatOfDecimal(kind)(text)), cast: cast[i]?.v }));
      const isTooSmall = (v: unknown): boolean => v === '0' || v === '-0';
      expect(made.filter((v) => v.made !== v.cast && !isTooSmall(v.made))).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test('a text is a UUID if the server accepts it as one, and it is the same UUID', async () => {
  const digits = fc.constantFrom(...'0123456789abcdefABCDEF-{} g');
  const near = fc
    .uuid()
    .chain((uuid) =>
      fc.constantFrom(
        uuid,
        uuid.toUpperCase(),
        `{${uuid}}`,
        uuid.replaceAll('-', ''),
        `${uuid}-`,
        uuid.replace('-', ''),
      ),
    );
  const mutated = fc.tuple(near, fc.nat(38), digits).map(([text, at, c]) => text.slice(0, at) + c + text.slice(at + 1));
  const texts = fc.array(fc.oneof(near, mutated), { minLength: 100, maxLength: 100 });
  const ids = entityIds(null, 'x');
  await fc.assert(
    fc.asyncProperty(texts, async (some) => {
      const made = some.map((text) => uuidOf(ids)(text));
      expect(made.map((v) => (v instanceof Adjusted ? null : v))).toEqual(await castOf(some, 'uuid'));
    }),
    { numRuns: 20 },
  );
});
