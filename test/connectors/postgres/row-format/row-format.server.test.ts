import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Row, Value } from '../../../../core/model/value.ts';
import { createPgDatabase, type TestDatabase } from '../../../support/databases.ts';
import { postgresMajor } from '../../../support/server-versions.ts';
import { awkwardTexts } from '../awkward.ts';
import { sql } from '../database.ts';
import { encode, oracleOf, refusalOf } from './row-format-oracle.ts';

/** PostgreSQL is the oracle. It reads the text and returns the bytes or the SQLSTATE. */

const mood = `create type mood as enum ('', 'a,b', 'it''s', 'back\\slash', '"', 'größer')`;
const kindDomain = 'create domain amount as numeric(12,3)';
const deeper = 'create domain deeper as amount';
let place: TestDatabase;
beforeAll(async () => {
  place = await createPgDatabase();
  await sql(place.url, [mood, kindDomain, deeper].join(';'));
});
afterAll(() => place.drop());

const days = [
  '2020-02-29',
  '2000-01-01',
  '1999-12-31',
  '0001-01-01',
  '0009-12-04',
  '1582-10-10',
  '1582-10-15',
  '1900-02-28',
];
const farDays = [
  '4714-11-24 BC',
  '0044-03-15 BC',
  '0001-12-31 BC',
  '0001-02-29 BC',
  '9999-12-31',
  '10000-01-01',
  '294276-12-31',
];
const times = ['00:00:00', '23:59:59.999999', '12:30:00.5', '00:00:00.000001', '13:14:15.123456'];
const stamps = [...days, ...farDays].flatMap((day) => {
  const [date, era] = day.split(' ');
  return times.map((time) => `${date} ${time}${era === undefined ? '' : ` ${era}`}`);
});
const zoned = stamps.map((text) => (text.endsWith(' BC') ? `${text.slice(0, -3)}+00 BC` : `${text}+00`));
const decimals = [
  ...[
    '0',
    '-0',
    '0.0',
    '0.00',
    '1',
    '-1',
    '10',
    '9999',
    '10000',
    '-10001',
    '100000000',
    '0.1',
    '0.0001',
    '0.00001',
    '-0.5',
  ],
  ...[
    '12345.6789',
    '10000.0001',
    '99999999.9999',
    '1000000000000000000000000.0000000000000000000001',
    '1.500',
    '007.5',
  ],
  ...['18446744073709551615', '1e+20', '1.5e-05', '1E3', '-2.5e+3', `${'9'.repeat(65)}.${'9'.repeat(30)}`],
  ...['.5', '5.', '0.000000000000000000000000000000000000000000001', '20000', '0.00010000', '100000000.00000001'],
];
const floats = [
  '0',
  '-0',
  '0.1',
  '1e+308',
  '1.7976931348623157e+308',
  '5e-324',
  '2.2250738585072014e-308',
  '1e-05',
  '1e+15',
];
const specials = ['NaN', 'Infinity', '-Infinity'];
const uuids = ['f47ac10b-58cc-4372-a567-0e02b2c3d479', 'F47AC10B-58CC-4372-A567-0E02B2C3D479'];
const longTexts = ['x'.repeat(25), 'é'.repeat(5000), '😀'.repeat(3000), 'a'.repeat(70_000), 'a'.repeat(64 * 1024)];
const texts = [...awkwardTexts, ...longTexts];
const documents = ['{"a": 1.0}', 'null', '  [1,2 , "x"] ', '"é😀"', '1e400'];
const shapes = [
  '{}',
  '{a,NULL}',
  '{{a,b},{c,d}}',
  '[2:3]={a,b}',
  '{{"x,y"},{NULL}}',
  '[0:1][-2:-2]={{a},{"b\\"\\\\"}}',
  '{" a ","{}"}',
];

