import { open, rename, rm } from 'node:fs/promises';
import { WaybillError } from '../core/errors.ts';

/**
 * Writes a file whole or not at all: beside its name, flushed to disk, renamed. Mode 0600.
 * @throws WaybillError 'disk-full' when there is no room.
 */
export async function writeAtomically(path: string, chunks: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const partial = `${path}.partial`;
  try {
    const file = await open(partial, 'w', 0o600);
    try {
      for await (const chunk of chunks) await file.write(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true });
    throw diskError(path, cause);
  }
}

function diskError(path: string, cause: unknown): unknown {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return cause;
  return new WaybillError('disk-full', `There is no room left to write ${path}.`, {
    hint: 'Free space on that disk, or move the runs elsewhere with --runs-dir; then go on with --resume.',
    cause,
  });
}
