import type { CheckVerdict } from '../core/validation/check.ts';

/** The stages of a run, in order. */
export const stageNames = ['export', 'transform', 'load', 'resolve', 'constraints', 'analyze', 'validate'] as const;

/** The name of a stage. */
export type StageName = (typeof stageNames)[number];

/** A table of a stage and its number of rows: a count if there is one, otherwise an estimate, or null if unknown. */
export interface Expected {
  readonly table: string;
  readonly rows: number | null;
}

/**
 * Receives the progress of a run. The command line prints it and serves it as metrics; tests collect it. A table has the name
 * that its stage uses: a source table, a mapping, or in `validate` a validator. Values are never reported.
 */
export interface Progress {
  /** A stage begins, which ends the stage before it. Tables that are not in `expected` may be reported too. */
  stage(name: StageName, expected: readonly Expected[]): void;
  /** The first part of a table begins. Several tables may be in progress. */
  begin(table: string): void;
  /** Source rows of this table processed since the last call, whatever their outcome, and their encoded bytes. */
  rows(table: string, count: number, bytes: number): void;
  /** Records kept for this table since the last call, for a finished part or a resolved reference. */
  records(table: string, kept: { readonly rejected: number; readonly adjusted: number }): void;
  /** The table is done. The reported rows are its actual rows, whatever was expected. */
  end(table: string): void;
  /** A validator checked one more subject. */
  check(validator: string, verdict: CheckVerdict): void;
  /** A message worth one line of output. */
  note(text: string): void;
}
