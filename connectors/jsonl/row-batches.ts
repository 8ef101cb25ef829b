import type { RowBatch } from '../../core/ports.ts';
import type { Row } from '../../core/value.ts';
import type { LineDecoder } from './decode-row.ts';
import type { LineBlock } from './lines.ts';

const MAX_ROWS = 250;
const MAX_CHARS = 256 * 1024;

/** Decodes lines into batches of at most 250 rows and, unless one row is larger, about 256 KB. */
export async function* rowBatches(blocks: AsyncIterable<LineBlock>, decode: LineDecoder): AsyncGenerator<RowBatch> {
  let rows: Row[] = [];
  let chars = 0;
  for await (const block of blocks) {
    for (let i = 0; i < block.lines.length; i++) {
      const line = block.lines[i] as string;
      if (rows.length > 0 && (rows.length === MAX_ROWS || chars + line.length > MAX_CHARS)) {
        yield rows;
        rows = [];
        chars = 0;
      }
      rows.push(decode(line, block.number + i));
      chars += line.length;
    }
  }
  if (rows.length > 0) yield rows;
}
