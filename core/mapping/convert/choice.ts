import { Adjusted, type Converter, Rejected } from '../../model/value.ts';

/**
 * An ENUM label. MySQL stores index 0, read back as '', for a label that it did not know:
 * `''` → null, adjustment `enum-index-0`, unless '' is one of the labels. A label outside the list is rejected as
 * `unknown-label` (it can only come from a file).
 */
export function enumLabel(labels: readonly string[]): Converter {
  const known = new Set(labels);
  return (value) => {
    if (known.has(value as string)) return value;
    return value === '' ? new Adjusted(null, 'enum-index-0') : new Rejected('unknown-label');
  };
}

/** The members of a SET in declared order; an unknown one is rejected as `unknown-label`: `['ICD9.Required']` → same. */
export function setMembers(labels: readonly string[]): Converter {
  const known = new Set<string | null>(labels);
  return (value) => {
    for (const member of value as readonly (string | null)[]) {
      if (!known.has(member)) return new Rejected('unknown-label');
    }
    return value;
  };
}

/** The members of a SET as one text, as MySQL prints them: `['a', 'b']` → `'a,b'`, `[]` → `''`. No member has a comma. */
export const setText: Converter = (value) => (value as readonly string[]).join(',');

/**
 * A label under another name, as two programs name one choice apart; the labels of an ORM's enum are the names of its
 * members: `'HALF_OPEN'` → `'half_open'`. A label without a new name rejects as `unknown-label`.
 */
export function renamedLabel(names: Readonly<Record<string, string>>): Converter {
  const known = new Map(Object.entries(names));
  return (value) => known.get(value as string) ?? new Rejected('unknown-label');
}
