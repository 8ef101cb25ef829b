/** Formats a sum of hashes as a digest: modulo 2⁶⁴, 16 hex digits. */
export function digestText(sum: bigint): string {
  return BigInt.asUintN(64, sum).toString(16).padStart(16, '0');
}

/** Adds up the digests of several parts or rows. */
export function sumOfDigests(digests: readonly string[]): string {
  return digestText(digests.reduce((sum, digest) => sum + BigInt(`0x${digest}`), 0n));
}
