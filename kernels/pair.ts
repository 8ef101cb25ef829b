import type { CellForm } from '../core/cells.ts';
import type { Operation } from '../core/mapping.ts';
import type { ColumnType } from '../core/schema.ts';

/** What a kernel is chosen by. */
export interface Pair {
  readonly operation: Operation;
  readonly source: ColumnType;
  readonly form: CellForm;
  readonly target: ColumnType;
}
