import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { writeAtomically } from './atomic-file.ts';

const CHUNK_BYTES = 256 * 1024;
/** Text that waits lets the next rows be made while the thread pool packs. */
const packing = { level: 1, chunkSize: CHUNK_BYTES, writableHighWaterMark: 4 * CHUNK_BYTES };

/** What lies on disk once a part is written. */
export interface WrittenFile {
  readonly bytes: number;
  /** Of the bytes on disk, hex. */
  readonly sha256: string;
}

/**
 * Writes pieces of UTF-8 text as a file, through gzip when its name ends in `.gz` (level 1, no time in its header, so that
 * the same text gives the same file, however it is cut). A piece may be overwritten once the next is asked for. Complete
 * or absent.
 * @throws WaybillError as `writeAtomically` does, and whatever `pieces` throws.
 */
export async function writePartFile(
  path: string,
  label: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<WrittenFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  await writeAtomically(path, label, async (sink) => {
    const onDisk = async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
        await sink(chunk);
      }
    };
    if (!path.endsWith('.gz')) return onDisk(chunksOf(pieces));
    await pipeline(chunksOf(pieces), createGzip(packing), onDisk);
  });
  return { bytes, sha256: hash.digest('hex') };
}

/** The pieces copied into chunks of 256 KB that stay as they are, so that packing and writing go on beside reading. */
async function* chunksOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let at = 0;
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length; ) {
      const part = piece.subarray(from, from + CHUNK_BYTES - at);
      chunk.set(part, at);
      from += part.length;
      at += part.length;
      if (at < CHUNK_BYTES) continue;
      yield chunk;
      chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
      at = 0;
    }
  }
  if (at > 0) yield chunk.subarray(0, at);
}
