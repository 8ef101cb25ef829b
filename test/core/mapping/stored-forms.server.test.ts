import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { cidrOf, inetOf, macaddrOf } from '../../../core/mapping/convert/address.ts';
import { intervalOfTime } from '../../../core/mapping/convert/date.ts';
import { jsonbOf, jsonOf } from '../../../core/mapping/convert/jsonb.ts';
import { paddedText } from '../../../core/mapping/convert/text.ts';
import { uuidText } from '../../../core/mapping/convert/uuid.ts';
import { Adjusted, type Converter, Rejected } from '../../../core/model/value.ts';

/** The oracle of each conversion is PostgreSQL's own type. */

let client: pg.Client;

beforeAll(async () => {
  client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query("set intervalstyle = 'iso_8601'");
});

afterAll(() => client.end());

/** What the server prints for each text, null where it refuses it. */
async function printed(texts: readonly string[], type: string): Promise<readonly (string | null)[]> {
  const sql = `select case when pg_input_is_valid(v, $2) then format('%s', v::${type}) end as v
    from unnest($1::text[]) with ordinality as t (v, n) order by n`;
  return (await client.query<{ v: string | null }>(sql, [texts, type])).rows.map(({ v }) => v);
}

function made(convert: Converter, text: string): unknown {
  const value = convert(text);
  return value instanceof Adjusted ? value.value : value instanceof Rejected ? null : value;
}

/** The texts that are printed in another way than they are converted. */
async function differing(convert: Converter, type: string, texts: readonly string[]): Promise<unknown[]> {
  const wanted = await printed(texts, type);
  const rows = texts.map((text, i) => ({ text, made: made(convert, text), wanted: wanted[i] }));
  return rows.filter((row) => row.made !== row.wanted);
}

const space = fc.constantFrom('', ' ', '\n', '\t\r ');
const name = fc.constantFrom(
  'a',
  'b',
  'aa',
  '',
  'é',
  '\uffff',
  '😀',
  'Z',
  '"',
  '\\',
  '\n',
  '\u0001',
  '\u007f',
  '\u2028',
);
const escaped = fc.constantFrom('\\u0061', '\\/', '\\ud83d\\ude00', '\\uFFFF', '\\b', '\\\\', '\\"', '\\u001F');
const written = fc.oneof(
  name.map((text) => JSON.stringify(text)),
  escaped.map((text) => `"${text}"`),
);
const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.constantFrom('0', '1', '10', '12345678901234567890'),
    fc.constantFrom('', '.0', '.50', '.000'),
    fc.constantFrom('', 'e0', 'E2', 'e+1', 'e-3', 'e-0', 'e30'),
  )
  .map((parts) => parts.join(''));
const document = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('true', 'false', 'null'),
    number,
    written,
    tie('array'),
    tie('object'),
  ),
  array: fc
    .tuple(space, fc.array(tie('value'), { maxLength: 4 }))
    .map(([s, items]) => `[${s}${items.join(`${s},${s}`)}${s}]`),
  object: fc
    .tuple(space, fc.array(fc.tuple(written, tie('value')), { maxLength: 5 }))
    .map(([s, members]) => `{${s}${members.map(([n, v]) => `${n}${s}:${s}${v}`).join(`${s},`)}${s}}`),
})).value as fc.Arbitrary<string>;
/** Documents, and documents with a piece cut out, most of which are none. */
const perhapsDocument = fc.oneof(
  { arbitrary: document, weight: 3 },
  fc.tuple(document, fc.nat(), fc.nat(3)).map(([text, at, length]) => {
    const characters = [...text];
    characters.splice(at % (characters.length + 1), length);
    return characters.join('');
  }),
);

