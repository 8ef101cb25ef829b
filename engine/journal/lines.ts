import { createReadStream } from 'node:fs';

/** The lines of a UTF-8 file, divided by \n only: `node:readline` would also divide at U+2028, which JSON leaves bare. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  let pending: string[] = [];
  for await (const chunk of createReadStream(path, { encoding: 'utf8' }) as AsyncIterable<string>) {
    const lines = chunk.split('\n');
    pending.push(lines[0] as string);
    for (let i = 1; i < lines.length; i++) {
      yield pending.join('');
      pending = [lines[i] as string];
    }
  }
  const last = pending.join('');
  if (last !== '') yield last;
}
