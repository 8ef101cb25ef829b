import type { Kind } from '../../model/schema.ts';
import { Adjusted, type Converter, Rejected, type Value } from '../../model/value.ts';
import { booleanOfBits } from './bits.ts';
import { foldKey } from './fold.ts';

/**
 * A boolean from TINYINT(1), which MySQL lets hold -128 … 127; programs read anything but 0 as true.
 * `'0'` → false, `'1'` → true, `'2'` and `'-1'` → true, adjustment `not-0-or-1`.
 */
export const booleanOfInteger: Converter = (value) => {
  if (value === '0') return false;
  if (value === '1') return true;
  return new Adjusted(true, 'not-0-or-1');
};

/** The converter to a boolean for an integer, bits or a boolean. */
export function booleanOf(kind: Kind): Converter {
  if (kind === 'boolean') return (value) => value;
  return kind === 'bits' ? booleanOfBits : booleanOfInteger;
}

/** Which texts are true and which are false. */
export interface BooleanLabels {
  readonly true: readonly string[];
  readonly false: readonly string[];
  /** Texts that mean "not known"; they become null by the rule. */
  readonly null?: readonly string[];
  /** `folded`: without case and without blanks at the end, as MySQL compares most texts. Default: `exact`. */
  readonly compare?: 'exact' | 'folded';
  /** What becomes of any other text. Default: `reject`. */
  readonly other?: 'reject' | 'null';
}

/**
 * A boolean from a column of `'Y'` and `'N'`, which databases without a boolean type have: with `{ true: ['Y'], false: ['N'] }`,
 * `'Y'` → true, `'N'` → false. Any other text, `'y'` and `''` too, rejects as `not-a-boolean`, or becomes null, adjustment
 * `not-a-boolean`.
 */
export function booleanOfLabels(labels: BooleanLabels): Converter {
  const meanings = meaningsOf(labels);
  const fold = foldingOf(labels);
  return (value) => {
    const meant = meanings.get(fold(value as string));
    if (meant !== undefined) return meant;
    return labels.other === 'null' ? new Adjusted(null, 'not-a-boolean') : new Rejected('not-a-boolean');
  };
}

/** The label that has two meanings; null when none has. */
export function doubledLabel(labels: BooleanLabels): string | null {
  const fold = foldingOf(labels);
  const folded = (some: readonly string[] = []): ReadonlySet<string> => new Set(some.map(fold));
  const all = [labels.true, labels.false, labels.null].flatMap((some) => [...folded(some)]);
  return all.find((label, i) => all.indexOf(label) !== i) ?? null;
}

function meaningsOf({ null: none = [], ...labels }: BooleanLabels): ReadonlyMap<string, Value> {
  const fold = foldingOf(labels);
  const meaning = (texts: readonly string[], value: Value) => texts.map((text) => [fold(text), value] as const);
  return new Map([...meaning(labels.true, true), ...meaning(labels.false, false), ...meaning(none, null)]);
}

function foldingOf({ compare }: BooleanLabels): (text: string) => string {
  return compare === 'folded' ? foldKey : (text) => text;
}
