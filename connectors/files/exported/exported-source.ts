import type { CellBatch, CellReading } from '../../../core/model/cells.ts';
import { WaybillError } from '../../../core/model/errors.ts';
import type { Column, TableName, TableSchema } from '../../../core/model/schema.ts';
import type { Part, Source } from '../../../core/ports/source.ts';
import { damaged } from '../fault.ts';
import { fileInspector } from '../inspect/inspector.ts';
import { cellFormsOf, cellRows, cellValues } from './cell-codec.ts';
import { type ExportedPart, type ExportedTable, type ExportManifest, exportManifestFile } from './export-manifest.ts';
import { tableOfManifest } from './export-manifest-schema.ts';
import { readPart } from './read-part.ts';

/** Opens a directory that waybill exported. Every byte is checked against its manifest. */
export function exportedSource(directory: string, manifest: ExportManifest): Source {
  const tableOf = (name: TableName) => manifest.tables.find((table) => table.name === name) ?? missingTable(name);
  async function* cellBatches(name: TableName, columns: readonly Column[], part: Part): AsyncGenerator<CellBatch> {
    const table = tableOf(name);
    const places = columns.map((column) => placeOf(table, column));
    yield* readPart({ directory, table, part: listedPart(table, part), places });
  }
  const source = {
    label: `jsonl:${directory}`,
    snapshot: manifest.snapshot,
    parts: async (table: TableSchema) => tableOf(table.name).parts.map(partOf),
    cells: ({ name, columns }: TableSchema, part: Part): CellReading => ({
      forms: cellFormsOf(columns),
      value: cellValues(columns),
      batches: cellBatches(name, columns, part),
    }),
    read: (table: TableSchema, part: Part) => cellRows(source.cells(table, part)),
    close: async () => undefined,
  };
  const inspector = fileInspector({
    tables: async () => manifest.tables.map(tableOfManifest),
    count: async (name) => tableOf(name).parts.reduce((rows, part) => rows + part.rows, 0),
    read: (table, part) => source.read(table, part),
    parts: (table) => source.parts(table),
    sequences: manifest.sequences,
  });
  return { ...source, inspector };
}

function partOf({ number, after, upTo }: ExportedPart): Part {
  return { number, after, upTo };
}

/** Finds the part in the manifest. A part of the same number from another cut holds other rows. */
function listedPart(table: ExportedTable, part: Part): ExportedPart {
  const listed = table.parts.find(({ number }) => number === part.number);
  if (listed !== undefined && sameRange(listed, part)) return listed;
  throw damaged(exportManifestFile, `it lists no part ${part.number} of ${table.name} with the key range asked for`);
}

function sameRange(a: Part, b: Part): boolean {
  return JSON.stringify([a.after, a.upTo]) === JSON.stringify([b.after, b.upTo]);
}

function placeOf(table: ExportedTable, column: Column): number {
  const place = table.columns.findIndex((one) => one.name === column.name);
  const found = table.columns[place];
  if (found === undefined) throw drifted(table, column, 'which the export lacks');
  if (found.kind !== column.type.kind)
    throw drifted(table, column, `exported as ${found.kind}, not ${column.type.kind}`);
  return place;
}

function drifted(table: ExportedTable, column: Column, how: string): WaybillError {
  return new WaybillError('drift', `${table.name} is asked for the column "${column.name}", ${how}.`, {
    hint: 'Use the pipeline that the export was made with, or export again.',
  });
}

function missingTable(name: TableName): never {
  throw new WaybillError('source-missing-table', `manifest.json lists no table ${name}.`, {
    hint: 'Export the table, or remove it from the pipeline.',
  });
}