const accepted: Readonly<Record<string, readonly Value[]>> = {
  boolean: [true, false, 't', 'f', '1', '0', 'true', 'no', 'on', 'OFF'],
  int2: ['0', '-32768', '32767', '7', '-1', '007'],
  int4: ['0', '-2147483648', '2147483647', '-1', '+5', '-0'],
  int8: [
    '0',
    '-9223372036854775808',
    '9223372036854775807',
    '9007199254740993',
    '-9007199254740993',
    '4294967296',
    '-4294967297',
    '-1',
  ],
  float4: ['0', '-0', '0.1', '1e+38', '3.4028235e+38', '1e-45', '1.1754944e-38', '16777216', '1e+06', ...specials],
  float8: [...floats, ...specials, '9007199254740992', '12.50', '100000000000000000000'],
  numeric: [...decimals, ...specials, `1${'0'.repeat(131_000)}`, `0.${'0'.repeat(16_000)}1`],
  'numeric(10,2)': ['0', '1', '-1.5', '12345678.99', '1.500', '0.01', 'NaN', '-0.00', '10000'],
  ...(postgresMajor < 15
    ? {}
    : { 'numeric(2,5)': ['0', '0.00099', '0.00001', '-0.0001'], 'numeric(3,-2)': ['0', '100', '99900', '-500.0'] }),
  'numeric(20)': ['18446744073709551615', '0'],
  deeper: ['1.5', '-999999999.999'],
  date: [...days, ...farDays, '5874897-12-31', 'infinity', '-infinity', '2020-01-01 00:00:00'],
  time: [...times, '24:00:00'],
  'time(3)': ['12:30:00.5', '01:02:03.123', '01:02:03.123000'],
  timestamp: [
    ...stamps,
    '2020-01-01',
    'infinity',
    '-infinity',
    '294276-12-31 23:59:59.999999',
    '50000-06-01 01:02:03.000001',
  ],
  'timestamp(0)': ['2020-01-01 10:20:30', '2020-01-01 10:20:30.000'],
  timestamptz: [...zoned, 'infinity', '-infinity', '0001-01-01 00:00:00+00 BC'],
  text: texts,
  varchar: texts,
  'varchar(5)': ['', 'abcde', '😀😀😀😀😀', 'ab   '],
  'char(3)': ['', 'a', 'abc', '😀', 'é  '],
  name: ['', 'x'.repeat(63), 'é'],
  mood: ['', 'a,b', "it's", 'back\\slash', '"', 'größer'],
  json: documents,
  jsonb: documents,
  bytea: [new Uint8Array(0), Uint8Array.of(0, 9, 10, 92, 255), new Uint8Array(100_000).fill(7), '\\x00fF', '\\x'],
  uuid: uuids,
  'text[]': [[], ['a', null, '', 'NULL', 'b c'], [null], texts, ...shapes],
  'varchar(5)[]': [[], ['a', null, '😀😀😀😀😀']],
  'bit(5)': ['01010', '11111'],
  'bit(64)': ['1'.repeat(64), `${'0'.repeat(63)}1`],
  varbit: ['', '0', '1', '01010101', '010101011'],
  'varbit(3)': ['', '010'],
};

describe.each(Object.entries(accepted))('%s', (type, values) => {
  test('every value has the bytes that the server returns for its text', async () => {
    const oracle = await oracleOf(place.url, [type]);
    const rows = [...values, null].map((value) => [value]);
    const ours = encode(oracle.format, rows);
    const theirs = await oracle.tuplesOfText(rows);
    expect(await oracle.tuplesOfBinary(Buffer.from(ours, 'hex'))).toBe(theirs);
    if (type !== 'jsonb') expect(ours.match(/.{1,4000}/g)).toEqual(theirs.match(/.{1,4000}/g));
  });
});

