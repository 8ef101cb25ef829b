/**
 * One cell, exact by construction. Numbers, dates and times of every width are their canonical text (`docs/formats.md`);
 * a boolean is a boolean, bytes are bytes, a set or a text array is its members in order, JSON is its source text.
 * null is SQL NULL; a JSON null is the text `null`.
 */
export type Value = null | boolean | string | Uint8Array | readonly (string | null)[];

/** One row in column order. */
export type Row = readonly Value[];

/** A value that a declared policy changed; `rule` names the policy and goes into the adjustment record. */
export class Adjusted {
  readonly value: Value;
  readonly rule: string;
  constructor(value: Value, rule: string) {
    this.value = value;
    this.rule = rule;
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

/** The text of a whole number, of any size. */
export const wholeNumber = /^(?:0|-?[1-9]\d*)$/;
