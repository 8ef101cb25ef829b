import { isUtf8 } from 'node:buffer';
import { damaged, notJson } from './fault.ts';

/** Longer than any row that waybill carries (64 MB of bytes are 90 MB of base64), shorter than what a string can hold. */
const MAX_LINE_BYTES = 256 * 1024 * 1024;
const LINE_FEED = 0x0a;

/** Whole lines of a file, without their breaks. */
export interface LineBlock {
  readonly lines: readonly string[];
  /** Place of the first of them in the file, from 1. */
  readonly number: number;
  /** False for the last line of a file that lacks its line break. */
  readonly isClosed: boolean;
}

/**
 * Cuts bytes into lines, as many as each chunk closes; a line longer than a chunk is gathered until its end comes.
 * @throws WaybillError 'not-json' when a line is not UTF-8, 'part-damaged' when one is over 256 MB.
 */
export async function* lineBlocks(file: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<LineBlock> {
  let number = 1;
  let open: Buffer[] = [];
  let openBytes = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LINE_FEED);
    if (end >= 0) {
      const lines = decode(file, [...open, chunk.subarray(0, end)], number).split('\n');
      yield { lines, number, isClosed: true };
      number += lines.length;
      open = [];
      openBytes = 0;
    }
    const rest = chunk.subarray(end + 1);
    if (rest.length > 0) open.push(rest);
    openBytes += rest.length;
    if (openBytes > MAX_LINE_BYTES) throw damaged(file, `line ${number} is longer than ${MAX_LINE_BYTES} bytes`);
  }
  if (openBytes > 0) yield { lines: [decode(file, open, number)], number, isClosed: false };
}

function decode(file: string, buffers: readonly Buffer[], number: number): string {
  const bytes = buffers.length === 1 ? (buffers[0] as Buffer) : Buffer.concat(buffers);
  if (!isUtf8(bytes)) throw notJson(file, number + linesBeforeFault(bytes), 'is not UTF-8');
  return bytes.toString('utf8');
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
