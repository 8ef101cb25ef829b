import type { Column } from '../../../core/model/schema.ts';
import type { Row, Value } from '../../../core/model/value.ts';
import { damaged, notJson, wrongValue } from '../fault.ts';
import { exactValue } from '../foreign/exact-value.ts';
import { membersOfArray } from '../foreign/split-json.ts';
import { bytesOfBase64, type Form, formOfKind, isArrayLiteral } from './json-forms.ts';

/** Decodes one line. `number` is its place in the file, from 1, for messages. */
export type LineDecoder = (line: string, number: number) => Row;

/**
 * Makes the decoder of a part file's array lines. A number literal that a double might not hold is read again from the
 * line's text.
 * @throws WaybillError 'not-json' | 'part-damaged' (the decoder) naming file, line and column.
 */
export function arrayLineDecoder(file: string, columns: readonly Column[]): LineDecoder {
  const forms = columns.map((column) => formOfKind[column.type.kind]);
  return (line, number) => {
    const cells = parseArray(file, line, number);
    if (cells.length !== forms.length) throw wrongWidth(file, number, cells.length, forms.length);
    for (let i = 0; i < forms.length; i++) {
      const cell = cells[i];
      const value = cell === null ? null : decodeCell(cell, forms[i] as Form);
      if (value === undefined) return decodeExactly(file, columns, line, number);
      cells[i] = value;
    }
    return cells as Value[];
  };
}

function parseArray(file: string, line: string, number: number): unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw notJson(file, `line ${number}`);
  }
  if (Array.isArray(parsed)) return parsed;
  throw damaged(file, `line ${number} is not a JSON array`);
}

/** Returns undefined when the line's text must be read for the exact value. */
function decodeCell(cell: unknown, form: Form): Value | undefined {
  switch (form) {
    case 'text':
      return typeof cell === 'string' ? cell : undefined;
    case 'integer':
      return Number.isSafeInteger(cell) ? String(cell) : undefined;
    case 'boolean':
      return typeof cell === 'boolean' ? cell : undefined;
    case 'bytes':
      return typeof cell === 'string' ? bytesOfBase64(cell) : undefined;
    case 'array':
      return isTextArray(cell) || (typeof cell === 'string' && isArrayLiteral(cell)) ? cell : undefined;
  }
}

function isTextArray(cell: unknown): cell is (string | null)[] {
  return Array.isArray(cell) && cell.every((member) => member === null || typeof member === 'string');
}

function decodeExactly(file: string, columns: readonly Column[], line: string, number: number): Row {
  const members = membersOfArray(line);
  return columns.map((column, i) => {
    const value = exactValue(column.type, members[i] as string);
    if (value === undefined) throw wrongValue(file, `line ${number}`, column);
    return value;
  });
}

function wrongWidth(file: string, line: number, found: number, wanted: number): Error {
  return damaged(file, `line ${line} has ${found} values where the header names ${wanted} columns`);
}
