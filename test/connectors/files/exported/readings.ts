import { cellFormsOf, cellRows, cellValues } from '../../../../connectors/files/exported/cell-codec.ts';
import { arrayLineDecoder } from '../../../../connectors/files/exported/decode-row.ts';
import { manifestColumn } from '../../../../connectors/files/exported/export-manifest-schema.ts';
import { headerLine } from '../../../../connectors/files/exported/header.ts';
import { cellsOfLines } from '../../../../connectors/files/exported/read-part.ts';
import { jsonFormat } from '../../../../connectors/files/exported/row-format.ts';
import type { CellReading } from '../../../../core/model/cells.ts';
import { RowBuffer } from '../../../../core/model/encoded.ts';
import type { Column, TableSchema } from '../../../../core/model/schema.ts';
import type { Row } from '../../../../core/model/value.ts';
import { whole } from '../every-kind.ts';

/** Reads lines under the header of a table, cut into chunks. Returns all columns, or those at the wanted positions. */
export function readingOf(
  table: TableSchema,
  chunks: readonly Uint8Array[],
  rows: number,
  wanted?: readonly number[],
): CellReading {
  const { name, columns, key, unique } = table;
  const part = { ...whole, file: 'part.jsonl', rows, bytes: 0, sha256: '' };
  const listed = { name, columns: columns.map(manifestColumn), key, unique, parts: [part] };
  const places = wanted ?? columns.map((_, place) => place);
  const read = places.map((place) => columns[place] as Column);
  const source = (async function* () {
    for (const chunk of chunks) yield Buffer.from(chunk);
  })();
  return {
    forms: cellFormsOf(read),
    value: cellValues(read),
    batches: cellsOfLines({ table: listed, part, places }, source),
  };
}

/** Returns the rows of a reading, or the message of its error. */
export async function outcomeOf(reading: CellReading): Promise<readonly Row[] | string> {
  const rows: Row[] = [];
  try {
    for await (const batch of cellRows(reading)) rows.push(...batch);
  } catch (error) {
    return (error as Error).message;
  }
  return rows;
}

/** The result of the exact decoder, which uses JSON.parse, for the same lines. */
export function exactOutcomeOf(table: TableSchema, lines: readonly string[]): readonly Row[] | string {
  const decode = arrayLineDecoder('part.jsonl', table.columns);
  try {
    return lines.map((line, i) => decode(line, i + 2));
  } catch (error) {
    return (error as Error).message;
  }
}

/** A file with the table's header and these lines. */
export function fileOf(table: TableSchema, lines: readonly string[]): Buffer {
  return Buffer.from([headerLine(table.name, table.columns), ...lines, ''].join('\n'));
}

/** Rows as waybill writes them, without line breaks. */
export function linesOfRows(table: TableSchema, rows: readonly Row[]): string[] {
  const format = jsonFormat(table.columns);
  const buffer = new RowBuffer();
  for (const row of rows) buffer.add(format, row);
  return Buffer.from(buffer.bytes.subarray(0, buffer.at)).toString('utf8').split('\n').slice(0, -1);
}

/** Cuts a file into chunks of one size. */
export function chunksOf(file: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(file.length / size) }, (_, i) => file.subarray(i * size, (i + 1) * size));
}
