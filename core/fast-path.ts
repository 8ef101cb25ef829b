import type { CellBatch, CellReading } from './cells.ts';
import type { RowBuffer, RowFormat } from './encoded.ts';
import type { RuleStep } from './mapper.ts';
import type { Column } from './schema.ts';

/** What a fast way maps: the cells of a table by rules into rows of a format. */
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
 * Maps one row of cells and appends it to `out`. Where any value is not the plain case of its rule, nothing of the row is
 * kept, and it must go the reference way, which alone knows of adjustments and rejects.
 *
 * @returns whether the row was appended.
 */
export type FastRow = (batch: CellBatch, row: number, out: RowBuffer) => boolean;

/** Finds a faster way that makes the same bytes as the reference way; null where there is none. */
export type FastPath = (task: FastTask) => FastRow | null;
