import { type ColumnType, type Kind, kinds } from '../../core/model/schema.ts';

const known: ReadonlySet<string> = new Set(kinds);

/**
 * Parses a type written as one of waybill's kinds: `int32`, `decimal(10,2)`, `text(30)`, `timestamp(6)`, `enum('a','b')`.
 * `unknown` is the text of a file without types. Any other type is `other` with its native name.
 */
export function parseType(native: string): ColumnType {
  const [, name = '', inside = ''] = /^(\w+)(?:\((.*)\))?$/s.exec(native) ?? [];
  if (native === 'unknown') return { kind: 'text', native };
  if (!known.has(name)) return { kind: 'other', native };
  return { kind: name as Kind, native, ...details(name as Kind, inside) };
}

function details(kind: Kind, inside: string): Partial<ColumnType> {
  if (inside === '') return {};
  if (kind === 'enum' || kind === 'set') return { labels: labelsOf(inside) };
  const [first = 0, second = 0] = inside.split(',').map(Number);
  if (kind === 'decimal') return { precision: first, scale: second };
  if (kind === 'time' || kind === 'timestamp' || kind === 'timestamptz') return { scale: first };
  return { length: first };
}

/** `'a','it''s'` → `a`, `it's`. */
function labelsOf(inside: string): string[] {
  return [...inside.matchAll(/'((?:[^']|'')*)'/g)].map(([, label = '']) => label.replaceAll("''", "'"));
}
