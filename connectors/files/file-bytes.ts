import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { WaybillError } from '../../core/model/errors.ts';
import { damaged, systemCode, unavailable } from './fault.ts';

/**
 * A packed file takes less CPU time than with 256 KB, because two threads take turns less often. With 1 MB a run needs
 * 15 MB more.
 */
const CHUNK_BYTES = 512 * 1024;

/** Receives every chunk of a file as it is on disk, in order. */
export type ChunkMeter = (chunk: Buffer) => void;

/**
 * Reads the bytes of a file, unpacked when its name ends in `.gz`. Stops reading when the consumer stops. `label` names the
 * file in messages.
 * @throws WaybillError 'part-damaged' when the file is missing or its gzip data are cut off or broken,
 * 'source-unavailable' when this user may not read it, 'source-interrupted' when reading fails later.
 */
export async function* fileBytes(path: string, label: string, meter?: ChunkMeter): AsyncGenerator<Buffer> {
  try {
    if (path.endsWith('.gz')) yield* unpackedBytes(path, label, meter);
    else yield* diskBytes(path, 0, meter);
  } catch (error) {
    throw readFault(label, error);
  }
}

/**
 * Reads the bytes from an offset in the unpacked data. A packed file is read from its beginning. @throws as
 * `fileBytes`.
 */
export async function* fileBytesFrom(path: string, label: string, offset: number): AsyncGenerator<Buffer> {
  if (path.endsWith('.gz')) {
    let passed = 0;
    for await (const chunk of fileBytes(path, label)) {
      const wanted = chunk.subarray(Math.max(0, offset - passed));
      passed += chunk.length;
      if (wanted.length > 0) yield wanted;
    }
    return;
  }
  try {
    yield* diskBytes(path, offset);
  } catch (error) {
    throw readFault(label, error);
  }
}

async function* diskBytes(path: string, start: number, meter?: ChunkMeter): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES, start })) {
    meter?.(chunk as Buffer);
    yield chunk as Buffer;
  }
}

async function* unpackedBytes(path: string, label: string, meter: ChunkMeter | undefined): AsyncGenerator<Buffer> {
  const { size } = await stat(path);
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  pipeline(diskBytes(path, 0, meter), gunzip, () => undefined);
  yield* gunzip as AsyncIterable<Buffer>;
  if (gunzip.bytesWritten !== size) throw damaged(label, 'something follows the gzip data');
}

/** Makes the error for a failed read. */
export function readFault(label: string, error: unknown): unknown {
  if (error instanceof WaybillError) return error;
  const code = systemCode(error);
  if (code === 'ENOENT') return damaged(label, 'the file is missing', error);
  if (code.startsWith('Z_')) return damaged(label, 'the gzip data are cut off or broken', error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EISDIR') {
    return unavailable(`${label} cannot be read (${code}).`, 'Let this user read the file.', error);
  }
  if (code === '') return error;
  return new WaybillError('source-interrupted', `Reading ${label} failed (${code}).`, {
    hint: 'Check the disk, then resume.',
    cause: error,
  });
}
