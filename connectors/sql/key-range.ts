import type { Part } from '../../core/ports/source.ts';

/** A column of a key as SQL compares it. */
export interface KeyTerm {
  /** The column, with its collation where one must be named. */
  readonly sql: string;
  /** Writes the end of a range as a literal that compares in the column's order. */
  literal(end: string): string;
}

/** `where …` for the rows of a part; empty when both ends are open. */
export function rangeCondition(key: readonly KeyTerm[], { after, upTo }: Pick<Part, 'after' | 'upTo'>): string {
  const conditions = [
    ...(after === null ? [] : [beyond(key, after, { strict: '>', last: '>' })]),
    ...(upTo === null ? [] : [beyond(key, upTo, { strict: '<', last: '<=' })]),
  ];
  return conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
}

/** Operators for all key columns but the last, and for the last. */
interface Operators {
  readonly strict: '>' | '<';
  readonly last: '>' | '<=';
}

/**
 * `(a, b) > (1, 2)` as `a >= 1 and (a > 1 or (a = 1 and (b > 2)))`. MySQL uses its index for this form but not for a row
 * constructor.
 */
function beyond(key: readonly KeyTerm[], values: readonly string[], operators: Operators): string {
  const nested = nestedComparison(key, values, operators);
  const [first] = key as readonly [KeyTerm];
  if (key.length === 1) return nested;
  return `${first.sql} ${operators.strict}= ${first.literal(values[0] as string)} and ${nested}`;
}

function nestedComparison(key: readonly KeyTerm[], values: readonly string[], operators: Operators): string {
  const [term, ...rest] = key as [KeyTerm, ...KeyTerm[]];
  const literal = term.literal(values[0] as string);
  if (rest.length === 0) return `(${term.sql} ${operators.last} ${literal})`;
  const tied = nestedComparison(rest, values.slice(1), operators);
  return `(${term.sql} ${operators.strict} ${literal} or (${term.sql} = ${literal} and ${tied}))`;
}
