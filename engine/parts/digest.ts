import { Buffer } from 'node:buffer';
import { digestText } from '../../core/model/digests.ts';
import type { EncodedRows } from '../../core/model/encoded.ts';
import type { RowHash } from '../../core/validation/validator.ts';
import { xxh64Module } from './xxh64-module.ts';

/** The exports of assembly/xxh64.ts. Lengths and offsets are in bytes of its memory. */
interface Xxh64 {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  hash(at: number, length: number): bigint;
  sumOf(base: number, from: number, ends: number, count: number): bigint;
}

const { Instance, Module } = WebAssembly;
const xxh64 = new Instance(new Module(Buffer.from(xxh64Module, 'base64'))).exports as unknown as Xxh64;

const PAGE_BYTES = 65_536;
/** Rows hashed per call: enough that the cost of a call does not show, few enough that the memory stays small. */
const GROUP_BYTES = 1024 * 1024;

let memory = new Uint8Array(xxh64.memory.buffer);

/** Returns the module's memory, grown to at least this many bytes. It never shrinks. */
function memoryOf(bytes: number): Uint8Array {
  if (bytes <= memory.length) return memory;
  xxh64.memory.grow(Math.ceil((bytes - memory.length) / PAGE_BYTES));
  memory = new Uint8Array(xxh64.memory.buffer);
  return memory;
}

const utf8 = new TextEncoder();

/** XXH64 with seed 0 over the UTF-8 of a canonical line. */
export const hashRow: RowHash = (line) => {
  const { written } = utf8.encodeInto(line, memoryOf(line.length * 3));
  return BigInt.asUintN(64, xxh64.hash(0, written));
};

/** The sum of the XXH64 of encoded rows, modulo 2⁶⁴. */
export function hashRows(rows: EncodedRows): bigint {
  let sum = 0n;
  let start = 0;
  for (let row = 0; row < rows.count; ) {
    const next = endOfGroup(rows, row, start);
    sum += sumOfGroup(rows, { row, next, start });
    start = rows.ends[next - 1] as number;
    row = next;
  }
  return BigInt.asUintN(64, sum);
}

/** @returns the end (exclusive) of the group that begins with `row`. A group has at least one row. */
function endOfGroup({ ends, count }: EncodedRows, row: number, start: number): number {
  if ((ends[count - 1] as number) - start <= GROUP_BYTES) return count;
  let next = row + 1;
  while (next < count && (ends[next] as number) - start <= GROUP_BYTES) next++;
  return next;
}

interface Group {
  readonly row: number;
  readonly next: number;
  readonly start: number;
}

function sumOfGroup({ bytes, ends }: EncodedRows, { row, next, start }: Group): bigint {
  const end = ends[next - 1] as number;
  const base = (next - row) * 4;
  const room = memoryOf(base + end - start);
  new Uint32Array(room.buffer, 0, next - row).set(ends.subarray(row, next));
  room.set(bytes.subarray(start, end), base);
  return xxh64.sumOf(base - start, start, 0, next - row);
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
