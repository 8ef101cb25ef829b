import type { Operation } from '../core/mapping/mapping.ts';
import type { CellForm } from '../core/model/cells.ts';
import type { RowFormat } from '../core/model/encoded.ts';
import type { ColumnType } from '../core/model/schema.ts';
import { type BARE, QUOTED, SIZED } from './layout.ts';

/**
 * Converts one cell: the number of a function of `assembly/`, and its parameters for the column. It
 * leaves a cell that is not the plain case of its pair to the reference way. It writes no more than `ROOM` bytes, and
 * `growthOf` times the cell's length beyond them.
 */
export interface Kernel {
  /** One of those in `layout.ts`. */
  readonly code: number;
  readonly first?: number;
  readonly second?: number;
  readonly third?: number;
  readonly data?: Uint8Array;
  /** What it writes around it. Default: `BARE`. */
  readonly wrap?: typeof BARE | typeof SIZED | typeof QUOTED;
}

/** The facts that choose a kernel, together with the format. */
export interface Pair {
  readonly operation: Operation;
  readonly source: ColumnType;
  readonly form: CellForm;
  readonly target: ColumnType;
}

/** JSON's `\u001f` makes six bytes of one. */
export function growthOf({ name }: RowFormat): number {
  return name === 'json-line' ? 6 : 1;
}

/** A value of COPY BINARY: its length in four bytes, then what the kernel writes. */
export function sized(kernel: Kernel): Kernel {
  return { ...kernel, wrap: SIZED };
}

/** A JSON string of what the kernel writes, which must need no escape. */
export function quoted(kernel: Kernel): Kernel {
  return { ...kernel, wrap: QUOTED };
}
