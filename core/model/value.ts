/**
 * One cell, exact by construction. Numbers, dates and times of every width are their canonical text (`docs/formats.md`);
 * a boolean is a boolean, bytes are bytes, a set or a text array is its members in order, JSON is its source text.
 * null is SQL NULL; a JSON null is the text `null`.
 */
export type Value = null | boolean | string | Uint8Array | readonly (string | null)[];

/** One row in column order. */
export type Row = readonly Value[];

/** Text of a file that does not say exactly one value of its column's type. */
export interface UnreadValue {
  readonly column: string;
  /** Where it stands: `docs.csv: line 7, column "at"`. */
  readonly place: string;
  /** The text as it is written; null when nothing is written where the column needs a value. */
  readonly text: string | null;
}

/** A row with values that could not be read, which are null in it. A mapping that reads one of them rejects the row. */
export class UnreadableRow extends Array<Value> {
  /** By place in the row. */
  readonly unread: ReadonlyMap<number, UnreadValue>;

  constructor(values: Row, unread: ReadonlyMap<number, UnreadValue>) {
    super();
    this.push(...values);
    this.unread = unread;
  }

  /** What is made of it is a plain array. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** A value that a declared policy changed; `rule` names the policy and goes into the adjustment record. */
export class Adjusted {
  readonly value: Value;
  readonly rule: string;
  /** The value before, where it is not that of the first column that the rule reads. */
  readonly from: Value | undefined;
  constructor(value: Value, rule: string, from?: Value) {
    this.value = value;
    this.rule = rule;
    this.from = from;
  }
}

/** A value that no rule lets through: the whole row becomes a reject with this rule as its cause. */
export class Rejected {
  readonly rule: string;
  constructor(rule: string) {
    this.rule = rule;
  }
}

/** The result of a converter. */
export type Converted = Value | Adjusted | Rejected;

/** A pure function from one value to one value. */
export type Converter = (value: Value) => Converted;

/** Converts what another converter has made; a value that it has adjusted keeps the name of that policy. */
export function convertedAgain(made: Converted, convert: Converter): Converted {
  if (made === null || made instanceof Rejected) return made;
  if (!(made instanceof Adjusted)) return convert(made);
  const { value, rule, from } = made;
  const last = value === null ? null : convert(value);
  if (last instanceof Rejected) return last;
  return new Adjusted(last instanceof Adjusted ? last.value : last, rule, from);
}

/** The text of a whole number, of any size. */
export const wholeNumber = /^(?:0|-?[1-9]\d*)$/;
