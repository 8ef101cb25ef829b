import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CellReading } from '../../../../core/model/cells.ts';
import { rowText } from '../../../../core/model/row-text.ts';
import type { TableSchema } from '../../../../core/model/schema.ts';
import type { Row } from '../../../../core/model/value.ts';
import type { Source } from '../../../../core/ports/source.ts';
import { awkwardTexts } from '../awkward.ts';
import { database, load, rowsOf, schema, source, sql, tableOf, target } from '../database.ts';

const open = { number: 1, after: null, upTo: null };

function cellsOf(from: Source, table: TableSchema): CellReading {
  if (from.cells === undefined) throw new Error('no cells');
  return from.cells(table, open);
}

/** Reads all rows as cells. */
async function cellRowsOf(from: Source, name: string): Promise<Row[]> {
  const table = await tableOf(from, name);
  const reading = cellsOf(from, table);
  const rows: Row[] = [];
  for await (const batch of reading.batches) {
    expect(batch.rows).toBeGreaterThan(0);
    expect(batch.bounds.length).toBe(batch.rows * table.columns.length * 2);
    for (let row = 0; row < batch.rows; row++) {
      rows.push(table.columns.map((_, column) => reading.value(batch, row, column)));
    }
  }
  return rows;
}

const everyType = {
  boolean: ['t', 'f'],
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '0'],
  bigint: ['9223372036854775807', '-9223372036854775808'],
  numeric: ['NaN', `${'9'.repeat(40)}.${'0'.repeat(20)}1`, '-Infinity'],
  'numeric(10,2)': ['-0.50', '1'],
  real: ['0.1', '-0', 'NaN'],
  'double precision': ['5e-324', '1e308', '-Infinity'],
  'char(5)': ['', 'ab'],
  json: ['null', '{"a":  "\\n"}'],
  jsonb: ['{"b":1, "a": "\\\\"}', '[]'],
  bytea: ['', '\\x00095c0a5cff'],
  'bit(4)': ['0101'],
  varbit: ['', '1'],
  date: ['4713-01-01 BC', 'infinity', '9999-12-31', '0009-12-04'],
  time: ['24:00:00', '00:00:00.000001'],
  timetz: ['10:00:00+14', '10:00:00.5-12'],
  timestamp: ['1582-10-10 00:00:00', '9999-12-31 23:59:59.999999', '0044-03-15 12:00:00 BC'],
  timestamptz: ['2020-03-29 02:30:00+01', '-infinity', '0044-03-15 12:00:00+00 BC'],
  uuid: ['F47AC10B-58CC-4372-A567-0E02B2C3D479'],
  interval: ['1 year 2 mons -3 days 04:05:06.7'],
  inet: ['10.0.0.1/8'],
  'text[]': ['{}', '{a,NULL,"b\\\\c","\t"}', '{{a,b},{c,d}}', '[2:3]={a,b}'],
  'integer[]': ['{1,NULL}'],
};

test.each(Object.entries(everyType))('cells and rows of %s agree, including NULL', async (type, values) => {
  const url = await database(`create table t (id serial primary key, v ${type}, w ${type})`);
  for (const value of values) await sql(url, 'insert into t (v, w) values ($1, null), (null, $1), ($1, $1)', [value]);
  const from = await source(url);
  const rows = await rowsOf(from, 't');
  expect(rows.length).toBe(values.length * 3);
  expect((await cellRowsOf(from, 't')).map(rowText)).toEqual(rows.map(rowText));
});

test('cells of kinds that waybill holds as text are canonical text, and the source decodes the rest', async () => {
  const url = await database('create table t (a boolean, b bytea, c text[], d numeric, e jsonb, f interval)');
  const from = await source(url);
  const { forms } = cellsOf(from, await tableOf(from, 't'));
  expect(forms).toEqual(['text', 'opaque', 'opaque', 'text', 'text', 'text']);
});

test('cells of any text are the text itself, byte for byte', async () => {
  const url = await database(
    `create schema ${schema}`,
    `create table ${schema}.t (id integer primary key, a text, b text)`,
  );
  const into = await target(url);
  const text = fc.option(
    fc.oneof(
      fc.string({ unit: fc.constantFrom('\\', '\t', '\n', '\r', '\b', '\f', '\v', 'N', 'n', '.', 'é', '😀') }),
      fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', '')),
      fc.constantFrom(...awkwardTexts),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 50 }), async (pairs) => {
      await sql(url, `truncate ${schema}.t`);
      const rows = pairs.map((pair, i) => [String(i), ...pair]);
      await load(into, 't', ['id', 'a', 'b'], rows);
      const from = await source(url, schema);
      expect(await cellRowsOf(from, 't')).toEqual(rows);
      await from.close();
    }),
    { numRuns: 40 },
  );
});

test('batches of cells are about 256 KB, and a 20 MB row is one of them', async () => {
  const url = await database(
    `create table t as select n as id, repeat(E'x\\\\\\n', case n when 5000 then 6000000 else 1000 end) as body
     from generate_series(1, 20000) n`,
    'alter table t add primary key (id)',
  );
  const from = await source(url);
  const table = await tableOf(from, 't');
  const sizes: number[] = [];
  let rows = 0;
  for await (const batch of cellsOf(from, table).batches) {
    sizes.push(batch.bytes.length);
    rows += batch.rows;
  }
  expect(rows).toBe(20_000);
  expect(sizes.filter((size) => size > 400_000).length).toBeLessThan(4);
});

test('a reading of cells that is abandoned, or never started, leaves the source usable', async () => {
  const url = await database(
    'create table t as select n as id, repeat(n::text, 500) as body from generate_series(1, 9000) n',
  );
  const from = await source(url);
  const table = await tableOf(from, 't');
  for (let i = 0; i < 12; i++) {
    for await (const _ of cellsOf(from, table).batches) break;
  }
  cellsOf(from, table);
  expect((await cellRowsOf(from, 't')).length).toBe(9000);
});

test('a table without rows has no batch of cells', async () => {
  const url = await database('create table t (a text)');
  const from = await source(url);
  expect(await cellRowsOf(from, 't')).toEqual([]);
  expect(await rowsOf(from, 't')).toEqual([]);
});
