import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PartFile } from '../../core/ports/directory.ts';

const LINE_FEED = 0x0a;

export const fileFactsShape = z.strictObject({
  /** Inside the run folder, with `/`. */
  path: z.string(),
  bytes: z.int().nonnegative(),
  /** Number of line breaks; null for a gzip file. */
  lines: z.int().nonnegative().nullable(),
  /** SHA-256 of the bytes on disk, in hex. */
  sha256: z.string(),
});

/** The facts that identify the content of a file in a run folder. */
export type FileFacts = Readonly<z.infer<typeof fileFactsShape>>;

/** Reads and hashes a file on disk; null when it does not exist. */
export async function factsOfFile(folder: string, path: string): Promise<FileFacts | null> {
  const counting = counter();
  try {
    for await (const chunk of createReadStream(join(folder, path))) counting.add(chunk as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return counting.factsOf(path);
}

/** Returns the facts of a file with this text. */
export function factsOfText(path: string, text: string): FileFacts {
  const counting = counter();
  counting.add(Buffer.from(text, 'utf8'));
  return counting.factsOf(path);
}

/** Returns the facts of a part file from its writer's counts: a header line, then one line per row. */
export function factsOfPart(directory: 'export' | 'transform', part: PartFile): FileFacts {
  const { file, rows, bytes, sha256 } = part;
  return { path: `${directory}/${file}`, bytes, lines: isPacked(file) ? null : rows + 1, sha256 };
}

/** The reverse of `factsOfPart`; null when none of the facts is of that directory. */
export function fileOfPart(
  directory: 'export' | 'transform',
  facts: readonly FileFacts[],
  of: Pick<PartFile, 'table' | 'part' | 'rows'>,
): PartFile | null {
  const found = facts.find(({ path }) => path.startsWith(`${directory}/`));
  if (found === undefined) return null;
  const { path, bytes, sha256 } = found;
  return { ...of, file: path.slice(directory.length + 1), bytes, sha256 };
}

function isPacked(path: string): boolean {
  return path.endsWith('.gz');
}

function counter() {
  const hash = createHash('sha256');
  let bytes = 0;
  let lines = 0;
  return {
    add(chunk: Buffer): void {
      hash.update(chunk);
      bytes += chunk.length;
      for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) lines++;
    },
    factsOf: (path: string): FileFacts => ({
      path,
      bytes,
      lines: isPacked(path) ? null : lines,
      sha256: hash.digest('hex'),
    }),
  };
}
