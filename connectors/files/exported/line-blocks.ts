import { isUtf8 } from 'node:buffer';
import { LineGatherer } from '../../../storage/line-gatherer.ts';
import { damaged, notJson } from '../fault.ts';

/** Longer than any row that waybill carries (64 MB of bytes are 90 MB of base64) and shorter than the longest string. */
export const MAX_LINE_BYTES = 256 * 1024 * 1024;
const LINE_FEED = 0x0a;

/** Checks the open line. @throws WaybillError 'part-damaged' when it is over 256 MB. */
export function checkLength(file: string, open: Uint8Array, number: number): void {
  if (open.length > MAX_LINE_BYTES) throw damaged(file, `line ${number} is longer than ${MAX_LINE_BYTES} bytes`);
}

/** Checks lines of which the first has this `number`. @throws WaybillError 'not-json' when one is not UTF-8. */
export function checkUtf8(file: string, lines: Buffer, number: number): void {
  if (!isUtf8(lines)) throw notJson(file, `line ${number + linesBeforeFault(lines)}`, 'is not UTF-8');
}

function linesBeforeFault(bytes: Buffer): number {
  let lines = 0;
  let start = 0;
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return lines;
    lines += 1;
    start = end + 1;
  }
  return lines;
}

/** Whole lines of a file, without their breaks. */
export interface LineBlock {
  readonly lines: readonly string[];
  /** Place of the first of them in the file, from 1. */
  readonly number: number;
}

/**
 * Cuts bytes into lines, one block for each chunk that ends any. The last line may lack its break.
 * @throws WaybillError 'not-json' when a line is not UTF-8, 'part-damaged' when one is over 256 MB.
 */
export async function* lineBlocks(file: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<LineBlock> {
  const gatherer = new LineGatherer();
  let number = 1;
  for await (const chunk of chunks) {
    const closed = gatherer.add(chunk);
    if (closed !== null) {
      checkUtf8(file, closed, number);
      const lines = closed.toString('utf8', 0, closed.length - 1).split('\n');
      yield { lines, number };
      number += lines.length;
    }
    checkLength(file, gatherer.rest(), number);
  }
  const rest = gatherer.rest();
  checkUtf8(file, rest, number);
  if (rest.length > 0) yield { lines: [rest.toString('utf8')], number };
}
