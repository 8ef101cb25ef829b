import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowText } from '../../../core/model/row-text.ts';
import type { Row, Value } from '../../../core/model/value.ts';
import { awkwardTexts } from './awkward.ts';
import { database, linesOf, load, rowsOf, schema, source, sql, target } from './database.ts';

/** PostgreSQL is the oracle. What it prints for a value is the canonical text, so rowText must print the same. */

const text = fc.oneof(
  { arbitrary: fc.string({ unit: 'grapheme' }), weight: 2 },
  { arbitrary: fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', '')), weight: 3 },
  { arbitrary: fc.constantFrom(...awkwardTexts), weight: 3 },
  { arbitrary: fc.array(fc.constantFrom(...awkwardTexts)).map((parts) => parts.join('')), weight: 1 },
);
const integer = (bits: bigint) => fc.bigInt({ min: -(2n ** bits), max: 2n ** bits - 1n }).map(String);
const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 60 });
const decimal = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.option(digits))
  .map(([isNegative, whole, fraction]) => {
    const plain = fraction === null ? `${whole}` : `${whole}.${fraction}`;
    return isNegative && /[1-9]/.test(plain) ? `-${plain}` : plain;
  });
const day = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const fraction = fc.integer({ min: 0, max: 999_999 }).map((micros) => {
  return micros === 0 ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`;
});
const clock = fc.integer({ min: 0, max: 86_399 }).map((seconds) => {
  return new Date(seconds * 1000).toISOString().slice(11, 19);
});
const time = fc.tuple(clock, fraction).map((parts) => parts.join(''));
const timestamp = fc.tuple(day, time).map((parts) => parts.join(' '));
const json = fc.json().map((document) => `  ${document} `);

const columns: Readonly<Record<string, { readonly type: string; readonly values: fc.Arbitrary<Value> }>> = {
  boolean: { type: 'boolean', values: fc.boolean() },
  int16: { type: 'smallint', values: integer(15n) },
  int32: { type: 'integer', values: integer(31n) },
  int64: { type: 'bigint', values: integer(63n) },
  uint64: { type: 'numeric(20)', values: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String) },
  decimal: { type: 'numeric', values: decimal },
  text: { type: 'text', values: text },
  varchar: { type: 'varchar', values: text },
  enum: { type: 'mood', values: fc.constantFrom('', 'a,b', "it's", 'back\\slash', '"') },
  array: { type: 'text[]', values: fc.array(fc.option(text)) },
  json: { type: 'json', values: json },
  bytes: { type: 'bytea', values: fc.uint8Array({ maxLength: 40 }) },
  bits: { type: 'varbit', values: fc.string({ unit: fc.constantFrom('0', '1'), minLength: 1, maxLength: 70 }) },
  date: { type: 'date', values: day },
  time: { type: 'time', values: time },
  timestamp: { type: 'timestamp', values: timestamp },
  timestamptz: { type: 'timestamptz', values: timestamp.map((value) => `${value}+00`) },
  uuid: { type: 'uuid', values: fc.uuid() },
};
const names = ['id', ...Object.keys(columns)];
const ddl = [
  `create schema ${schema}`,
  `create type ${schema}.mood as enum ('', 'a,b', 'it''s', 'back\\slash', '"')`,
  `create table ${schema}.everything (id integer primary key, ${Object.entries(columns)
    .map(([name, { type }]) => `"${name}" ${type.replace('mood', `${schema}.mood`)}`)
    .join(', ')})`,
];
const rows = fc.array(fc.tuple(...Object.values(columns).map(({ values }) => fc.option(values))), { minLength: 1 });

test('a row of any values is stored and returned byte for byte, as lines and as values', async () => {
  const url = await database(...ddl);
  const into = await target(url);
  await fc.assert(
    fc.asyncProperty(rows, async (generated) => {
      const sent: Row[] = generated.map((row, i) => [String(i), ...row]);
      await load(into, 'everything', names, sent);
      const lines = await linesOf(into, 'everything', names);
      const from = await source(url, schema);
      const values = await rowsOf(from, 'everything', 7);
      await from.close();
      await sql(url, `truncate ${schema}.everything`);
      expect(lines.sort(byId)).toEqual(sent.map(rowText));
      expect(values.map((row) => row.map(plain))).toEqual(sent.map((row) => row.map(plain)));
    }),
    { numRuns: 60 },
  );
});

test('a double and a real that are read from PostgreSQL are written to it unchanged', async () => {
  const floats = 'create table floats (id integer primary key, d double precision, r real)';
  const url = await database(`create schema ${schema}`, floats, floats.replace('floats', `${schema}.floats`));
  const special = "('NaN', 'NaN'), ('Infinity', '-Infinity'), ('-0', '-0'), (1e308, 1e38), (5e-324, 1e-45), (0.1, 0.1)";
  await sql(
    url,
    `insert into floats select row_number() over (), d::float8, r::float4 from (values ${special}) v (d, r)`,
  );
  await sql(
    url,
    `insert into floats
     select 100 + n, (random() - 0.5) * power(10::float8, 600 * random() - 300), (random() - 0.5) * power(10::float8, 60 * random() - 30)
     from generate_series(1, 20000) n`,
  );
  const into = await target(url);
  const read = await rowsOf(await source(url), 'floats');
  await load(into, 'floats', ['id', 'd', 'r'], read);
  const different = await sql(
    url,
    `select count(*) from floats a full join ${schema}.floats b using (id)
     where float8send(a.d) is distinct from float8send(b.d) or float4send(a.r) is distinct from float4send(b.r)`,
  );
  expect(different).toEqual([['0']]);
  expect((await linesOf(into, 'floats', ['id', 'd', 'r'])).sort(byId)).toEqual(read.map(rowText).sort(byId));
});

test('array members are quoted where PostgreSQL quotes them, which is for ASCII white space only', async () => {
  const url = await database(`create schema ${schema}`, `create table ${schema}.lists (id integer, list text[])`);
  const into = await target(url);
  const members = [...awkwardTexts, ...Array.from({ length: 0x2ff }, (_, i) => String.fromCharCode(i + 1))];
  const sent: Row[] = [...members.map((member) => [member]), [], [null], members].map((list, i) => [String(i), list]);
  await load(into, 'lists', ['id', 'list'], sent);
  expect((await linesOf(into, 'lists', ['id', 'list'])).sort(byId)).toEqual(sent.map(rowText));
});

test('every awkward text is read back from COPY text as it was', async () => {
  const url = await database('create table texts (id integer primary key, body text, bodies text[])');
  for (const [i, body] of awkwardTexts.entries()) {
    await sql(url, 'insert into texts values ($1, $2, $3)', [i, body, [body, null, body]]);
  }
  const expected = awkwardTexts.map((body, i) => [String(i), body, [body, null, body]]);
  expect(await rowsOf(await source(url), 'texts')).toEqual(expected);
});

test('arrays of another shape are carried as their literals', async () => {
  const url = await database(
    'create table shapes (id integer primary key, list text[])',
    `insert into shapes values (1, '{{a,b},{c,d}}'), (2, '[2:3]={a,b}'), (3, '{{"x,y"},{NULL}}')`,
  );
  expect(await rowsOf(await source(url), 'shapes')).toEqual([
    ['1', '{{a,b},{c,d}}'],
    ['2', '[2:3]={a,b}'],
    ['3', '{{"x,y"},{NULL}}'],
  ]);
});

function byId(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10);
}

function plain(value: Value): Value {
  return value instanceof Uint8Array ? `bytes ${Buffer.from(value).toString('hex')}` : value;
}
