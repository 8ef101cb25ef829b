import type { Verdict } from '../core/validation/check.ts';

/** The stages of a run, in order. */
export const stageNames = ['export', 'transform', 'load', 'resolve', 'constraints', 'analyze', 'validate'] as const;

export type StageName = (typeof stageNames)[number];

/** A table of a stage and the rows to go through: an estimate unless something counted them, null when nobody knows. */
export interface Expected {
  readonly table: string;
  readonly rows: number | null;
}

/**
 * What a run tells the one who watches it; the command line prints it and serves it, tests keep it. A table is called what its
 * stage calls it: a source table, a mapping, and in `validate` a validator. Nothing of a value is ever told.
 */
export interface Progress {
  /** A stage begins, which ends the one before; tables that it is not known to have may be told of all the same. */
  stage(name: StageName, expected: readonly Expected[]): void;
  /** The first part of a table is asked for; several tables may be under way. */
  begin(table: string): void;
  /** Source rows of this table that were got through since the last call, whatever became of them, and the encoded bytes. */
  rows(table: string, count: number, bytes: number): void;
  /** Records that were kept for this table since the last call: of a part that is done, or of a resolved reference. */
  records(table: string, kept: { readonly rejected: number; readonly adjusted: number }): void;
  /** The table is done: what was told of it is all there is, whatever was expected. */
  end(table: string): void;
  /** A validator looked at one more subject. */
  check(validator: string, verdict: Verdict): void;
  /** Something worth a line. */
  note(text: string): void;
}
