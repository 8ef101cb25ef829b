import { lineReader } from '../../connectors/postgres/copy/copy-text.ts';
import { type EncodedRows, RowBuffer, type RowFormat, Unencodable } from '../../core/model/encoded.ts';
import { valueText } from '../../core/model/row-text.ts';
import type { Column } from '../../core/model/schema.ts';
import type { Row } from '../../core/model/value.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The row format of servers in memory: lines of COPY text. A text that contains `unencodable` cannot be encoded. */
export const memoryFormat: RowFormat = {
  name: 'copy-text',
  begin: encoder.encode(''),
  between: encoder.encode('\t'),
  end: encoder.encode('\n'),
  value: (_place, value) => (value === 'unencodable' ? new Unencodable('22P02') : encoder.encode(valueText(value))),
};

/** Encodes rows. Every row must be encodable. */
export function encoded(rows: readonly Row[]): EncodedRows {
  const buffer = new RowBuffer();
  for (const row of rows) buffer.add(memoryFormat, row);
  return buffer;
}

/** Decodes rows of these columns. */
export function decoded({ bytes, ends, count }: EncodedRows, columns: readonly Column[]): Row[] {
  const read = lineReader({ name: '', columns, key: [], unique: [], estimatedRows: null });
  return Array.from({ length: count }, (_, i) => {
    const start = i === 0 ? 0 : (ends[i - 1] as number);
    return read(decoder.decode(bytes.subarray(start, (ends[i] as number) - 1)));
  });
}
