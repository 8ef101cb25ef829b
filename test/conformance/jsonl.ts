import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDirectoryWriter } from '../../connectors/files/exported/directory-writer.ts';
import { jsonFormat } from '../../connectors/files/exported/row-format.ts';
import { type EncodedRows, RowBuffer } from '../../core/model/encoded.ts';
import { kinds, type TableSchema } from '../../core/model/schema.ts';
import type { Row } from '../../core/model/value.ts';
import type { PartFile } from '../../core/ports/directory.ts';
import type { Part } from '../../core/ports/source.ts';
import type { ExpectedTable, Harness, Place, WrongUrl } from '../../testing/harness.ts';
import { expectedTable, plainTables, rowsInOrder, schemaOf } from '../../testing/tables.ts';
import { everyKindRows } from '../../testing/target-tables.ts';

/** A file holds every kind as it is, including MySQL's own values. */
const everyType = expectedTable(
  'every_type',
  ['id'],
  [['id', 'int32'], ...kinds.map((kind) => [`c_${kind}`, kind, true] as const)],
  [
    ...everyKindRows,
    ['4', ...kinds.map((kind) => (kind === 'date' ? '0000-00-00' : kind === 'time' ? '-838:59:59' : null))],
  ],
);

/** Rows per part. `many` is one part, so that it takes several batches. */
const partRows = (table: ExpectedTable): number => (table.name === 'many' ? 10_000 : 3);

async function createSource(): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-conformance-'));
  const writer = await createDirectoryWriter(directory, { gzip: true });
  const tables = [...plainTables, everyType];
  const files: PartFile[] = [];
  for (const table of tables) {
    for (const { part, rows } of cut(table))
      files.push(await writer.writePart(schemaOf(table), part, linesOf(schemaOf(table), rows)));
  }
  await writer.finish(tables.map(schemaOf), files, { isConsistent: true, note: '' });
  return { url: `jsonl:${directory}`, schema: 'c01', drop: () => rm(directory, { recursive: true, force: true }) };
}

/** Cuts by the key as a database would. A table without a key is not cut, and its equal rows are adjacent. */
function cut(table: ExpectedTable): { part: Part; rows: readonly Row[] }[] {
  if (table.key.length === 0) return [{ part: { number: 1, after: null, upTo: null }, rows: rowsInOrder(table) }];
  const size = partRows(table);
  const keyAt = (place: number) => {
    const row = table.rows[place] as Row;
    return table.key.map((name) => row[table.columns.findIndex((column) => column.name === name)] as string);
  };
  return Array.from({ length: Math.ceil(table.rows.length / size) }, (_, i) => ({
    part: {
      number: i + 1,
      after: i === 0 ? null : keyAt(i * size - 1),
      upTo: (i + 1) * size >= table.rows.length ? null : keyAt((i + 1) * size - 1),
    },
    rows: table.rows.slice(i * size, (i + 1) * size),
  }));
}

async function* linesOf(table: TableSchema, rows: readonly Row[]): AsyncGenerator<EncodedRows> {
  const format = jsonFormat(table.columns);
  const buffer = new RowBuffer();
  for (const row of rows) buffer.add(format, row);
  yield buffer;
}

function wrongUrls(place: Place): readonly WrongUrl[] {
  return [
    { what: 'no directory', url: 'jsonl:', code: 'source-unavailable' },
    { what: 'a directory that is not', url: `${place.url}/nowhere`, code: 'source-unavailable' },
    { what: 'a file', url: `${place.url}/manifest.json`, code: 'source-unavailable' },
  ];
}

export const harness: Harness = { everyType, cuts: false, createSource, wrongUrls };
