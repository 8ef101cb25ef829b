import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WaybillError } from '../../core/model/errors.ts';
import { failpoint } from '../failpoint.ts';

/**
 * Writes a file whole or not at all: beside its name, flushed to disk, renamed. Mode 0600.
 * @throws WaybillError 'disk-full' when there is no room.
 */
export async function writeAtomically(path: string, chunks: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const partial = `${path}.partial`;
  try {
    const file = await open(partial, 'w', 0o600);
    try {
      // `write` may take a part of a chunk when the disk is nearly full; `writeFile` goes on until all of it is written.
      for await (const chunk of chunks) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    failpoint('file-flushed');
    await renameDurably(partial, path);
    failpoint('file-named');
  } catch (cause) {
    await rm(partial, { force: true });
    throw diskError(path, cause);
  }
}

/** A rename that outlives a power cut, but on file systems that cannot flush a folder. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  const folder = await open(dirname(to), 'r').catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

const noRoom = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** A failed write as an error of waybill when there is no room; any other cause as it is. */
export function diskError(path: string, cause: unknown): unknown {
  if (!noRoom.includes((cause as NodeJS.ErrnoException).code ?? '')) return cause;
  return new WaybillError('disk-full', `There is no room left to write ${path}.`, {
    hint: 'Free space on that disk, or move the runs elsewhere with --runs-dir; then go on.',
    cause,
  });
}