test('JSON is written as jsonb prints it, and refused where jsonb refuses it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(perhapsDocument, { minLength: 100, maxLength: 200 }), async (texts) => {
      expect(await differing(jsonbOf, 'jsonb', texts)).toEqual([]);
      expect(await differing(jsonOf, 'json', texts)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test.each([
  ['"\\u0000"'],
  ['"\\ud83d"'],
  ['"\\ude00\\ud83d"'],
  ['{"\\u0000": 1}'],
  ['{"a": 1, "a": "\\u0000"}'],
  ['1e131071'],
  ['1e131072'],
  ['1e-16383'],
  ['1e-16384'],
  ['0e131073'],
  ['0e-16384'],
  ['0e500000'],
  ['1e2147483648'],
  ['-0'],
  ['-0.00e1'],
  ['01'],
  ['1.'],
  ['.5'],
  ['+1'],
  ['NaN'],
  ['{"a":1,}'],
  ['[1 2]'],
  ['{"a" 1}'],
  ["{'a':1}"],
  ['"a\nb"'],
  ['"\\x41"'],
  [''],
  [' '],
  ['null null'],
  ['\ufeff{}'],
  ['\u00a01'],
  [`${'['.repeat(3000)}${']'.repeat(3000)}`],
  [`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`],
  [`{${Array.from({ length: 500 }, (_, i) => `"${(i * 7919) % 1000}":${i}`).join()}}`],
])('jsonb of %s', async (text) => {
  expect(await differing(jsonbOf, 'jsonb', [text])).toEqual([]);
});

test('a document nested deeper than any stack is written without one', () => {
  const depth = 100_000;
  expect(jsonbOf(`${'['.repeat(depth)}${']'.repeat(depth)}`)).toHaveLength(2 * depth);
});

const addresses = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.tuple(fc.ipV4(), fc.nat(33)).map(([host, bits]) => `${host}/${bits}`),
  fc.tuple(fc.ipV6(), fc.nat(129)).map(([host, bits]) => `${host.toUpperCase()}/${bits}`),
  fc
    .array(fc.constantFrom('0', '0', '0000', 'ffff', 'A', '1.2.3.4', ''), { minLength: 2, maxLength: 9 })
    .map((groups) => groups.join(':')),
);

test.each([
  ['inet', inetOf],
  ['cidr', cidrOf],
] as const)('an address is written as %s prints it', async (type, convert) => {
  await fc.assert(
    fc.asyncProperty(fc.array(addresses, { minLength: 100, maxLength: 200 }), async (texts) => {
      expect(await differing(convert, type, texts)).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('a MAC address is written as macaddr prints it', async () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: 12, maxLength: 12 });
  const forms = fc.tuple(digits, fc.constantFrom(2, 4, 6, 12), fc.constantFrom(':', '-', '.', ''));
  const texts = forms.map(([text, size, between]) =>
    (text.match(new RegExp(`.{${size}}`, 'g')) as string[]).join(between),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(texts, { minLength: 100, maxLength: 100 }), async (some) => {
      expect(await differing(macaddrOf, 'macaddr', some)).toEqual([]);
    }),
    { numRuns: 10 },
  );
});

test('a UUID of any spelling is written as uuid prints it', async () => {
  const spellings = fc.tuple(fc.uuid(), fc.constantFrom(0, 1, 2, 3, 4)).map(([id, form]) => {
    return [id, id.toUpperCase(), `{${id}}`, id.replaceAll('-', ''), `${id} `][form] as string;
  });
  await fc.assert(
    fc.asyncProperty(fc.array(spellings, { minLength: 100, maxLength: 100 }), async (some) => {
      expect(await differing(uuidText, 'uuid', some)).toEqual([]);
    }),
    { numRuns: 5 },
  );
});

test('a time is written as interval prints it', async () => {
  const two = (most: number) => fc.nat(most).map((n) => String(n).padStart(2, '0'));
  const fraction = fc.oneof(
    fc.constant(''),
    fc.integer({ min: 1, max: 999_999 }).map((n) => `.${String(n).padStart(6, '0').replace(/0+$/, '')}`),
  );
  const times = fc
    .tuple(fc.constantFrom('', '-'), two(838), two(59), two(59), fraction)
    .map(([sign, h, m, s, f]) => `${sign}${h}:${m}:${s}${f}`);
  await fc.assert(
    fc.asyncProperty(fc.array(times, { minLength: 100, maxLength: 100 }), async (some) => {
      expect(await differing(intervalOfTime, 'interval', [...some, '00:00:00', '-00:00:00.5'])).toEqual([]);
    }),
    { numRuns: 10 },
  );
});

test('text is padded as char(n) pads it', async () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom('a', ' ', '😀', '\u00a0', '\t'), maxLength: 5 }), {
    minLength: 100,
    maxLength: 100,
  });
  await fc.assert(
    fc.asyncProperty(texts, async (some) => {
      const { rows } = await client.query<{ v: string }>(
        'select rpad(v::char(5)::text, 5) as v from unnest($1::text[]) with ordinality as t (v, n) order by n',
        [some],
      );
      expect(some.map((text) => made(paddedText(5, false), text))).toEqual(rows.map(({ v }) => v));
    }),
    { numRuns: 10 },
  );
});
