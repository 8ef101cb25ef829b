import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Takes the bytes of a file being written, in order. */
export type ByteSink = (bytes: Uint8Array) => Promise<void>;

/** What the caller decides about an atomic write. */
export interface AtomicWrite {
  /** Makes the caller's error of whatever made the write fail. */
  toError(cause: unknown): unknown;
  /** Whether a leftover of a crash is removed, so that its mode does not survive; otherwise it is overwritten. */
  readonly removesLeftover?: boolean;
  /** Runs when the file is complete and flushed to disk, but still beside its name. */
  onFlushed?(): void;
  /** Runs when the file has its name and the folder is flushed too. */
  onNamed?(): void;
}

/**
 * Writes a file that is complete or absent: beside its name, flushed to disk, then renamed over the old file. Mode 0600.
 * When the write fails, nothing is left behind.
 * @throws what `toError` returns.
 */
export async function writeAtomically(
  path: string,
  fill: (sink: ByteSink) => Promise<void>,
  options: AtomicWrite,
): Promise<void> {
  const partial = `${path}.partial`;
  try {
    if (options.removesLeftover === true) await rm(partial, { force: true });
    await writeFlushed(partial, fill, options.removesLeftover === true ? 'wx' : 'w');
    options.onFlushed?.();
    await renameDurably(partial, path);
    options.onNamed?.();
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw options.toError(error);
  }
}

async function writeFlushed(path: string, fill: (sink: ByteSink) => Promise<void>, flags: 'w' | 'wx'): Promise<void> {
  const handle = await open(path, flags, 0o600);
  try {
    await fill((bytes) => writeAll(handle, bytes));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A nearly full disk takes some of the bytes without an error and refuses the rest. */
async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let start = 0; start < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, start);
    start += bytesWritten;
  }
}

/** Renames a file so that the new name survives a power cut, unless the file system cannot flush a folder. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  const folder = await open(dirname(to), 'r').catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

const outOfSpace = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Whether a write failed because the disk, the quota or the largest file size was exhausted. */
export function isOutOfSpace(cause: unknown): boolean {
  return outOfSpace.includes((cause as NodeJS.ErrnoException).code ?? '');
}
