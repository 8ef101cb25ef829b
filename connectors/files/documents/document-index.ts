import { damaged } from '../fault.ts';
import { fileBytes } from '../file-bytes.ts';
import type { ExternalFile } from '../foreign/external-files.ts';
import { propertyNames } from '../foreign/property-names.ts';
import { JsonCursor } from './json-cursor.ts';

/** An array of objects, or an empty array, in a document. */
export interface IndexedArray {
  /** Names of the properties that lead to it: at most two, none when the document is the array itself. */
  readonly path: readonly string[];
  /** Offset of the byte after its opening bracket, in the unpacked document. */
  readonly offset: number;
  readonly rows: number;
  /** Properties of the first object; null when the array is empty. */
  readonly names: readonly string[] | null;
}

/** The tables of a document. */
export interface DocumentIndex {
  readonly arrays: readonly IndexedArray[];
  /** Paths of values that are not arrays of objects, `data.version`. */
  readonly passedOver: readonly string[];
}

/**
 * Walks a document once from its first byte to its last, notes where each array begins and counts its rows.
 * @throws WaybillError 'not-json' | 'part-damaged' when it is cut off, continues after its end, or names a property twice.
 */
export async function indexDocument({ path, file }: ExternalFile): Promise<DocumentIndex> {
  const cursor = new JsonCursor(file, fileBytes(path, file));
  try {
    await cursor.skipMark();
    const index = { arrays: [], passedOver: [] };
    await indexValue({ file, cursor, ...index }, []);
    await cursor.end();
    return index;
  } finally {
    await cursor.close();
  }
}

interface Walk {
  readonly file: string;
  readonly cursor: JsonCursor;
  readonly arrays: IndexedArray[];
  readonly passedOver: string[];
}

async function indexValue(walk: Walk, path: readonly string[]): Promise<void> {
  const kind = await walk.cursor.next();
  if (kind === 'array') return indexArray(walk, path);
  if (kind === 'object' && path.length < 2) return indexObject(walk, path);
  if (path.length === 0) throw damaged(walk.file, 'it holds neither an object nor an array');
  await walk.cursor.value();
  walk.passedOver.push(path.join('.'));
}

async function indexObject(walk: Walk, path: readonly string[]): Promise<void> {
  const { cursor, file } = walk;
  const seen = new Set<string>();
  cursor.enter();
  for await (const _ of cursor.members('object')) {
    const name = await cursor.key();
    if (seen.has(name)) throw damaged(file, `it has the property "${[...path, name].join('.')}" twice`);
    seen.add(name);
    await indexValue(walk, [...path, name]);
  }
}

async function indexArray({ cursor, file, arrays, passedOver }: Walk, path: readonly string[]): Promise<void> {
  cursor.enter();
  const { offset } = cursor;
  const place = arrayPlace(file, path);
  let names: readonly string[] | null = null;
  let rows = 0;
  let isTable = true;
  for await (const _ of cursor.members('array')) {
    if (rows === 0) isTable = (await cursor.next()) === 'object';
    rows += 1;
    if (!isTable) await cursor.value();
    else if (rows > 1) await cursor.pass();
    else names = await propertyNames(place, 'row 1', await cursor.text());
  }
  if (isTable) arrays.push({ path, offset, rows, names });
  else passedOver.push(path.join('.'));
}

/** Names an array of a document in messages: `export.json, data.users`. */
export function arrayPlace(file: string, path: readonly string[]): string {
  return path.length === 0 ? file : `${file}, ${path.join('.')}`;
}