const refused: Readonly<Record<string, readonly Value[]>> = {
  boolean: ['', '2', '-1', 'x', 'a\0b', '\ud83d'],
  int2: ['32768', '-32769', '99999999999999999999', '', 'one', '1.0', '1e3', 't', '2020-01-01', true, '\ud83d', '1\0'],
  int4: ['2147483648', '-2147483649', '', '-', 'NaN'],
  int8: ['9223372036854775808', '-9223372036854775809', '18446744073709551615', '1.0', 'x'.repeat(20)],
  float4: ['1e+39', '1e-50', '-1e+308', 'x', '', '1e', '.', '--1'],
  float8: ['1e+309', '1e-400', 'x', '', 'true'],
  numeric: ['', '.', 'x', '1e', '1.2.3', `1${'0'.repeat(131_072)}`, '1e200000', '1e-200000', '0x', true],
  'numeric(10,2)': ['123456789', '99999999.995', 'Infinity', '-Infinity', '1e8'],
  ...(postgresMajor < 15 ? {} : { 'numeric(2,5)': ['1', '0.001'], 'numeric(3,-2)': ['100000'] }),
  date: [
    '0000-00-00',
    '2020-00-15',
    '2020-02-30',
    '2019-02-29',
    '0000-01-01',
    '5874898-01-01',
    '4714-11-23 BC',
    'x',
    '2020-13-01',
    '0000-00-00 00:00:00',
  ],
  time: [
    '838:59:59',
    '-838:59:59',
    '25:00:00',
    '24:00:00.5',
    '12:60:00',
    '12:00:61',
    'x',
    '',
    '-00:00:01',
    '100:00:00',
  ],
  timestamp: [
    '0000-00-00 00:00:00',
    '2020-00-15 00:00:00',
    '294277-01-01 00:00:00',
    '2020-01-01 25:00:00',
    'x',
    '',
    '4714-11-23 23:59:59 BC',
  ],
  timestamptz: ['0000-00-00 00:00:00+00', '294277-01-01 00:00:00+00', '2020-01-01 12:61:00+00', 'x'],
  text: ['a\0b', '\ud83d', `${'x'.repeat(100)}\udc00`, `${'é'.repeat(50)}\0`],
  'varchar(5)': ['abcdef', '😀😀😀😀😀😀', 'a\0'],
  'char(3)': ['abcd', 'a\0'],
  mood: ['sad', 'A,B'],
  bytea: ['\\xabc', '\\xzz'],
  uuid: ['', 'x', 'f47ac10b-58cc-4372-a567-0e02b2c3d47', 'g47ac10b-58cc-4372-a567-0e02b2c3d479'],
  'text[]': ['', 'a', '{', '{a', '{a,}', '{a,{b}}', '{{a},{b,c}}', '{a}x', '[2:4]={a,b}', ['\0'], ['a', '\ud83d']],
  'varchar(5)[]': [['abcdef']],
  'bit(5)': ['0101', '010101', '01012', 'z'],
  'varbit(3)': ['0101', '2'],
};

describe.each(Object.entries(refused))('%s', (type, values) => {
  test('what the server refuses is refused with the same SQLSTATE', async () => {
    const oracle = await oracleOf(place.url, [type]);
    const theirs: [Value, string][] = [];
    for (const value of values) theirs.push([value, await oracle.tuplesOfText([[value]])]);
    expect(values.map((value) => [value, refusalOf(oracle.format, value)])).toEqual(theirs.map(surrogates));
  });
});

/** Node sends U+FFFD for a lone surrogate, so the server cannot be asked. */
function surrogates([value, sqlstate]: [Value, string]): [Value, string] {
  return JSON.stringify(value).includes('\\ud') ? [value, '22021'] : [value, sqlstate];
}

const changed: Readonly<Record<string, readonly [string, readonly Value[]]>> = {
  'numeric(10,2)': ['22003', ['1.005', '0.001', '-0.009']],
  ...(postgresMajor < 15 ? {} : { 'numeric(3,-2)': ['22003', ['150', '100.5', '1']] as const }),
  float8: ['22003', ['9007199254740993', '0.12345678901234567890']],
  float4: ['22003', ['16777217', '0.123456789']],
  date: ['22008', ['2020-01-01 00:00:01']],
  time: ['22008', ['00:00:00.0000001']],
  'time(3)': ['22008', ['00:00:00.0001']],
  timestamp: ['22008', ['2020-01-01 00:00:00.1234567']],
  'timestamp(0)': ['22008', ['2020-01-01 00:00:00.9']],
  'varchar(5)': ['22001', ['abcde ']],
  'char(3)': ['22001', ['abc ']],
  name: ['42622', ['x'.repeat(64), 'é'.repeat(32)]],
};

describe.each(Object.entries(changed))('%s', (type, [sqlstate, values]) => {
  test('what the server would store as another value is refused', async () => {
    const oracle = await oracleOf(place.url, [type]);
    for (const value of values) {
      expect([value, (await oracle.tuplesOfText([[value]])).length > 5]).toEqual([value, true]);
      expect([value, refusalOf(oracle.format, value)]).toEqual([value, sqlstate]);
    }
  });
});

test.each([
  ['timestamp', '2020-01-01 00:00:00+00'],
  ['timestamptz', '2020-01-01 00:00:00'],
  ['timestamptz', '2020-01-01'],
  ['date', '2020-01-01 00:00:00+00'],
])('%s does not accept %s, whose zone would be dropped or guessed', async (type, value) => {
  const oracle = await oracleOf(place.url, [type]);
  expect(refusalOf(oracle.format, value)).toBe('22007');
});

