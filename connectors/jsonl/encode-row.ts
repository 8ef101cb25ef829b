import { WaybillError } from '../../core/errors.ts';
import type { TableSchema } from '../../core/schema.ts';
import type { Row, Value } from '../../core/value.ts';
import { base64OfBytes } from './base64.ts';
import type { ByteBuffer } from './byte-buffer.ts';
import { type Form, formOfKind, isArrayLiteral } from './forms.ts';

/** Writes one row as a line: a JSON array and the line break. */
export type RowEncoder = (row: Row) => void;

/**
 * Makes the encoder of a table's rows. The same row always gives the same bytes.
 * @throws WaybillError 'internal' (the encoder) when a row is not of the table's shape: a connector's fault.
 */
export function rowEncoder(table: TableSchema, into: ByteBuffer): RowEncoder {
  const forms = table.columns.map((column) => formOfKind[column.type.kind]);
  const width = forms.length;
  return (row) => {
    if (row.length !== width) throw misshapen(table, `a row has ${row.length} values`);
    into.raw('[');
    for (let i = 0; i < width; i++) {
      if (i > 0) into.raw(',');
      if (!encodeValue(row[i] as Value, forms[i] as Form, into)) throw misshapenCell(table, i);
    }
    into.raw(']\n');
  };
}

/** @returns false when the value has not the column's form. */
function encodeValue(value: Value, form: Form, into: ByteBuffer): boolean {
  if (value === null) into.raw('null');
  else if (typeof value === 'string') {
    if (form === 'text' || (form === 'array' && isArrayLiteral(value))) into.quoted(value);
    else if (form === 'integer' && isPlainInteger(value)) into.raw(value);
    else return false;
  } else if (typeof value === 'boolean') {
    if (form !== 'boolean') return false;
    into.raw(value ? 'true' : 'false');
  } else return encodeObject(value, form, into);
  return true;
}

function encodeObject(value: Exclude<Value, null | string | boolean>, form: Form, into: ByteBuffer): boolean {
  if (value instanceof Uint8Array) {
    if (form === 'bytes') into.quoted(base64OfBytes(value));
    return form === 'bytes';
  }
  if (form !== 'array') return false;
  into.raw('[');
  value.forEach((member, i) => {
    if (i > 0) into.raw(',');
    if (member === null) into.raw('null');
    else into.quoted(member);
  });
  into.raw(']');
  return true;
}

/** Only what reads back as the same text: no leading zero, no plus, no `-0`, nothing over ten digits. */
function isPlainInteger(text: string): boolean {
  return /^(?:0|-?[1-9]\d{0,9})$/.test(text);
}

function misshapenCell(table: TableSchema, place: number): WaybillError {
  const column = table.columns[place];
  return misshapen(table, `column "${column?.name}" holds something that is not canonical ${column?.type.kind}`);
}

function misshapen(table: TableSchema, what: string): WaybillError {
  return new WaybillError('internal', `Cannot write ${table.name} as JSON Lines: ${what}.`, {
    hint: 'Report this with the table definition; what read or mapped the row is at fault.',
  });
}
