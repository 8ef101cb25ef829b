import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type ByteSink, writeAtomically } from '../../../storage/atomic-file.ts';
import { writeFault } from '../fault.ts';

const CHUNK_BYTES = 512 * 1024;
/** A packed chunk is seldom longer than its buffer, and fewer buffers are faster. */
const packing = { level: 1, memLevel: 9, chunkSize: CHUNK_BYTES / 2 };
/** Leaves one of the pool's four threads to read and write. */
const MOST_PACKED_AT_ONCE = 3;

const pack = promisify<Uint8Array, typeof packing, Buffer>(gzip);

/** A part file on disk. */
export interface WrittenFile {
  readonly bytes: number;
  /** Hash of the bytes on disk, hex. */
  readonly sha256: string;
}

/**
 * Writes pieces of UTF-8 text as a file, packed when its name ends in `.gz`. Each 512 KB of the text is a gzip member of
 * level 1 without a time in its header, so that the same text gives the same file however it is cut. A piece may be
 * overwritten once the next is requested. The file is complete or absent.
 * @throws WaybillError as `writeExported` does, and any error of `pieces`.
 */
export async function writePartFile(
  path: string,
  label: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<WrittenFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  await writeExported(path, label, async (sink) => {
    const chunks = chunksOf(pieces);
    for await (const chunk of path.endsWith('.gz') ? packed(chunks) : chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      await sink(chunk);
    }
  });
  return { bytes, sha256: hash.digest('hex') };
}

/**
 * Writes a file of an export that is complete or absent, mode 0600; `label` names it in messages.
 * @throws WaybillError 'disk-full', or 'target-unavailable' when the directory may not be written to.
 */
export async function writeExported(
  path: string,
  label: string,
  fill: (sink: ByteSink) => Promise<void>,
): Promise<void> {
  await writeAtomically(path, fill, { toError: (cause) => writeFault(label, cause), removesLeftover: true });
}

/** Packs each chunk as a gzip member. The pool's threads pack several in parallel while the next rows are made. */
async function* packed(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const members: Promise<Buffer>[] = [];
  for await (const chunk of chunks) {
    const member = pack(chunk, packing);
    // A consumer that stops early never awaits the members that are still being packed.
    member.catch(() => undefined);
    members.push(member);
    if (members.length === MOST_PACKED_AT_ONCE) yield (await members.shift()) as Buffer;
  }
  yield* members;
}

/** Copies the pieces into chunks of 512 KB that are not overwritten. */
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
