import { textOfBytes } from '../../sql/utf8.ts';

const maxRows = 250;
const maxBytes = 256_000;
const newline = 0x0a;

/**
 * Splits the bytes of COPY text into lines, in batches of 1 … 250 lines and about 256 KB. Larger batches outlive the young
 * generation and cost 100 MB of memory. It splits bytes, since a chunk can end inside a character. A newline inside a value is
 * escaped, so each one ends a row. A row that spans many chunks is concatenated once.
 */
export async function* lineBatches(chunks: AsyncIterable<Buffer>): AsyncGenerator<string[], void, undefined> {
  let held: Buffer[] = [];
  let batch: string[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(newline);
    if (end < 0) {
      held.push(chunk);
      continue;
    }
    const whole = held.length === 0 ? chunk.subarray(0, end) : Buffer.concat([...held, chunk.subarray(0, end)]);
    held = end + 1 === chunk.length ? [] : [chunk.subarray(end + 1)];
    for (const line of textOfBytes(whole).split('\n')) {
      batch.push(line);
      bytes += line.length;
      if (batch.length === maxRows || bytes >= maxBytes) {
        yield batch;
        batch = [];
        bytes = 0;
      }
    }
  }
  if (batch.length > 0) yield batch;
}
