import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { writeAtomically } from './atomic-file.ts';

const CHUNK_BYTES = 256 * 1024;

/** What lies on disk once a part is written. */
export interface WrittenFile {
  readonly bytes: number;
  /** Of the bytes on disk, hex. */
  readonly sha256: string;
}

/**
 * Writes chunks of text as a UTF-8 file, through gzip when its name ends in `.gz` (level 1, no time in its header, so
 * that the same text gives the same file). Complete or absent.
 * @throws WaybillError as `writeAtomically` does, and whatever `chunks` throws.
 */
export async function writePartFile(path: string, label: string, chunks: AsyncIterable<Buffer>): Promise<WrittenFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  await writeAtomically(path, label, async (sink) => {
    const onDisk = async (source: AsyncIterable<Buffer>) => {
      for await (const chunk of source) {
        hash.update(chunk);
        bytes += chunk.length;
        await sink(chunk);
      }
    };
    if (!path.endsWith('.gz')) return onDisk(chunks);
    await pipeline(chunks, createGzip({ level: 1, chunkSize: CHUNK_BYTES }), onDisk);
  });
  return { bytes, sha256: hash.digest('hex') };
}
