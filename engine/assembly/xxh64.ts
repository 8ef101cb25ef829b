/**
 * XXH64 with seed 0 (the algorithm's specification: XXH64, version 0.1.1), and its sum over rows that lie back to back.
 * `engine/parts/hashes/xxh64-module.ts` is what it compiles to.
 */

const PRIME_1: u64 = 0x9e3779b185ebca87;
const PRIME_2: u64 = 0xc2b2ae3d27d4eb4f;
const PRIME_3: u64 = 0x165667b19e3779f9;
const PRIME_4: u64 = 0x85ebca77c2b2ae63;
const PRIME_5: u64 = 0x27d4eb2f165667c5;
const STRIPE: usize = 32;

function round(sum: u64, input: u64): u64 {
  return rotl<u64>(sum + input * PRIME_2, 31) * PRIME_1;
}

function merge(hash: u64, sum: u64): u64 {
  return (hash ^ round(0, sum)) * PRIME_1 + PRIME_4;
}

/** Of `length` bytes at `at`. */
export function hash(at: usize, length: usize): u64 {
  const end = at + length;
  let sum: u64 = PRIME_5;
  if (length >= STRIPE) {
    let a: u64 = PRIME_1 + PRIME_2;
    let b: u64 = PRIME_2;
    let c: u64 = 0;
    let d: u64 = 0 - PRIME_1;
    do {
      a = round(a, load<u64>(at));
      b = round(b, load<u64>(at, 8));
      c = round(c, load<u64>(at, 16));
      d = round(d, load<u64>(at, 24));
      at += STRIPE;
    } while (at + STRIPE <= end);
    sum = rotl<u64>(a, 1) + rotl<u64>(b, 7) + rotl<u64>(c, 12) + rotl<u64>(d, 18);
    sum = merge(merge(merge(merge(sum, a), b), c), d);
  }
  sum += length;
  for (; at + 8 <= end; at += 8) sum = rotl<u64>(sum ^ round(0, load<u64>(at)), 27) * PRIME_1 + PRIME_4;
  if (at + 4 <= end) {
    sum = rotl<u64>(sum ^ (<u64>load<u32>(at) * PRIME_1), 23) * PRIME_2 + PRIME_3;
    at += 4;
  }
  for (; at < end; at++) sum = rotl<u64>(sum ^ (<u64>load<u8>(at) * PRIME_5), 11) * PRIME_1;
  sum = (sum ^ (sum >> 33)) * PRIME_2;
  sum = (sum ^ (sum >> 29)) * PRIME_3;
  return sum ^ (sum >> 32);
}

/** The sum of the hashes of `count` rows whose ends lie at `ends`; the first begins at `from`. `base`: where place 0 of both lies. */
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
