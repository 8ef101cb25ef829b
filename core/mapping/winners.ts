import { valueText } from '../model/row-text.ts';
import type { Value } from '../model/value.ts';
import type { Survey } from './survey.ts';

/** A reference to a parent that does not arrive. */
export interface Orphan {
  readonly column: string;
  readonly rule: 'orphan' | 'parent-rejected' | 'parent-filtered';
}

/** What becomes of the row that wins a key, as far as the rows of the source show it before the load. */
export interface Winner {
  /** `arrives`: no rule rejects it, and every parent that it requires arrives. */
  readonly outcome: 'arrives' | 'rejected' | 'filtered';
  /** The target column of a required parent that does not arrive, and why. */
  readonly orphan: Orphan | null;
  /** A hash of each target column; null when no rule gave a row. */
  readonly hashes: Float64Array | null;
}

/** The winners by the text of their key: one for each row of the yielding table whose key the other table has too. */
export type Winners = ReadonlyMap<string, Winner>;

/**
 * The survey of the rows that the rows of `loser`, a table that yields to another, meet by their key. The engine makes it
 * from the plan: it maps the winners' rows.
 */
export function winnersOver(loser: string): Survey<Winners> {
  return {
    name: `winners over ${loser}`,
    from: loser,
    reads: [],
    detail: '',
    isOfPlan: true,
    begin: () => {
      throw new TypeError('only the plan knows the winners');
    },
  };
}

/**
 * A hash of 53 bits over the text of a value (cyrb53 of bryc). A twin's columns are compared by it, so that no value of the winner is kept
 * in memory.
 */
export function hashOfValue(value: Value): number {
  const text = valueText(value);
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