test('powers of two, whose neighbours are unevenly spaced, get their shortest form', async () => {
  for (const [type, from, to] of [
    ['float4', -149, 127],
    ['float8', -1074, 1023],
  ] as const) {
    const oracle = await oracleOf(place.url, [type]);
    const rows = await oracle.rows(
      `select power(2::numeric, n)::${type}::text from generate_series(0, ${to}) n
       union all select power(0.5::float8, n)::${type}::text from generate_series(1, ${-from}) n`,
    );
    expect(rows.length).toBe(to - from + 1);
    expect(encode(oracle.format, rows)).toBe(await oracle.tuplesOfText(rows));
  }
});

const text = fc.oneof(
  fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', '')),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(...awkwardTexts),
);
const pad = (number: number, digits = 2): string => String(number).padStart(digits, '0');
const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...'0000123456789'), minLength: min, maxLength: max });
const day = fc
  .tuple(fc.integer({ min: -4712, max: 294275 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, date]) => ({
    text: `${pad(year > 0 ? year : 1 - year, 4)}-${pad(month)}-${pad(date)}`,
    era: year > 0 ? '' : ' BC',
  }));
const time = fc
  .tuple(fc.integer({ min: 0, max: 86_399 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([seconds, micros]) => {
    const clock = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
    return micros === 0 ? clock : `${clock}.${pad(micros, 6).replace(/0+$/, '')}`;
  });
const integers = (bits: number) =>
  fc.bigInt({ min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n }).map(String);

const arbitrary: Readonly<Record<string, fc.Arbitrary<Value>>> = {
  boolean: fc.boolean(),
  int2: integers(16),
  int4: integers(32),
  int8: integers(64),
  float4: fc.float().map(float4Text),
  float8: fc.double().map(floatText),
  numeric: fc
    .tuple(fc.constantFrom('', '-'), digits(1, 60), digits(0, 60))
    .map(([minus, whole, rest]) => `${minus}${whole}${rest === '' ? '' : `.${rest}`}`),
  'numeric(30,8)': fc
    .tuple(fc.constantFrom('', '-'), digits(1, 22), digits(0, 8))
    .map(([minus, whole, rest]) => `${minus}${whole}${rest === '' ? '' : `.${rest}`}`),
  date: day.map(({ text, era }) => text + era),
  time,
  timestamp: fc.tuple(day, time).map(([{ text, era }, clock]) => `${text} ${clock}${era}`),
  timestamptz: fc.tuple(day, time).map(([{ text, era }, clock]) => `${text} ${clock}+00${era}`),
  text,
  'varchar(4000)': text,
  json: fc.json(),
  bytea: fc.uint8Array({ maxLength: 100 }),
  uuid: fc.uuid(),
  'text[]': fc.array(fc.option(text)),
  varbit: fc.string({ unit: fc.constantFrom('0', '1'), maxLength: 70 }),
  mood: fc.constantFrom('', 'a,b', "it's", 'back\\slash', '"', 'größer'),
};

test('rows of any values have the bytes that the server returns for their text, and can be stored with them', async () => {
  const oracle = await oracleOf(place.url, Object.keys(arbitrary));
  const rows = fc.array(fc.tuple(...Object.values(arbitrary).map((values) => fc.option(values))), {
    minLength: 1,
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(rows, async (generated) => {
      const ours = encode(oracle.format, generated as Row[]);
      const theirs = await oracle.tuplesOfText(generated as Row[]);
      expect(ours).toBe(theirs);
      expect(await oracle.tuplesOfBinary(Buffer.from(ours, 'hex'))).toBe(theirs);
    }),
    { numRuns: 150 },
  );
});

function floatText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The fewest digits that give the same float32. */
function float4Text(value: number): string {
  if (!Number.isFinite(value) || value === 0) return floatText(value);
  for (let length = 1; length < 9; length++) {
    const text = value.toPrecision(length);
    if (Math.fround(Number(text)) === value) return text;
  }
  return value.toPrecision(9);
}

test('an encoded field stays unchanged, whatever is encoded later', async () => {
  const { format } = await oracleOf(place.url, ['text']);
  const first = format.value(0, 'first') as Uint8Array;
  const copy = Buffer.from(first);
  for (let i = 0; i < 50_000; i++) format.value(0, `later ${i}`);
  expect(Buffer.compare(first, copy)).toBe(0);
});
