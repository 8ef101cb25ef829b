import type { RowFormat } from '../core/model/encoded.ts';
import { growthOf } from './kernel.ts';
import { listOf } from './kernel-selection.ts';
import * as layout from './layout.ts';
import type { CompiledColumn } from './steps.ts';

/** A task in the module's memory: one record per column and the data they point to, as `layout.ts` defines them. */
export interface Program {
  readonly bytes: Uint8Array;
  readonly columns: number;
  /** Columns of the source row. */
  readonly reads: number;
  readonly growth: number;
  /** Bytes of a row that are not made of its cells. */
  readonly frame: number;
  /** Place in the program and length of the bytes that begin a row, separate two values and end it. */
  readonly begin: Piece;
  readonly between: Piece;
  readonly end: Piece;
}

type Piece = readonly [place: number, length: number];

/** Bytes of the bounds of a cell. */
const BOUNDS = 2 * layout.WORD;

export function programOf(columns: readonly CompiledColumn[], format: RowFormat, reads: number): Program {
  const records = new Int32Array((columns.length * layout.RECORD_BYTES) / layout.WORD);
  const data = new Data(records.byteLength);
  columns.forEach((column, i) => {
    const write = (field: number, values: readonly number[]): void =>
      records.set(values, (i * layout.RECORD_BYTES + field) / layout.WORD);
    const { kernel, nullMade, nullCells, flag, read } = column;
    write(layout.KERNEL, [kernel?.code ?? layout.NONE]);
    write(layout.WRAP, [kernel?.wrap ?? layout.BARE]);
    write(layout.READ, [read < 0 ? -1 : read * BOUNDS]);
    write(layout.NULL_MADE, data.add(nullMade));
    write(layout.NULL_CELLS, [nullCells.length === 0 ? 0 : data.add(listOf(nullCells))[0]]);
    write(layout.FLAG_READ, [flag === null ? -1 : flag.read * BOUNDS]);
    write(layout.FLAG_CELLS, [flag === null ? 0 : data.add(listOf(flag.equals))[0]]);
    write(layout.FIRST, [kernel?.first ?? 0, kernel?.second ?? 0, kernel?.third ?? 0]);
    write(layout.DATA, [kernel?.data === undefined ? 0 : data.add(kernel.data)[0]]);
  });
  const [begin, between, end] = [data.add(format.begin), data.add(format.between), data.add(format.end)];
  const separators = Math.max(columns.length - 1, 0) * between[1];
  const frame = columns.reduce((sum, { nullMade }) => sum + nullMade.length, begin[1] + separators + end[1]);
  const bytes = data.after(records);
  return { bytes, columns: columns.length, reads, growth: growthOf(format), frame, begin, between, end };
}

/** The data that records point to, piece by piece, each at a multiple of eight. */
class Data {
  readonly #pieces: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  #at: number;

  /** @param at where the first piece goes. */
  constructor(at: number) {
    this.#at = at;
  }

  add(bytes: Uint8Array): Piece {
    const at = this.#at;
    this.#pieces.push({ at, bytes });
    this.#at += Math.ceil(bytes.length / 8) * 8;
    return [at, bytes.length];
  }

  /** The records, and all pieces behind them. */
  after(records: Int32Array): Uint8Array {
    const whole = new Uint8Array(this.#at);
    whole.set(new Uint8Array(records.buffer));
    for (const { at, bytes } of this.#pieces) whole.set(bytes, at);
    return whole;
  }
}
