import type { Column } from '../../../core/model/schema.ts';
import type { Value } from '../../../core/model/value.ts';
import type { LineDecoder } from '../exported/decode-row.ts';
import { damaged, notJson, wrongValue } from '../fault.ts';
import { exactValue } from './exact-value.ts';
import { membersOfObject } from './split-json.ts';

/**
 * Makes the decoder of JSON objects from external files. `unit` is what the number counts, `line` or `row`. A missing
 * property is null where the column is nullable. A property that is not a column, or occurs twice, is refused, so that
 * nothing is dropped.
 * @throws WaybillError 'not-json' | 'part-damaged' (the decoder) naming file, line and column.
 */
export function objectDecoder(file: string, unit: 'line' | 'row', columns: readonly Column[]): LineDecoder {
  const places = new Map(columns.map((column, place) => [column.name, place]));
  return (text, number) => {
    const at = `${unit} ${number}`;
    const row = new Array<Value | undefined>(columns.length).fill(undefined);
    for (const [name, cell] of propertiesOf(file, at, text)) {
      const place = places.get(name);
      if (place === undefined) throw damaged(file, `${at} has the property "${name}", which is not a column`);
      if (row[place] !== undefined) throw damaged(file, `${at} has the property "${name}" twice`);
      row[place] = cellOf(file, at, columns[place] as Column, cell);
    }
    return row.map((value, place) => value ?? missing(file, at, columns[place] as Column, value));
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

function cellOf(file: string, at: string, column: Column, text: string): Value {
  const value = exactValue(column.type, text);
  if (value === undefined) throw wrongValue(file, at, column);
  return value;
}

function missing(file: string, at: string, column: Column, value: null | undefined): null {
  if (value === null || column.nullable) return null;
  throw damaged(file, `${at} lacks the property "${column.name}", which is not nullable`);
}
