import type { Kind } from '../../model/schema.ts';
import type { Value } from '../../model/value.ts';

/** Written as a JSON number where the text is one; NaN and the infinities are not. */
const numbers: readonly Kind[] = ['int16', 'int32', 'int64', 'uint64', 'decimal', 'float32', 'float64'];
const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * One value as JSON text: JSON as it is written, numbers digit for digit, booleans, everything else a string:
 * `'1.10'` of a decimal → `1.10`, `'NaN'` → `"NaN"`, null → `null`.
 */
export function jsonText(value: Value, kind: Kind): string {
  if (value === null) return 'null';
  if (kind === 'json') return value as string;
  if (numbers.includes(kind) && number.test(value as string)) return value as string;
  return JSON.stringify(value);
}

/**
 * Adds a member to the text of a JSON object, whose own members stay as they are written: `'{"a": 1.0}'` with `legacy` →
 * `'{"a": 1.0,"legacy":{…}}'`. Any other JSON, or an object with such a member, is put next to it: `'null'` →
 * `'{"value":null,"legacy":{…}}'`.
 */
export function withMember(json: string, name: string, member: string): string {
  const added = `${JSON.stringify(name)}:${member}`;
  const text = json.trim();
  if (!text.startsWith('{') || Object.hasOwn(JSON.parse(text), name)) return `{"value":${json},${added}}`;
  const inside = text.slice(1, -1);
  return inside.trim() === '' ? `{${added}}` : `{${inside},${added}}`;
}
