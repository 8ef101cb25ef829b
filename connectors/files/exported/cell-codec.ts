import type { CellBatch, CellForm, CellReading } from '../../../core/model/cells.ts';
import type { Column } from '../../../core/model/schema.ts';
import type { Row, Value } from '../../../core/model/value.ts';
import type { RowBatch } from '../../../core/ports/source.ts';
import { bytesOfText, textOfBytes } from './cell-text.ts';
import { type Form, formOfKind } from './json-forms.ts';

const MAX_ROWS = 250;
const LETTER_T = 0x74;

const cellForms: Readonly<Record<Form, CellForm>> = {
  text: 'text',
  integer: 'text',
  boolean: 'text',
  bytes: 'raw',
  array: 'opaque',
};

/** Returns how the cells of each column are stored. An opaque one is the JSON text of an array or of its literal. */
export function cellFormsOf(columns: readonly Column[]): readonly CellForm[] {
  return columns.map((column) => cellForms[formOfKind[column.type.kind]]);
}

/** Makes `CellReading.value` for batches of `CellScanner`. */
export function cellValues(columns: readonly Column[]): (batch: CellBatch, row: number, column: number) => Value {
  const forms = columns.map((column) => formOfKind[column.type.kind]);
  return (batch, row, column) => {
    const cell = 2 * (row * forms.length + column);
    const begin = batch.bounds[cell] as number;
    return begin < 0 ? null : valueAt(batch.bytes as Buffer, begin, batch.bounds[cell + 1] as number, forms[column]);
  };
}

function valueAt(bytes: Buffer, begin: number, end: number, form: Form | undefined): Value {
  switch (form) {
    case 'boolean':
      return bytes[begin] === LETTER_T;
    case 'bytes':
      return new Uint8Array(bytes.subarray(begin, end));
    case 'array':
      return JSON.parse(bytes.toString('utf8', begin, end)) as Value;
    default:
      return textOfBytes(bytes, begin, end);
  }
}

/** Decodes every cell into rows, at most 250 to a batch. */
export async function* cellRows({ forms, batches, value }: CellReading): AsyncGenerator<RowBatch> {
  for await (const batch of batches) {
    for (let from = 0; from < batch.rows; from += MAX_ROWS) {
      const rows: Row[] = [];
      for (let i = from; i < Math.min(from + MAX_ROWS, batch.rows); i++) {
        rows.push(forms.map((_, column) => value(batch, i, column)));
      }
      yield rows;
    }
  }
}

/** Encodes one row as a batch, with its cells stored as `cellFormsOf` says. */
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
