const MASK = (1n << 64n) - 1n;

/** The digest of several parts or rows together: their sum modulo 2⁶⁴, 16 hex digits. */
export function sumOfDigests(digests: readonly string[]): string {
  const sum = digests.reduce((total, digest) => total + BigInt(`0x${digest}`), 0n);
  return (sum & MASK).toString(16).padStart(16, '0');
}
