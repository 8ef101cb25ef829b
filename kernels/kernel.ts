import type { CellForm } from '../core/cells.ts';
import type { RowFormat } from '../core/encoded.ts';
import type { Operation } from '../core/mapping.ts';
import type { ColumnType } from '../core/schema.ts';

/**
 * Makes what one cell, `bytes[start]` up to `bytes[end]`, becomes in `out` from `at` on.
 *
 * @returns the place after the last byte it wrote, or `unplain` when the cell is not the plain case of its pair: then what
 * it wrote counts for nothing and the cell goes by its value. It never writes more than `ROOM` bytes, and `growthOf`
 * times the cell's length beyond them; it never reads outside the cell.
 */
export type Kernel = (bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number) => number;

/** What a kernel is chosen by, besides the format. */
export interface Pair {
  readonly operation: Operation;
  readonly source: ColumnType;
  readonly form: CellForm;
  readonly target: ColumnType;
}

/** The answer of a kernel that leaves its cell to the reference way. */
export const unplain = -1;

/** Room for any fixed part; the longest are the zeros of a decimal of scale `MAX_SCALE`. */
export const ROOM = 128;
/** Digits after the point that a kernel pads a decimal to. */
export const MAX_SCALE = 100;

/** JSON's `\u001f` makes six bytes of one. */
export function growthOf({ name }: RowFormat): number {
  return name === 'json-line' ? 6 : 1;
}

/** Writes always the same, whatever the cell. */
export function always(made: Uint8Array): Kernel {
  return (_bytes, _start, _end, out, at) => copyOf(made, out, at);
}

/** A value of COPY BINARY: its length in four bytes, then what `body` writes. */
export function sized(body: Kernel): Kernel {
  return (bytes, start, end, out, at) => {
    const next = body(bytes, start, end, out, at + 4);
    if (next < 0) return unplain;
    writeInt32(next - at - 4, out, at);
    return next;
  };
}

const quote = 34;

/** A JSON string of what `body` writes, which must need no escape. */
export function quoted(body: Kernel): Kernel {
  return (bytes, start, end, out, at) => {
    out[at] = quote;
    const next = body(bytes, start, end, out, at + 1);
    if (next < 0) return unplain;
    out[next] = quote;
    return next + 1;
  };
}

export function writeInt32(value: number, out: Uint8Array, at: number): void {
  out[at] = value >>> 24;
  out[at + 1] = value >>> 16;
  out[at + 2] = value >>> 8;
  out[at + 3] = value;
}

/** Writes high · 2³² + low; either may be any integer of 32 bits, signed or not. */
export function writeInt64(high: number, low: number, out: Uint8Array, at: number): void {
  writeInt32(high, out, at);
  writeInt32(low, out, at + 4);
}

/** A loop, since `set` costs more than the few bytes that most values have. @returns the place after them. */
export function copyOf(made: Uint8Array, out: Uint8Array, at: number): number {
  for (let i = 0; i < made.length; i++) out[at++] = made[i] as number;
  return at;
}
