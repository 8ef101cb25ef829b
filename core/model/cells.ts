import type { Value } from './value.ts';

/**
 * How to read the bytes of a column's cells without a driver:
 *
 * - `text`: UTF-8 as the database sent it, unchecked: it may hold NUL or invalid UTF-8. For a kind other than text:
 *   the canonical text, or one that means the same (`1e20` for `1e+20`, `.500000` for `.5`, a timestamptz without `+00`)
 * - `raw`: the bytes of a `bytes` column themselves; of `bits`, the number they make, first byte first
 * - `comma-list`: the members of a set, joined by commas
 * - `opaque`: only the source can decode it, by `value`
 */
export type CellForm = 'text' | 'raw' | 'comma-list' | 'opaque';

/** Some rows of a source, cell by cell. The source may overwrite it once the next batch is requested or reading stops. */
export interface CellBatch {
  readonly rows: number;
  readonly bytes: Uint8Array;
  /** Where each cell begins and ends in `bytes`, two numbers a cell, row by row; both are -1 where it is NULL. Rows follow one another. */
  readonly bounds: Int32Array;
}

/** The rows of a part as cells, in the order and number of `Source.read`. */
export interface CellReading {
  /** One per column. */
  readonly forms: readonly CellForm[];
  /** At least one row each, and about 256 KB unless a single row is larger. @throws as `Source.read` does. */
  readonly batches: AsyncIterable<CellBatch>;
  /** The canonical value of one cell. Never throws. */
  value(batch: CellBatch, row: number, column: number): Value;
}
