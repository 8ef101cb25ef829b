/**
 * SipHash-1-3 with 64 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF"), and its sum over rows that lie
 * back to back. `engine/parts/hashes/siphash-module.ts` is what it compiles to.
 */

let key0: u64 = 0;
let key1: u64 = 0;

/** Sets the key of all later hashes. */
export function setKey(first: u64, second: u64): void {
  key0 = first;
  key1 = second;
}

/** The last word: the bytes at `at` that fill no word, and the length modulo 256 in the highest byte. */
function lastWord(at: usize, bytes: i32, length: usize): u64 {
  let word: u64 = (<u64>length) << 56;
  for (let i = 0; i < bytes; i++) word |= (<u64>load<u8>(at + i)) << ((<u64>i) << 3);
  return word;
}

/** Of `length` bytes at `at`: a round for each word and for the last word, then three more. */
export function hash(at: usize, length: usize): u64 {
  let a: u64 = key0 ^ 0x736f6d6570736575;
  let b: u64 = key1 ^ 0x646f72616e646f6d;
  let c: u64 = key0 ^ 0x6c7967656e657261;
  let d: u64 = key1 ^ 0x7465646279746573;
  const words = <i32>(length >> 3);
  for (let i = 0; i < words + 4; i++) {
    let word: u64 = 0;
    if (i < words) word = load<u64>(at + ((<usize>i) << 3));
    else if (i === words) word = lastWord(at + ((<usize>i) << 3), <i32>(length & 7), length);
    else if (i === words + 1) c ^= 0xff;
    d ^= word;
    a += b;
    b = rotl<u64>(b, 13) ^ a;
    a = rotl<u64>(a, 32);
    c += d;
    d = rotl<u64>(d, 16) ^ c;
    a += d;
    d = rotl<u64>(d, 21) ^ a;
    c += b;
    b = rotl<u64>(b, 17) ^ c;
    c = rotl<u64>(c, 32);
    a ^= word;
  }
  return a ^ b ^ c ^ d;
}

/** As `sumOf` of xxh64.ts. */
export function sumOf(base: usize, from: usize, ends: usize, count: usize): u64 {
  const last = ends + (count << 2);
  let sum: u64 = 0;
  for (; ends < last; ends += 4) {
    const end = <usize>load<u32>(ends);
    sum += hash(base + from, end - from);
    from = end;
  }
  return sum;
}
