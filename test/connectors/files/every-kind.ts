import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { onTestFinished } from 'vitest';
import { jsonl } from '../../../connectors/files/connector.ts';
import { createDirectoryWriter } from '../../../connectors/files/exported/directory-writer.ts';
import { jsonFormat } from '../../../connectors/files/exported/row-format.ts';
import { type EncodedRows, RowBuffer } from '../../../core/model/encoded.ts';
import { type Kind, kinds, type TableSchema } from '../../../core/model/schema.ts';
import type { Row, Value } from '../../../core/model/value.ts';
import type { PartFile } from '../../../core/ports/directory.ts';
import type { Part, Source } from '../../../core/ports/source.ts';

/** A part that is open at both ends. */
export const whole: Part = { number: 1, after: null, upTo: null };

/** A table with one nullable column of each kind, `c_<kind>`. */
export const everyKind: TableSchema = tableOf('c01.tbl_everything', kinds);

/** A table of nullable columns `c_<kind>`. */
export function tableOf(name: string, of: readonly Kind[]): TableSchema {
  return {
    name,
    columns: of.map((kind) => ({ name: `c_${kind}`, type: { kind, native: kind }, nullable: true })),
    key: [],
    unique: [],
    estimatedRows: null,
  };
}

/** Creates a directory that is removed after the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-jsonl-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Exports rows as one part and finishes the directory. */
export async function exportRows(
  directory: string,
  table: TableSchema,
  rows: readonly Row[],
  gzip = false,
): Promise<PartFile> {
  const writer = await createDirectoryWriter(directory, { gzip });
  const file = await writer.writePart(table, whole, linesOf(table, rows));
  await writer.finish([table], [file], { isConsistent: true, note: 'one transaction' });
  return file;
}

/** Yields rows as a writer receives them: in one buffer that every batch overwrites. */
export async function* linesOf(table: TableSchema, rows: readonly Row[], size = 100): AsyncGenerator<EncodedRows> {
  const format = jsonFormat(table.columns);
  const buffer = new RowBuffer();
  for (let i = 0; i < rows.length; i += size) {
    buffer.clear();
    for (const row of rows.slice(i, i + size)) buffer.add(format, row);
    yield buffer;
  }
}

/** All rows of a table, part by part. */
export async function importRows(directory: string, table: TableSchema): Promise<Row[]> {
  const source = await jsonl.openSource(`jsonl:${directory}`, { schemas: {} });
  const rows: Row[] = [];
  for (const part of await source.parts(table, 1000)) rows.push(...(await rowsOf(source, table, part)));
  return rows;
}

/** All rows of one part. */
export async function rowsOf(source: Source, table: TableSchema, part: Part): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of source.read(table, part)) rows.push(...batch);
  return rows;
}

/** Paths of all files under a directory. */
export async function filesUnder(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const bigInteger = (min: bigint, max: bigint) => fc.bigInt({ min, max }).map(String);
const someText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    'NULL',
    'null',
    '\\N',
    '\\.',
    '"',
    '\\',
    'a\tb\r\nc\n',
    '\u0000',
    '\ufeff',
    '\u2028',
    '😀',
    'x  ',
  ),
);
const pick = (...texts: readonly string[]) => fc.constantFrom(...texts);

const valueOfKind: Readonly<Record<Kind, fc.Arbitrary<Value>>> = {
  boolean: fc.boolean(),
  int16: fc.integer({ min: -32_768, max: 32_767 }).map(String),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map(String),
  int64: bigInteger(-(2n ** 63n), 2n ** 63n - 1n),
  uint64: bigInteger(0n, 2n ** 64n - 1n),
  decimal: fc.oneof(
    pick('0', '-0.01', 'NaN', `${'9'.repeat(35)}.${'9'.repeat(30)}`),
    bigInteger(0n, 10n ** 30n).map((text) => `${text}.50`),
  ),
  float32: pick('0', '-0', '0.1', '3.4028235e+38', '1e-45', 'NaN', 'Infinity', '-Infinity'),
  float64: fc.oneof(pick('1e+308', '-0', 'NaN', '5e-324'), fc.double({ noNaN: true }).map(String)),
  text: someText,
  enum: someText,
  set: fc.array(someText),
  textArray: fc.oneof(fc.array(fc.option(someText)), pick('{{a,b},{c,d}}', '[0:1]={a,b}')),
  json: fc.json().chain((text) => pick(text, ` ${text} `, '{"a":1.00000000000000000001, "a":2}')),
  bytes: fc.uint8Array({ maxLength: 300 }),
  bits: pick('', '0', '1', '1'.repeat(64)),
  date: pick('2020-02-29', '0000-00-00', '2020-00-15', '0009-12-04', '10000-01-01', '0044-03-15 BC', 'infinity'),
  time: pick('00:00:00', '838:59:59', '-838:59:59', '23:59:59.999999', '24:00:00'),
  timestamp: pick('9999-12-31 23:59:59.999999', '0000-00-00 00:00:00', '1582-10-10 00:00:00', '0001-01-01 00:00:00 BC'),
  timestamptz: pick('2020-03-29 01:30:00+00', '1970-01-01 00:00:00.000001+00', '-infinity'),
  uuid: fc.uuid(),
  interval: pick('PT0S', 'P-1Y-2M3DT-4H-5M-6.7S', 'PT838H59M59S'),
  inet: pick('10.1.2.3', '10.1.2.3/8', 'fe80::1', '::ffff:1.2.3.4/96'),
  cidr: pick('10.0.0.0/8', '::1/128'),
  macaddr: pick('08:00:2b:01:02:03'),
  other: someText,
};

/** Rows for a table of `tableOf`, including extreme values and nulls. */
export function someRow(table: TableSchema): fc.Arbitrary<Row> {
  return fc.tuple(...table.columns.map((column) => fc.option(valueOfKind[column.type.kind], { freq: 8 })));
}
