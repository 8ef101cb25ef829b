import type { Row } from '../../../core/model/value.ts';
import type { RowBatch } from '../../../core/ports/source.ts';
import type { LineDecoder } from '../exported/decode-row.ts';
import type { LineBlock } from '../exported/line-blocks.ts';

const MAX_ROWS = 250;
const MAX_CHARS = 256 * 1024;

/** Gathers rows into batches of at most 250 rows and, unless one row is larger, about 256 KB. */
export function rowGatherer() {
  let rows: Row[] = [];
  let chars = 0;
  return {
    /** Adds a row of this many characters. Returns the batch that was full before it; null when the row fits. */
    add(row: Row, length: number): RowBatch | null {
      const isFull = rows.length > 0 && (rows.length === MAX_ROWS || chars + length > MAX_CHARS);
      const full = isFull ? rows : null;
      if (isFull) {
        rows = [];
        chars = 0;
      }
      rows.push(row);
      chars += length;
      return full;
    },
    /** Returns the last batch, which may be empty. */
    rest: (): RowBatch => rows,
  };
}

/** Decodes lines into batches. */
export async function* rowBatches(blocks: AsyncIterable<LineBlock>, decode: LineDecoder): AsyncGenerator<RowBatch> {
  const gatherer = rowGatherer();
  for await (const { lines, number } of blocks) {
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i] as string;
      const full = gatherer.add(decode(line, number + i), line.length);
      if (full !== null) yield full;
    }
  }
  const rest = gatherer.rest();
  if (rest.length > 0) yield rest;
}
