import type { CellBatch, CellReading } from '../../model/cells.ts';
import type { RowBuffer, RowFormat } from '../../model/encoded.ts';
import type { Column } from '../../model/schema.ts';
import type { RuleStep } from '../mapper.ts';

/** The task of a fast path: maps the cells of a table by rules into rows of a format. */
export interface FastTask {
  /** Columns of the source row. */
  readonly source: readonly Column[];
  readonly reading: Pick<CellReading, 'forms' | 'value'>;
  /** One per column of the row that is made. */
  readonly steps: readonly RuleStep[];
  readonly columns: readonly Column[];
  readonly format: RowFormat;
}

/**
 * Maps rows of a batch from `from` up to, not including, `to`, and appends them to `out`, until one has a value that is not
 * the plain case of its rule. Nothing of that row is kept. It must take the reference path, which alone makes adjustments
 * and rejects.
 *
 * @returns the first row that was not appended, `to` when all were.
 */
export type FastRows = (from: number, to: number, out: RowBuffer) => number;

/** Finds a faster path that makes the same bytes as the reference path; null where there is none. */
export type FastPath = (task: FastTask) => ((batch: CellBatch) => FastRows) | null;
