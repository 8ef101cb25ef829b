import xxhash from 'xxhash-wasm';
import type { RowHash } from '../core/check.ts';
import type { EncodedRows } from '../core/encoded.ts';

const { h64, h64Raw } = await xxhash();

/** XXH64 with seed 0 over the UTF-8 of a canonical line. */
export const hashRow: RowHash = (line) => h64(line);

const MASK = (1n << 64n) - 1n;

/** The sum of the XXH64 of encoded rows, as big as it gets. */
export function hashRows({ bytes, ends, count }: EncodedRows): bigint {
  let sum = 0n;
  let start = 0;
  for (let row = 0; row < count; row++) {
    const end = ends[row] as number;
    sum += h64Raw(bytes.subarray(start, end));
    start = end;
  }
  return sum;
}

/** An order-independent digest: the sum of the rows' hashes modulo 2⁶⁴, so that a doubled row shows and order does not. */
export class Digest {
  private sum = 0n;

  add(rows: EncodedRows): void {
    this.sum += hashRows(rows);
  }

  /** 16 hex digits. */
  toString(): string {
    return (this.sum & MASK).toString(16).padStart(16, '0');
  }
}

/** The digest of several parts together. */
export function sumOfDigests(digests: readonly string[]): string {
  const sum = digests.reduce((total, digest) => total + BigInt(`0x${digest}`), 0n);
  return (sum & MASK).toString(16).padStart(16, '0');
}
