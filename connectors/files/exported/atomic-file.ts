import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WaybillError } from '../../../core/model/errors.ts';
import { systemCode } from '../fault.ts';

/** Takes the bytes of a file being written, in order. */
export type ByteSink = (bytes: Uint8Array) => Promise<void>;

/**
 * Writes a file that is complete or absent: beside its name, flushed to disk, then renamed over what was there. Created
 * 0600. When `fill` throws, or there is no room, nothing is left behind. `label` is the name for messages.
 * @throws WaybillError 'disk-full'; 'target-unavailable' when the place may not be written.
 */
export async function writeAtomically(path: string, label: string, fill: (sink: ByteSink) => Promise<void>) {
  const partial = `${path}.partial`;
  try {
    await rm(partial, { force: true });
    await writeFlushed(partial, fill);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw writeFault(label, error);
  }
  await flushDirectory(dirname(path));
}

async function writeFlushed(path: string, fill: (sink: ByteSink) => Promise<void>): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await fill((bytes) => writeAll(handle, bytes));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A nearly full disk takes a part of the bytes before it refuses the rest. */
async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let start = 0; start < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, start);
    start += bytesWritten;
  }
}

/** So that the rename outlives a power cut; file systems that cannot flush a directory are let be. */
async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The error of waybill for a failed write; errors of other origin stay as they are. */
export function writeFault(label: string, error: unknown): unknown {
  const code = systemCode(error);
  if (error instanceof WaybillError || code === '') return error;
  if (noRoom.has(code)) {
    return new WaybillError('disk-full', `There is no room to write ${label} (${code}).`, {
      hint: 'Free some space and resume.',
      cause: error,
    });
  }
  return new WaybillError('target-unavailable', `${label} cannot be written (${code}).`, {
    hint: 'Choose a directory that this user may write to.',
    cause: error,
  });
}
