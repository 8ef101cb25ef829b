import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { type EncodedRows, type RowFormat, Unencodable } from '../../core/model/encoded.ts';
import type { Kind } from '../../core/model/schema.ts';
import type { Row, Value } from '../../core/model/value.ts';

/** Finds the rows of a few keys among encoded rows. @returns their indexes, in order. */
export type FindKeys = (rows: EncodedRows) => number[];

/** With keys of more lengths there is no search, because it would compare every row once per length. */
const MAX_LENGTHS = 16;
/** Whether the values of a kind are text, as keys in records are. */
const isText = (kind: Kind): boolean => !notText.has(kind);
const notText: ReadonlySet<Kind> = new Set(['boolean', 'bytes', 'set', 'textArray']);

/**
 * Finds rows by their first bytes: the key columns come first, or after columns that are the same in all rows, and the bytes of
 * a value show where it ends.
 *
 * @param keys in key order.
 * @returns null when the table does not have such a key.
 */
export function findByKeyPrefix(planned: PlannedMapping, format: RowFormat, keys: readonly Row[]): FindKeys | null {
  const { columns, target } = planned;
  const places = target.key.map((name) => columns.findIndex((column) => column.name === name));
  const leading = leadingValues(planned, places);
  if (leading === null) return null;
  const prefixes = keys.flatMap((key) => {
    const values = [...leading];
    for (const [i, place] of places.entries()) values[place] = key[i] as Value;
    return prefixOf(format, values, columns.length) ?? [];
  });
  const byLength = grouped(prefixes, ({ length }) => length);
  return byLength.size > MAX_LENGTHS ? null : findAmong(byLength);
}

/** The values up to the last key column, with null for key columns; null without a key, or when another value is not known. */
function leadingValues({ columns, steps }: PlannedMapping, places: readonly number[]): readonly Value[] | null {
  if (places.length === 0 || places.includes(-1)) return null;
  const leading: Value[] = [];
  const rules = steps();
  for (const [place, { type }] of columns.slice(0, Math.max(...places) + 1).entries()) {
    const how = rules[place]?.rule.how;
    if (places.includes(place) && isText(type.kind)) leading.push(null);
    else if (!places.includes(place) && how?.kind === 'constant') leading.push(how.value);
    else return null;
  }
  return leading;
}

/** The first bytes of a row; null when the format cannot hold them, so that no row begins with them. */
function prefixOf({ begin, between, end, value }: RowFormat, values: Row, columns: number): Uint8Array | null {
  const pieces = [begin];
  for (let place = 0; place < values.length; place++) {
    const encoded = value(place, values[place] as Value);
    if (encoded instanceof Unencodable) return null;
    pieces.push(encoded.slice(), place + 1 < columns ? between : end);
  }
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

function findAmong(byLength: ReadonlyMap<number, readonly Uint8Array[]>): FindKeys {
  const known = [...byLength].map(([length, prefixes]) => ({
    length,
    byHash: grouped(prefixes, (prefix) => hashOf(prefix, 0, length)),
  }));
  return ({ count, bytes, ends }) => {
    const found: number[] = [];
    for (let row = 0; row < count; row++) {
      const start = row === 0 ? 0 : (ends[row - 1] as number);
      const size = (ends[row] as number) - start;
      const isKnown = known.some(
        ({ length, byHash }) =>
          length <= size && byHash.get(hashOf(bytes, start, length))?.some((prefix) => isAt(prefix, bytes, start)),
      );
      if (isKnown) found.push(row);
    }
    return found;
  };
}

function grouped(prefixes: readonly Uint8Array[], by: (prefix: Uint8Array) => number): Map<number, Uint8Array[]> {
  const groups = new Map<number, Uint8Array[]>();
  for (const prefix of prefixes) {
    const group = groups.get(by(prefix));
    if (group === undefined) groups.set(by(prefix), [prefix]);
    else group.push(prefix);
  }
  return groups;
}

function isAt(prefix: Uint8Array, bytes: Uint8Array, start: number): boolean {
  return prefix.every((byte, i) => byte === bytes[start + i]);
}

/** FNV-1a, as in `key-of-line.ts`. */
function hashOf(bytes: Uint8Array, start: number, length: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < start + length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash;
}
