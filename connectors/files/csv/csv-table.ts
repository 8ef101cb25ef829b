import type { Column } from '../../../core/model/schema.ts';
import type { Row, UnreadValue, Value } from '../../../core/model/value.ts';
import type { RowBatch } from '../../../core/ports/source.ts';
import { damaged, rowOfCells, unreadValue } from '../fault.ts';
import type { ExternalFile } from '../foreign/external-files.ts';
import type { ForeignTable } from '../foreign/foreign-source.ts';
import { rowGatherer } from '../foreign/row-batches.ts';
import type { CsvDialect } from './csv-dialect.ts';
import { type CsvRecord, csvRecords } from './csv-records.ts';
import { fieldValue } from './field-value.ts';

/**
 * Opens a CSV file with a header line as a table. All three functions throw WaybillError 'part-damaged' with file, line and
 * column; `read` also when the header lacks a column or has one that was not requested.
 */
export function csvTable(file: ExternalFile, dialect: CsvDialect): ForeignTable {
  return {
    place: file.file,
    schema: file.schema,
    table: file.table,
    columnNames: () => headerOf(file, dialect),
    count: () => countRows(file, dialect),
    read: (columns) => readRows(file, dialect, columns),
  };
}

async function headerOf(file: ExternalFile, dialect: CsvDialect): Promise<readonly string[]> {
  for await (const header of csvRecords(file, dialect)) return namesOf(file, header);
  throw noHeader(file);
}

async function countRows(file: ExternalFile, dialect: CsvDialect): Promise<number> {
  let records = 0;
  for await (const _ of csvRecords(file, dialect)) records += 1;
  if (records === 0) throw noHeader(file);
  return records - 1;
}

async function* readRows(
  file: ExternalFile,
  dialect: CsvDialect,
  columns: readonly Column[],
): AsyncGenerator<RowBatch> {
  const gatherer = rowGatherer();
  let decode: RecordDecoder | null = null;
  for await (const record of csvRecords(file, dialect)) {
    if (decode === null) decode = recordDecoder(file.file, namesOf(file, record), columns);
    else {
      const full = gatherer.add(decode(record), lengthOf(record));
      if (full !== null) yield full;
    }
  }
  if (decode === null) throw noHeader(file);
  const rest = gatherer.rest();
  if (rest.length > 0) yield rest;
}

type RecordDecoder = (record: CsvRecord) => Row;

function recordDecoder(file: string, names: readonly string[], columns: readonly Column[]): RecordDecoder {
  const places = columns.map(({ name }) => names.indexOf(name));
  const lacking = columns.find((_, i) => places[i] === -1);
  if (lacking !== undefined) throw damaged(file, `line 1 does not name the column "${lacking.name}"`);
  const known = new Set(columns.map(({ name }) => name));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) throw damaged(file, `line 1 names "${unknown}", which is not a column`);
  return ({ line, fields }) => {
    if (fields.length !== names.length) throw wrongWidth(file, line, fields.length, names.length);
    return rowOfCells(
      columns.map((column, i) => cellOf(file, line, column, fields[places[i] as number] as string | null)),
    );
  };
}

function cellOf(file: string, line: number, column: Column, field: string | null): Value | UnreadValue {
  if (field === null && column.nullable) return null;
  const value = field === null ? undefined : fieldValue(column.type, field);
  return value === undefined ? unreadValue(file, `line ${line}`, column, field) : value;
}

function namesOf({ file }: ExternalFile, { fields }: CsvRecord): readonly string[] {
  const names = fields as readonly string[];
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw damaged(file, `line 1 names the column "${twice}" twice`);
  return names;
}

function lengthOf({ fields }: CsvRecord): number {
  return fields.reduce((length, field) => length + (field?.length ?? 0), 0);
}

function noHeader({ file }: ExternalFile): Error {
  return damaged(file, 'it is empty, but its first line must name the columns');
}

function wrongWidth(file: string, line: number, found: number, wanted: number): Error {
  return damaged(file, `line ${line} has ${found} fields where line 1 names ${wanted} columns`);
}
