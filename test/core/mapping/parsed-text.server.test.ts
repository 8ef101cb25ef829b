import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { parsePostgresType } from '../../../connectors/postgres/types.ts';
import { type DayFormat, valueOfText } from '../../../core/mapping/convert/text.ts';
import { Rejected } from '../../../core/model/value.ts';

let client: pg.Client;

beforeAll(async () => {
  client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
});

afterAll(() => client.end());

/** What the server casts each text to; null if it refuses. */
async function castOf(texts: readonly string[], type: string, dateStyle: string): Promise<readonly (string | null)[]> {
  await client.query(`set datestyle = 'ISO, ${dateStyle}'`);
  // A cast reads the text without the digits of its type first, which some texts that are valid with them overflow.
  const isValid = `pg_input_is_valid(v, $2) and pg_input_is_valid(v, split_part($2, '(', 1))`;
  const sql = `select case when ${isValid} then v::${type}::text end as v
    from unnest($1::text[]) with ordinality as t (v, n) order by n`;
  return (await client.query<{ v: string | null }>(sql, [texts, type])).rows.map(({ v }) => v);
}

const pieces = fc.constantFrom(
  '0',
  '1',
  '9',
  '32767',
  '32768',
  '-',
  '+',
  '.',
  ' ',
  ',',
  'e',
  'é',
  '\u00a0',
  '\t',
  '00',
);
const numbers = fc.array(pieces, { maxLength: 6 }).map((each) => each.join(''));
const two = fc.constantFrom('00', '01', '02', '12', '13', '28', '29', '30', '31', '24', '59', '60', '1');
const year = fc.constantFrom('0000', '0001', '1900', '2000', '2020', '2021', '9999', '20');

const dayOf: Readonly<Record<DayFormat, (y: string, m: string, d: string) => string>> = {
  'YYYY-MM-DD': (y, m, d) => `${y}-${m}-${d}`,
  YYYYMMDD: (y, m, d) => y + m + d,
  'DD.MM.YYYY': (y, m, d) => `${d}.${m}.${y}`,
  'DD/MM/YYYY': (y, m, d) => `${d}/${m}/${y}`,
  'MM/DD/YYYY': (y, m, d) => `${m}/${d}/${y}`,
};

async function wrong(type: string, texts: readonly string[], format: DayFormat = 'YYYY-MM-DD'): Promise<unknown[]> {
  const cast = await castOf(texts, type, format.startsWith('DD') ? 'DMY' : 'MDY');
  const made = texts.map((text) => valueOfText(parsePostgresType(type), format)(text));
  const rows = texts.map((text, i) => ({ text, made: made[i], cast: cast[i] }));
  return rows.filter((row) => !(row.made instanceof Rejected) && row.made !== row.cast);
}

test.each(['smallint', 'integer', 'bigint', 'numeric', 'numeric(7,2)'])(
  'a text that is read as %s is what the server casts it to',
  async (type) => {
    await fc.assert(
      fc.asyncProperty(fc.array(numbers, { minLength: 200, maxLength: 200 }), async (texts) => {
        expect(await wrong(type, texts)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  },
);

test.each(Object.keys(dayOf) as DayFormat[])('a day written as %s is what the server reads', async (format) => {
  const days = fc.tuple(year, two, two).map(([y, m, d]) => dayOf[format](y, m, d));
  const times = fc.tuple(
    days,
    fc.constantFrom('', ' ', 'T'),
    two,
    two,
    fc.constantFrom('', ':00', ':59.5', ':60', ':00.1234567'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(times, { minLength: 200, maxLength: 200 }), async (some) => {
      expect(
        await wrong(
          'date',
          some.map(([day]) => day),
          format,
        ),
      ).toEqual([]);
      const texts = some.map(([day, join, h, m, s]) => (join === '' ? day : `${day}${join}${h}:${m}${s}`));
      expect(await wrong('timestamp', texts, format)).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test.each([
  ['smallint', ' -00032768\t', '-32768'],
  ['bigint', '+9223372036854775807', '9223372036854775807'],
  ['numeric', '007.500', '7.500'],
  ['numeric', '-.0', '0.0'],
  ['numeric(7,2)', '1.5000', '1.50'],
  ['numeric(2,2)', '0.99', '0.99'],
  ['date', ' 2020-02-29 ', '2020-02-29'],
  ['timestamp(3)', '2020-02-29 23:59:59.120000', '2020-02-29 23:59:59.12'],
])('%s reads %j', async (type, text, value) => {
  expect(valueOfText(parsePostgresType(type))(text)).toBe(value);
  expect(await castOf([text], type, 'MDY')).toEqual([value]);
});

test.each([
  ['smallint', '32768', 'out-of-range'],
  ['bigint', '9223372036854775808', 'out-of-range'],
  ['integer', '1.0', 'not-parsed'],
  ['integer', '', 'not-parsed'],
  ['integer', '\u00a01', 'not-parsed'],
  ['integer', '１', 'not-parsed'],
  ['numeric', '.', 'not-parsed'],
  ['numeric', '1,5', 'not-parsed'],
  ['numeric', 'NaN', 'not-parsed'],
  ['numeric(7,2)', '1.501', 'out-of-range'],
  ['numeric(7,2)', '100000', 'out-of-range'],
  ['date', '0000-00-00', 'not-parsed'],
  ['date', '1900-02-29', 'not-parsed'],
  ['timestamp(0)', '2020-02-29 00:00:00.5', 'out-of-range'],
  ['timestamp', '2020-02-29 24:00', 'not-parsed'],
])('%s refuses %j', (type, text, rule) => {
  expect(valueOfText(parsePostgresType(type))(text)).toEqual(new Rejected(rule));
});
