import { copyOf, type Kernel, unplain } from './kernel.ts';

/** Cells of which only a few are expected: labels, booleans, the values that mean "none". */

/** A cell and what it becomes. */
export interface Choice {
  readonly cell: Uint8Array;
  readonly made: Uint8Array;
}

/** One of the choices; any other cell is not plain. */
export function oneOf(choices: readonly Choice[]): Kernel {
  return (bytes, start, end, out, at) => {
    for (const { cell, made } of choices) if (isEqual(cell, bytes, start, end)) return copyOf(made, out, at);
    return unplain;
  };
}

/** `made` for the cells of the list; what `kernel` makes for all others. */
export function unless(cells: readonly Uint8Array[], made: Uint8Array, kernel: Kernel): Kernel {
  return (bytes, start, end, out, at) => {
    for (const cell of cells) if (isEqual(cell, bytes, start, end)) return copyOf(made, out, at);
    return kernel(bytes, start, end, out, at);
  };
}

/** Whether the cell is these bytes. */
export function isEqual(wanted: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (wanted.length !== end - start) return false;
  for (let i = 0; i < wanted.length; i++) if (wanted[i] !== bytes[start + i]) return false;
  return true;
}
