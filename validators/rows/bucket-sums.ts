import { BUCKETS } from './key-of-line.ts';

/** Rows and the sum of their hashes modulo 2⁶⁴ per bucket: the order of rows does not show, a doubled one does. */
export class BucketSums {
  private readonly rows = new Uint32Array(BUCKETS);
  private readonly sums = new BigUint64Array(BUCKETS);

  add(bucket: number, hash: bigint): void {
    this.rows[bucket] = (this.rows[bucket] as number) + 1;
    this.sums[bucket] = (this.sums[bucket] as bigint) + hash; // the array keeps 64 bits of it
  }

  /** Buckets that do not agree, with the larger of their numbers of rows. */
  differences(other: BucketSums): readonly { readonly bucket: number; readonly rows: number }[] {
    const found: { bucket: number; rows: number }[] = [];
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const rows = Math.max(this.rows[bucket] as number, other.rows[bucket] as number);
      const isSame = this.rows[bucket] === other.rows[bucket] && this.sums[bucket] === other.sums[bucket];
      if (!isSame) found.push({ bucket, rows });
    }
    return found;
  }
}
