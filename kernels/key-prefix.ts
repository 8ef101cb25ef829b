import type { EntityIds } from '../core/mapping/ids/entity-ids.ts';

/** Characters of a UUID's text that hold the key: `-xxxxxxxxxxxx` and the four before it. */
const KEY_CHARACTERS = 17;

/** The text with which all ids of an entity begin: `hhhhhhhh-hhhh-8hhh-`. */
export function keyTextPrefix(ids: EntityIds): Uint8Array {
  return new TextEncoder().encode(ids.ofInteger('0').slice(0, -KEY_CHARACTERS));
}

/** The same as bytes: the first eight of sixteen. */
export function keyPrefix(ids: EntityIds): Uint8Array {
  const hex = ids.ofInteger('0').slice(0, -KEY_CHARACTERS).replaceAll('-', '');
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}
