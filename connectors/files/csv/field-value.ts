import type { ColumnType } from '../../../core/model/schema.ts';
import type { Value } from '../../../core/model/value.ts';
import { writtenValue } from '../foreign/written-value.ts';

/**
 * Reads the text of a field that is not NULL, as `writtenValue` does; bytes, sets and arrays as their canonical text
 * (`docs/formats.md`). `'\x00ff'` → two bytes, `'{a,"b c"}'` → `['a', 'b c']`.
 * @returns undefined when the text is not a value of this type.
 */
export function fieldValue(type: ColumnType, text: string): Value | undefined {
  if (type.native === 'unknown') return text;
  switch (type.kind) {
    case 'bytes':
      return bytesOfHex(text);
    case 'set':
      return membersOf(text);
    case 'textArray':
      return membersOf(text) ?? writtenValue(type, text);
    default:
      return writtenValue(type, text);
  }
}

function bytesOfHex(text: string): Uint8Array | undefined {
  return /^\\x(?:[\da-f]{2})*$/.test(text) ? new Uint8Array(Buffer.from(text.slice(2), 'hex')) : undefined;
}

/** A member of an array literal and what follows it: in quotes with backslashes, or bare. */
const member = /(?:"((?:[^"\\]|\\.)*)"|([^{}",\\\s]+))(,|}$)/sy;

/** Parses an array literal of one dimension; undefined for any other text. */
function membersOf(text: string): (string | null)[] | undefined {
  if (text === '{}') return [];
  const members: (string | null)[] = [];
  if (!text.startsWith('{')) return undefined;
  for (let at = 1; at < text.length; at = member.lastIndex) {
    member.lastIndex = at;
    const found = member.exec(text);
    if (found === null) return undefined;
    const [, quoted, bare = ''] = found;
    if (quoted !== undefined) members.push(quoted.replace(/\\(.)/gs, '$1'));
    else members.push(/^null$/i.test(bare) ? null : bare);
  }
  return text.endsWith('}') ? members : undefined;
}
