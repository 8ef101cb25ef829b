import xxhash from 'xxhash-wasm';
import type { RowHash } from '../core/check.ts';

const { h64 } = await xxhash();

/** XXH64 with seed 0 over the UTF-8 of a canonical line. */
export const hashRow: RowHash = (line) => h64(line);

const MASK = (1n << 64n) - 1n;

/** An order-independent digest: the sum of the rows' hashes modulo 2⁶⁴, so that a doubled row shows and order does not. */
export class Digest {
  private sum = 0n;

  add(line: string): void {
    this.sum += h64(line);
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
