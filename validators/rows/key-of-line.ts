import type { TableSchema } from '../../core/model/schema.ts';

/** Key ranges by hash: few enough to keep in memory for every table, enough that each holds few rows. */
export const BUCKETS = 4096;

/** Finds the primary key within the canonical lines of a target table. */
export interface KeyOfLine {
  /** Key columns in key order; empty when the lines hold no key, and the whole line serves as the key. */
  readonly columns: readonly string[];
  /** Computes 0 … BUCKETS - 1 from the key's text alone. */
  bucketOf(line: string): number;
  /** Returns the key's cells as in the line, joined by tabs in key order. */
  keyOf(line: string): string;
}

/** Makes the key finder for lines of these columns. Values never hold a raw tab, so tabs alone divide a line. */
export function keyOfLine(target: TableSchema, columns: readonly string[]): KeyOfLine {
  const places = target.key.map((name) => columns.indexOf(name));
  if (places.length === 0 || places.includes(-1)) {
    return { columns: [], bucketOf: (line) => bucket(mix(SEED, line, 0, line.length)), keyOf: (line) => line };
  }
  const isKey = columns.slice(0, Math.max(...places) + 1).map((name) => target.key.includes(name));
  const [first = 0] = places;
  const keyOf = places.length === 1 ? (line: string) => cellAt(line, first) : (line: string) => cellsAt(line, places);
  return { columns: target.key, bucketOf: (line) => bucketOfKey(line, isKey), keyOf };
}

function bucketOfKey(line: string, isKey: readonly boolean[]): number {
  let hash = SEED;
  let start = 0;
  for (let column = 0; column < isKey.length; column++) {
    const tab = line.indexOf('\t', start);
    const end = tab < 0 ? line.length : tab;
    if (isKey[column]) hash = Math.imul(mix(hash, line, start, end) ^ 9, PRIME);
    start = end + 1;
  }
  return bucket(hash);
}

function cellAt(line: string, place: number): string {
  let start = 0;
  for (let column = 0; column < place; column++) start = line.indexOf('\t', start) + 1;
  const end = line.indexOf('\t', start);
  return end < 0 ? line.slice(start) : line.slice(start, end);
}

function cellsAt(line: string, places: readonly number[]): string {
  const cells = line.split('\t');
  return places.map((place) => cells[place]).join('\t');
}

/** FNV-1a over UTF-16 units, `http://www.isthe.com/chongo/tech/comp/fnv/`. */
const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

function mix(hash: number, text: string, start: number, end: number): number {
  let mixed = hash;
  for (let i = start; i < end; i++) mixed = Math.imul(mixed ^ text.charCodeAt(i), PRIME);
  return mixed;
}

/** The low bits alone are weak, so the high bits are folded in. */
function bucket(hash: number): number {
  return (hash ^ (hash >>> 15)) & (BUCKETS - 1);
}
