import type { CellBatch, CellReading } from '../../../core/model/cells.ts';
import type { Column } from '../../../core/model/schema.ts';
import type { Row, Value } from '../../../core/model/value.ts';
import type { RowBatch } from '../../../core/ports/source.ts';
import { type Decoder, decodersOf, formOf } from './decode.ts';

const maxRows = 250;

/** Describes batches of these columns and how to read their cells. */
export function readingOf(columns: readonly Column[], batches: AsyncIterable<CellBatch>): CellReading {
  const decoders = decodersOf(columns);
  return {
    forms: columns.map(({ type }) => formOf(type)),
    batches,
    value: (batch, row, column) => valueAt(batch, row * decoders.length + column, decoders[column] as Decoder),
  };
}

/** Decodes all cells, in batches of 1 … 250 rows. */
export async function* valuesOf(
  columns: readonly Column[],
  batches: AsyncIterable<CellBatch>,
): AsyncGenerator<RowBatch, void, undefined> {
  const decoders = decodersOf(columns);
  for await (const batch of batches) {
    for (let from = 0; from < batch.rows; from += maxRows) yield rowsOf(batch, decoders, from, from + maxRows);
  }
}

/** Decodes the rows of a batch from `from` to `to`, `to` excluded, or to its end. */
export function rowsOf(batch: CellBatch, decoders: readonly Decoder[], from = 0, to = batch.rows): Row[] {
  const rows: Row[] = [];
  for (let row = from; row < to && row < batch.rows; row++) {
    const values: Value[] = [];
    const first = row * decoders.length;
    for (let i = 0; i < decoders.length; i++) values.push(valueAt(batch, first + i, decoders[i] as Decoder));
    rows.push(values);
  }
  return rows;
}

function valueAt({ bytes, bounds }: CellBatch, cell: number, decode: Decoder): Value {
  const start = bounds[cell * 2] as number;
  return start < 0 ? null : decode(bytes as Buffer, start, bounds[cell * 2 + 1] as number);
}
