import { createReadStream } from 'node:fs';
import { heapStore, LineGatherer } from './line-gatherer.ts';

/** Two chunks of `createReadStream`, so that many small files cost little memory. */
const FIRST_BYTES = 128 * 1024;

/**
 * Reads the lines of a UTF-8 file, divided by \n only: `node:readline` would also divide at U+2028, which JSON allows
 * in a string.
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  const gatherer = new LineGatherer(heapStore(FIRST_BYTES));
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const closed = gatherer.add(chunk);
    if (closed !== null) yield* closed.toString('utf8', 0, closed.length - 1).split('\n');
  }
  const rest = gatherer.rest();
  if (rest.length > 0) yield rest.toString('utf8');
}
