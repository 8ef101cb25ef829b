import type { Column } from '../../../core/model/schema.ts';
import type { RowBatch } from '../../../core/ports/source.ts';
import type { LineBlock } from '../exported/line-blocks.ts';
import { damaged } from '../fault.ts';
import { fileBytesFrom } from '../file-bytes.ts';
import { objectDecoder } from '../foreign/decode-object.ts';
import { type ExternalFile, splitName } from '../foreign/external-files.ts';
import type { ForeignTable } from '../foreign/foreign-source.ts';
import { rowBatches } from '../foreign/row-batches.ts';
import { arrayPlace, type DocumentIndex, type IndexedArray } from './document-index.ts';
import { JsonCursor } from './json-cursor.ts';

/**
 * Opens the arrays of a document as tables. An object around arrays is their schema, unless it is the only one with arrays
 * (`{ "data": { "users": [] } }`). A document that is one array is named for its file.
 */
export function documentTables(file: ExternalFile, { arrays }: DocumentIndex): readonly ForeignTable[] {
  const outer = new Set(arrays.flatMap(({ path }) => path.slice(0, -1)));
  return arrays.map((array) => ({
    place: arrayPlace(file.file, array.path),
    ...nameOf(file, array.path, outer.size),
    columnNames: async () => array.names,
    count: async () => array.rows,
    read: (columns) => readArray(file, array, columns),
  }));
}

function nameOf({ schema, table }: ExternalFile, path: readonly string[], outerNames: number) {
  const [first, second] = path;
  if (first === undefined) return { schema, table };
  if (second === undefined) return splitName(first);
  return outerNames === 1 ? splitName(second) : { schema: first, table: second };
}

function readArray(file: ExternalFile, array: IndexedArray, columns: readonly Column[]): AsyncGenerator<RowBatch> {
  return rowBatches(rowTexts(file, array), objectDecoder(arrayPlace(file.file, array.path), 'row', columns));
}

/** Reads the source text of each row, from where the array begins. */
async function* rowTexts({ path, file }: ExternalFile, array: IndexedArray): AsyncGenerator<LineBlock> {
  const cursor = new JsonCursor(file, fileBytesFrom(path, file, array.offset), array.offset);
  let number = 0;
  try {
    for await (const _ of cursor.members('array')) yield { lines: [await cursor.text()], number: ++number };
  } finally {
    await cursor.close();
  }
  if (number !== array.rows) throw damaged(arrayPlace(file, array.path), 'it was changed since it was opened');
}
