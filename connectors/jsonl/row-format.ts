import type { RowFormat } from '../../core/encoded.ts';
import { WaybillError } from '../../core/errors.ts';
import type { Column } from '../../core/schema.ts';
import type { Value } from '../../core/value.ts';
import { base64OfBytes } from './base64.ts';
import { type Form, formOfKind, isArrayLiteral } from './forms.ts';

/**
 * The lines of a part file: a JSON array a row and the line break. The same row always gives the same bytes.
 * @throws WaybillError 'internal' (`value`) when a value is not of its column's kind: a connector's fault.
 */
export function jsonFormat(columns: readonly Column[]): RowFormat {
  const forms = columns.map((column) => formOfKind[column.type.kind]);
  return {
    name: 'json-line',
    begin: Buffer.from('['),
    between: Buffer.from(','),
    end: Buffer.from(']\n'),
    value(place, value) {
      if (value === null) return NULL;
      const json = place < forms.length ? jsonOf(value, forms[place] as Form) : null;
      if (json === null) throw misshapen(columns, place);
      return Buffer.from(json, 'utf8');
    },
  };
}

const NULL = Buffer.from('null');

/** null when the value has not the column's form. */
function jsonOf(value: Exclude<Value, null>, form: Form): string | null {
  switch (form) {
    case 'text':
      return typeof value === 'string' ? JSON.stringify(value) : null;
    case 'integer':
      return typeof value === 'string' && isPlainInteger(value) ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : null;
    case 'bytes':
      return value instanceof Uint8Array ? `"${base64OfBytes(value)}"` : null;
    case 'array':
      return Array.isArray(value) || (typeof value === 'string' && isArrayLiteral(value))
        ? JSON.stringify(value)
        : null;
  }
}

/** Only what reads back as the same text: no leading zero, no plus, no `-0`, nothing over ten digits. */
function isPlainInteger(text: string): boolean {
  return /^(?:0|-?[1-9]\d{0,9})$/.test(text);
}

function misshapen(columns: readonly Column[], place: number): WaybillError {
  const column = columns[place];
  const what =
    column === undefined
      ? `a row has a value ${place + 1}, and there are ${columns.length} columns`
      : `column "${column.name}" holds something that is not canonical ${column.type.kind}`;
  return new WaybillError('internal', `Cannot write a row as JSON Lines: ${what}.`, {
    hint: 'Report this with the table definition; what read or mapped the row is at fault.',
  });
}
