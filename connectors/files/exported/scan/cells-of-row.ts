import type { CellBatch } from '../../../../core/model/cells.ts';
import type { Value } from '../../../../core/model/value.ts';
import { bytesOfText } from '../cell-text.ts';
import type { Form } from '../forms.ts';

/** A row as a batch by itself, its cells as `cellFormsOf` says. */
export function cellsOfRow(values: readonly Value[], forms: readonly Form[]): CellBatch {
  const cells = values.map((value, i) => (value === null ? null : cellBytes(value, forms[i] as Form)));
  const bounds = new Int32Array(2 * cells.length).fill(-1);
  let at = 0;
  for (const [i, cell] of cells.entries()) {
    if (cell === null) continue;
    bounds[2 * i] = at;
    at += cell.length;
    bounds[2 * i + 1] = at;
  }
  return { rows: 1, bytes: Buffer.concat(cells.filter((cell) => cell !== null)), bounds };
}

function cellBytes(value: Exclude<Value, null>, form: Form): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (form === 'array') return bytesOfText(JSON.stringify(value));
  return bytesOfText(form === 'boolean' ? (value ? 't' : 'f') : String(value));
}
