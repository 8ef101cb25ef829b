import { Buffer } from 'node:buffer';
import { digestText } from '../../core/model/digests.ts';
import type { EncodedRows } from '../../core/model/encoded.ts';
import type { RowHash } from '../../core/validation/validator.ts';
import { siphashModule } from './hashes/siphash-module.ts';
import { xxh64Module } from './hashes/xxh64-module.ts';

/** The exports of assembly/xxh64.ts and assembly/siphash.ts. Lengths and offsets are in bytes of the memory. */
interface HashExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  hash(at: number, length: number): bigint;
  sumOf(base: number, from: number, ends: number, count: number): bigint;
}

type KeyedExports = HashExports & { setKey(first: bigint, second: bigint): void };

const { Instance, Module } = WebAssembly;
const [xxh64, siphash] = [xxh64Module, siphashModule].map((text) => new Module(Buffer.from(text, 'base64')));

const PAGE_BYTES = 65_536;
/** Rows hashed per call: enough that the cost of a call does not show, few enough that the memory stays small. */
const GROUP_BYTES = 1024 * 1024;

const utf8 = new TextEncoder();

/** Hashes rows in the memory of one instance. */
class RowHasher {
  private readonly exports: HashExports;
  private memory: Uint8Array<ArrayBuffer>;

  constructor(exports: HashExports) {
    this.exports = exports;
    this.memory = new Uint8Array(exports.memory.buffer);
  }

  /** Of the UTF-8 of a canonical line. */
  line(line: string): bigint {
    const { written } = utf8.encodeInto(line, this.memoryOf(line.length * 3));
    return BigInt.asUintN(64, this.exports.hash(0, written));
  }

  /** The sum of the hashes of encoded rows, modulo 2⁶⁴. */
  rows(rows: EncodedRows): bigint {
    let sum = 0n;
    let start = 0;
    for (let row = 0; row < rows.count; ) {
      const next = endOfGroup(rows, row, start);
      sum += this.sumOfGroup(rows, { row, next, start });
      start = rows.ends[next - 1] as number;
      row = next;
    }
    return BigInt.asUintN(64, sum);
  }

  private sumOfGroup({ bytes, ends }: EncodedRows, { row, next, start }: Group): bigint {
    const end = ends[next - 1] as number;
    const base = (next - row) * 4;
    const room = this.memoryOf(base + end - start);
    new Uint32Array(room.buffer, 0, next - row).set(ends.subarray(row, next));
    room.set(bytes.subarray(start, end), base);
    return this.exports.sumOf(base - start, start, 0, next - row);
  }

  /** Returns the memory, grown to at least this many bytes. It never shrinks. */
  private memoryOf(bytes: number): Uint8Array<ArrayBuffer> {
    if (bytes <= this.memory.length) return this.memory;
    this.exports.memory.grow(Math.ceil((bytes - this.memory.length) / PAGE_BYTES));
    this.memory = new Uint8Array(this.exports.memory.buffer);
    return this.memory;
  }
}

interface Group {
  readonly row: number;
  readonly next: number;
  readonly start: number;
}

/** @returns the end (exclusive) of the group that begins with `row`. A group has at least one row. */
function endOfGroup({ ends, count }: EncodedRows, row: number, start: number): number {
  if ((ends[count - 1] as number) - start <= GROUP_BYTES) return count;
  let next = row + 1;
  while (next < count && (ends[next] as number) - start <= GROUP_BYTES) next++;
  return next;
}

const fixed = new RowHasher(new Instance(xxh64 as WebAssembly.Module).exports as unknown as HashExports);

/** The sum of the XXH64 (seed 0) of encoded rows, modulo 2⁶⁴: the digests of the ledger. */
export function hashRows(rows: EncodedRows): bigint {
  return fixed.rows(rows);
}

/** Hashes with a key. Whoever does not know it cannot prepare two rows with the same hash. */
export interface KeyedHashes {
  readonly hashRow: RowHash;
  readonly hashRows: (rows: EncodedRows) => bigint;
}

/** Makes the SipHash-1-3 of a key of 32 hex digits. */
export function keyedHashes(seed: string): KeyedHashes {
  const exports = new Instance(siphash as WebAssembly.Module).exports as unknown as KeyedExports;
  const key = Buffer.from(seed, 'hex');
  exports.setKey(key.readBigInt64LE(0), key.readBigInt64LE(8));
  const hasher = new RowHasher(exports);
  return { hashRow: (line) => hasher.line(line), hashRows: (rows) => hasher.rows(rows) };
}

/** An order-independent digest: the sum of the rows' hashes modulo 2⁶⁴, so a doubled row changes it and the order does not. */
export class Digest {
  private sum = 0n;

  add(rows: EncodedRows): void {
    this.sum += hashRows(rows);
  }

  /** 16 hex digits. */
  toString(): string {
    return digestText(this.sum);
  }
}
