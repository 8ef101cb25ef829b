import type { RowBatch } from '../../core/ports.ts';
import type { Column } from '../../core/schema.ts';
import { objectDecoder } from './decode-object.ts';
import { type DocumentIndex, type IndexedArray, placeOf } from './document-index.ts';
import { damaged } from './fault.ts';
import { fileBytesFrom } from './file-bytes.ts';
import { type ForeignFile, splitName } from './foreign-files.ts';
import type { ForeignTable } from './foreign-source.ts';
import { JsonCursor } from './json-cursor.ts';
import type { LineBlock } from './lines.ts';
import { rowBatches } from './row-batches.ts';

/**
 * The arrays of a document as tables. An object around arrays is taken for their schema; where only one object has any
 * (`{ "data": { "users": [] } }`), its name says nothing. A document that is one array is named for its file.
 */
export function documentTables(file: ForeignFile, { arrays }: DocumentIndex): readonly ForeignTable[] {
  const outer = new Set(arrays.flatMap(({ path }) => path.slice(0, -1)));
  return arrays.map((array) => ({
    place: placeOf(file.file, array.path),
    ...nameOf(file, array.path, outer.size),
    columnNames: async () => array.names,
    count: async () => array.rows,
    read: (columns) => readArray(file, array, columns),
  }));
}

function nameOf({ schema, table }: ForeignFile, path: readonly string[], outerNames: number) {
  const [first, second] = path;
  if (first === undefined) return { schema, table };
  if (second === undefined) return splitName(first);
  return outerNames === 1 ? splitName(second) : { schema: first, table: second };
}

function readArray(file: ForeignFile, array: IndexedArray, columns: readonly Column[]): AsyncGenerator<RowBatch> {
  return rowBatches(rowTexts(file, array), objectDecoder(placeOf(file.file, array.path), 'row', columns));
}

/** The source text of each row, read from where the array begins. */
async function* rowTexts({ path, file }: ForeignFile, array: IndexedArray): AsyncGenerator<LineBlock> {
  const cursor = new JsonCursor(file, fileBytesFrom(path, file, array.offset), array.offset);
  let number = 0;
  try {
    for await (const _ of cursor.members('array')) yield { lines: [await cursor.text()], number: ++number };
  } finally {
    await cursor.close();
  }
  if (number !== array.rows) throw damaged(placeOf(file, array.path), 'it was changed since it was opened');
}
