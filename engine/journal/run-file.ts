import { WaybillError } from '../../core/model/errors.ts';
import { isOutOfSpace, writeAtomically } from '../../storage/atomic-file.ts';
import { failpoint } from '../failpoint.ts';

/**
 * Writes a file of the run folder that is complete or absent. Mode 0600.
 * @throws WaybillError 'disk-full' when there is no room.
 */
export async function writeRunFile(path: string, chunks: Iterable<string> | AsyncIterable<string>): Promise<void> {
  await writeAtomically(
    path,
    async (sink) => {
      for await (const chunk of chunks) await sink(Buffer.from(chunk, 'utf8'));
    },
    {
      toError: (cause) => diskError(path, cause),
      onFlushed: () => failpoint('file-flushed'),
      onNamed: () => failpoint('file-named'),
    },
  );
}

/** Returns WaybillError 'disk-full' for a write that failed for lack of room, and any other cause unchanged. */
export function diskError(path: string, cause: unknown): unknown {
  if (!isOutOfSpace(cause)) return cause;
  return new WaybillError('disk-full', `There is no room left to write ${path}.`, {
    hint: 'Free space on that disk, or move the runs elsewhere with --runs-dir. Then resume.',
    cause,
  });
}
