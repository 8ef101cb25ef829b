import type { Column } from '../../../core/model/schema.ts';
import type { UnreadValue, Value } from '../../../core/model/value.ts';
import type { LineDecoder } from '../exported/decode-row.ts';
import { damaged, notJson, rowOfCells, unreadValue } from '../fault.ts';
import { membersOfObject } from './split-json.ts';
import { writtenJson } from './written-value.ts';

/**
 * Makes the decoder of JSON objects from external files. `unit` is what the number counts, `line` or `row`. A missing
 * property is null where the column is nullable. A value that is none of its column makes the row unreadable. A property that
 * is not a column, or occurs twice, is refused, so that nothing is dropped.
 * @throws WaybillError 'not-json' | 'part-damaged' (the decoder) naming file, line and column.
 */
export function objectDecoder(file: string, unit: 'line' | 'row', columns: readonly Column[]): LineDecoder {
  const places = new Map(columns.map((column, place) => [column.name, place]));
  return (text, number) => {
    const at = `${unit} ${number}`;
    const row = new Array<Value | UnreadValue | undefined>(columns.length).fill(undefined);
    for (const [name, cell] of propertiesOf(file, at, text)) {
      const place = places.get(name);
      if (place === undefined) throw damaged(file, `${at} has the property "${name}", which is not a column`);
      if (row[place] !== undefined) throw damaged(file, `${at} has the property "${name}" twice`);
      row[place] = cellOf(file, at, columns[place] as Column, cell);
    }
    return rowOfCells(
      row.map((value, place) => (value === undefined ? missing(file, at, columns[place] as Column) : value)),
    );
  };
}

/**
 * Cuts an object into its properties with their source text, in written order. `at` is its place in the file.
 * @throws as `objectDecoder` does.
 */
function propertiesOf(file: string, at: string, text: string): [name: string, text: string][] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw notJson(file, at);
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return membersOfObject(text);
  throw damaged(file, `${at} is not a JSON object`);
}

/** In a JSON column that is not nullable, null can only be JSON's own. */
function cellOf(file: string, at: string, column: Column, text: string): Value | UnreadValue {
  if (text === 'null' && column.type.kind === 'json' && !column.nullable) return text;
  return writtenJson(column.type, text) ?? unreadUnlessNull(file, at, column, text);
}

function unreadUnlessNull(file: string, at: string, column: Column, text: string): UnreadValue | null {
  return text === 'null' ? missing(file, at, column) : unreadValue(file, at, column, text);
}

function missing(file: string, at: string, column: Column): UnreadValue | null {
  return column.nullable ? null : unreadValue(file, at, column, null);
}
