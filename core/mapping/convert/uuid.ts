import { canonicalUuid } from '../../model/canonical-form.ts';
import { Adjusted, type Converter, Rejected } from '../../model/value.ts';
import type { EntityIds } from '../ids/entity-ids.ts';

/** What PostgreSQL's `uuid_in` reads: a hyphen after any group of four digits, braces around it. */
const accepted = /^[\da-f]{4}(?:-?[\da-f]{4}){7}$/i;

/**
 * A UUID out of a text column, in which ORMs keep ids that nothing checks. Its other spellings are the same UUID:
 * `'{3F2504E0-4F89-41D3-9A0C-0305E82C3301}'` → `'3f2504e0-4f89-41d3-9a0c-0305e82c3301'`. Any other text becomes the UUID
 * that `ids` makes of it, adjustment `not-a-uuid`, so that references to it find it. Bytes are read in plain order.
 */
export function uuidOf(ids: EntityIds): Converter {
  const ofBytes = uuidOfBytes('plain');
  return (value) => {
    if (value instanceof Uint8Array) return ofBytes(value);
    return readUuid(value as string) ?? new Adjusted(ids.ofText(value as string), 'not-a-uuid');
  };
}

/**
 * A UUID out of BINARY(16), in which MySQL's programs keep ids to save room: the bytes 3f 25 04 e0 4f 89 … →
 * `'3f2504e0-4f89-…'`. `swapped` undoes `uuid_to_bin(id, 1)`, which puts the third group first and the first group third, so that
 * ids made one after the other are neighbours. Bytes of another length reject as `not-a-uuid`.
 */
export function uuidOfBytes(order: 'plain' | 'swapped'): Converter {
  const places = order === 'plain' ? [0, 4, 6, 8] : [4, 2, 0, 8];
  return (value) => {
    const hex = hexOf(value as Uint8Array);
    if (hex.length !== 32) return new Rejected('not-a-uuid');
    const group = (place: number, bytes: number): string => hex.slice(place * 2, (place + bytes) * 2);
    const [low = 0, mid = 0, high = 0, rest = 0] = places;
    return [group(low, 4), group(mid, 2), group(high, 2), group(rest, 2), group(rest + 2, 6)].join('-');
  };
}

function hexOf(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/** The same for a column whose ids must stay: any other text rejects as `not-a-uuid`. */
export const uuidText: Converter = (value) => readUuid(value as string) ?? new Rejected('not-a-uuid');

/** The canonical text of a UUID in any spelling; null for other text. */
function readUuid(text: string): string | null {
  if (canonicalUuid.test(text)) return text;
  const bare = text.startsWith('{') && text.endsWith('}') ? text.slice(1, -1) : text;
  if (!accepted.test(bare)) return null;
  const hex = bare.replaceAll('-', '').toLowerCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
