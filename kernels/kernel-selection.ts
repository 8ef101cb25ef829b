import { type Kernel, sized } from './kernel.ts';
import { MEMBERS, MEMBERS_JSON, ONE_OF } from './layout.ts';

/** Cells of which only a few are expected: labels, booleans, the values that mean "none". */

/** A cell and what it becomes. */
export interface KernelSelection {
  readonly cell: Uint8Array;
  readonly made: Uint8Array;
}

/** One of the choices, whole with all that stands around it; any other cell is not plain. */
export function oneOf(choices: readonly KernelSelection[]): Kernel {
  return { code: ONE_OF, data: listOfChoices(choices) };
}

/** Any of the choices, joined by commas, as an array of COPY BINARY. `type`: of its members, four bytes as they are sent. */
export function membersOf(choices: readonly KernelSelection[], type: Uint8Array): Kernel {
  return sized({ code: MEMBERS, data: joined([type, listOfChoices(choices)]) });
}

/** The same as an array of JSON. */
export function jsonMembersOf(choices: readonly KernelSelection[]): Kernel {
  return { code: MEMBERS_JSON, data: listOfChoices(choices) };
}

function listOfChoices(choices: readonly KernelSelection[]): Uint8Array {
  const entries = choices.flatMap(({ cell, made }) => [number(cell.length), number(made.length), cell, made]);
  return joined([number(choices.length), ...entries]);
}

/** Cells to look a cell up in. */
export function listOf(cells: readonly Uint8Array[]): Uint8Array {
  return joined([number(cells.length), ...cells.flatMap((cell) => [number(cell.length), cell])]);
}

/** Numbers of 32 bits, their count in front. */
export function numbers(values: readonly number[]): Uint8Array {
  return joined([values.length, ...values].map(number));
}

function number(value: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(value).buffer);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Whether the cell is these bytes. */
export function isEqual(wanted: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (wanted.length !== end - start) return false;
  for (let i = 0; i < wanted.length; i++) if (wanted[i] !== bytes[start + i]) return false;
  return true;
}
