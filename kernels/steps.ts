import type { RuleStep } from '../core/mapping/mapper.ts';
import type { FastTask } from '../core/mapping/plan/fast-path.ts';
import type { CellBatch } from '../core/model/cells.ts';
import { Unencodable } from '../core/model/encoded.ts';
import { Adjusted, type Converted, Rejected, type Value } from '../core/model/value.ts';
import type { Kernel } from './kernel.ts';
import { isEqual } from './kernel-selection.ts';

/** Makes the bytes of one target column in one row; null when the row must take the reference path. */
export type Step = (batch: CellBatch, row: number) => Uint8Array | null;

/** How one target column is made. */
export interface CompiledColumn {
  /** The source column whose cell the kernel gets; -1 when it looks at none. */
  readonly read: number;
  /** null where only `step` makes the column. */
  readonly kernel: Kernel | null;
  /** Cells that become `nullMade`; none of them goes to the kernel. */
  readonly nullCells: readonly Uint8Array[];
  /** The flag cells with which the kernel makes the column; with all others it is `nullMade`. null: there is no flag. */
  readonly flag: Flag | null;
  /** The bytes of the column where the cell of `read` is NULL, or always when it is a constant. */
  readonly nullMade: Uint8Array;
  /** Makes the column of any cell. */
  readonly step: Step;
}

/** The reference path for one column: decode, convert, encode. An adjusted, rejected or unencodable value gives null. */
export function byValue({ reading, format }: FastTask, { rule, reads }: RuleStep, place: number): Step {
  const { how } = rule;
  const [first = 0] = reads;
  const convert = (batch: CellBatch, row: number): Converted => {
    if (how.kind === 'constant') return how.value;
    if (how.kind === 'row') return how.convert(reads.map((read) => reading.value(batch, row, read)));
    const value = reading.value(batch, row, first);
    return value === null ? null : how.convert(value);
  };
  return (batch, row) => {
    const converted = convert(batch, row);
    if (converted instanceof Adjusted || converted instanceof Rejected) return null;
    const encoded = format.value(place, converted as Value);
    return encoded instanceof Unencodable ? null : encoded;
  };
}

/** A column whose cell says whether a reference applies. */
export interface Flag {
  readonly read: number;
  readonly equals: readonly Uint8Array[];
}

/** Runs `step` where the flag has one of its cells; else the column is null. */
export function whenFlagged({ read, equals }: Flag, nullMade: Uint8Array, step: Step, columns: number): Step {
  return (batch, row) => {
    const at = (row * columns + read) * 2;
    const start = batch.bounds[at] as number;
    const end = batch.bounds[at + 1] as number;
    if (start >= 0) {
      for (const cell of equals) if (isEqual(cell, batch.bytes, start, end)) return step(batch, row);
    }
    return nullMade;
  };
}
