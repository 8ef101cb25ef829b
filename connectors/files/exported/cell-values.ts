import type { CellBatch, CellForm } from '../../../core/model/cells.ts';
import type { Column } from '../../../core/model/schema.ts';
import type { Value } from '../../../core/model/value.ts';
import { textOfBytes } from './cell-text.ts';
import { type Form, formOfKind } from './forms.ts';

const cellForms: Readonly<Record<Form, CellForm>> = {
  text: 'text',
  integer: 'text',
  boolean: 'text',
  bytes: 'raw',
  array: 'opaque',
};

/** How the cells of each column lie in the bytes; an opaque one is the JSON text of an array or of its literal. */
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

const LETTER_T = 0x74;
