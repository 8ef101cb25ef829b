import type { CellReading } from '../../../core/model/cells.ts';
import type { Row } from '../../../core/model/value.ts';
import type { RowBatch } from '../../../core/ports/source.ts';

const MAX_ROWS = 250;

/** Decodes every cell: the rows of batches of so many columns, at most 250 at a time. */
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
