import type { Column } from '../../core/schema.ts';
import type { Value } from '../../core/value.ts';
import type { LineDecoder } from './decode-row.ts';
import { exactValue } from './exact-value.ts';
import { damaged, notJson, wrongValue } from './fault.ts';
import { membersOfObject } from './split-json.ts';

/**
 * Makes the decoder of object lines written elsewhere. A missing property is null where the column may be; a property
 * that is no column, or stands twice, is refused, so that nothing is dropped.
 * @throws WaybillError 'not-json' | 'part-damaged' (the decoder) naming file, line and column.
 */
export function objectLineDecoder(file: string, columns: readonly Column[]): LineDecoder {
  const places = new Map(columns.map((column, place) => [column.name, place]));
  return (line, number) => {
    const row = new Array<Value | undefined>(columns.length).fill(undefined);
    for (const [name, text] of propertiesOf(file, line, number)) {
      const place = places.get(name);
      if (place === undefined) throw damaged(file, `line ${number} has the property "${name}", which is no column`);
      if (row[place] !== undefined) throw damaged(file, `line ${number} has the property "${name}" twice`);
      row[place] = cellOf(file, number, columns[place] as Column, text);
    }
    return row.map((value, place) => value ?? missing(file, number, columns[place] as Column, value));
  };
}

/** The properties of an object line with their source text, in written order. @throws as `objectLineDecoder` does. */
export function propertiesOf(file: string, line: string, number: number): [name: string, text: string][] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw notJson(file, number);
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return membersOfObject(line);
  throw damaged(file, `line ${number} is not a JSON object`);
}

function cellOf(file: string, line: number, column: Column, text: string): Value {
  const value = exactValue(column.type, text);
  if (value === undefined) throw wrongValue(file, line, column.name, `canonical ${column.type.kind}`);
  return value;
}

function missing(file: string, line: number, column: Column, value: null | undefined): null {
  if (value === null || column.nullable) return null;
  throw damaged(file, `line ${line} lacks the property "${column.name}", which is not nullable`);
}
