import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import openXxhash from 'xxhash-wasm';
import type { EncodedRows } from '../../../core/model/encoded.ts';
import { hashRows, keyedHashes } from '../../../engine/parts/digest.ts';

const { h64Raw } = await openXxhash();

const wholeSum = (rows: readonly Uint8Array[]): bigint =>
  BigInt.asUintN(
    64,
    rows.reduce((sum, row) => sum + h64Raw(row), 0n),
  );

function encoded(rows: readonly Uint8Array[]): EncodedRows {
  let end = 0;
  const ends = Uint32Array.from(rows, (row) => {
    end += row.length;
    return end;
  });
  return { count: rows.length, bytes: Buffer.concat(rows), ends };
}

describe('hashes', () => {
  it('are XXH64 of rows of every length, summed up', () => {
    const rows = Array.from({ length: 200 }, (_, length) => Uint8Array.from({ length }, (_, i) => i * 7 + length));
    for (const row of rows) expect(hashRows(encoded([row]))).toBe(wholeSum([row]));
    expect(hashRows(encoded(rows))).toBe(wholeSum(rows));
    expect(hashRows(encoded([]))).toBe(0n);
  });

  it('are the same over any rows', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (rows) => hashRows(encoded(rows)) === wholeSum(rows)),
    );
  });

  it('accept rows that are larger than a group, with small ones before and after them', () => {
    const sizes = [10, 700_000, 500_000, 3_000_000, 0, 20, 1_048_576, 1_048_577, 5];
    const rows = sizes.map((size, n) => new Uint8Array(size).fill(n + 1));
    expect(hashRows(encoded(rows))).toBe(wholeSum(rows));
  });

  it('ignore rows beyond the count, and bytes after the last row', () => {
    const rows = [Uint8Array.of(1, 2), Uint8Array.of(3), Uint8Array.of(4, 5, 6)];
    expect(hashRows({ ...encoded(rows), count: 2 })).toBe(wholeSum(rows.slice(0, 2)));
  });
});

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('hashes with a key', () => {
  /** SipHash-1-3 of the bytes 0, 1, 2, … with the key 00 01 … 0f, from an implementation of its own. */
  function reference(bytes: Uint8Array, seed: string): bigint {
    const mask = 2n ** 64n - 1n;
    const rotate = (x: bigint, by: bigint): bigint => ((x << by) | (x >> (64n - by))) & mask;
    const word = (at: Uint8Array): bigint => at.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    const key = Buffer.from(seed, 'hex');
    const [k0, k1] = [word(key.subarray(0, 8)), word(key.subarray(8))];
    let [a, b, c, d] = [
      k0 ^ 0x736f6d6570736575n,
      k1 ^ 0x646f72616e646f6dn,
      k0 ^ 0x6c7967656e657261n,
      k1 ^ 0x7465646279746573n,
    ];
    const round = (): void => {
      a = (a + b) & mask;
      b = rotate(b, 13n) ^ a;
      a = rotate(a, 32n);
      c = (c + d) & mask;
      d = rotate(d, 16n) ^ c;
      a = (a + d) & mask;
      d = rotate(d, 21n) ^ a;
      c = (c + b) & mask;
      b = rotate(b, 17n) ^ c;
      c = rotate(c, 32n);
    };
    const whole = bytes.length - (bytes.length % 8);
    const words = Array.from({ length: whole / 8 }, (_, i) => word(bytes.subarray(i * 8, i * 8 + 8)));
    for (const one of [...words, word(bytes.subarray(whole)) | (BigInt(bytes.length % 256) << 56n)]) {
      d ^= one;
      round();
      a ^= one;
    }
    c ^= 0xffn;
    for (let i = 0; i < 3; i++) round();
    return a ^ b ^ c ^ d;
  }

  it('are SipHash-1-3 of rows of every length, and of lines', () => {
    const seed = '000102030405060708090a0b0c0d0e0f';
    const keyed = keyedHashes(seed);
    for (let length = 0; length < 70; length++) {
      const row = Uint8Array.from({ length }, (_, i) => i);
      expect(keyed.hashRows(encoded([row]))).toBe(reference(row, seed));
    }
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        (line) => keyed.hashRow(line) === reference(utf8(line), seed),
      ),
    );
  });

  it('tell rows apart that collide in XXH64 whatever its seed', () => {
    const [one, other] = collisionOfXxh64();
    expect(one).not.toEqual(other);
    for (const seed of [0n, 1n, 0x1234_5678_9abc_def0n]) expect(h64Raw(one, seed)).toBe(h64Raw(other, seed));
    const keyed = keyedHashes('00112233445566778899aabbccddeeff');
    expect(keyed.hashRows(encoded([one]))).not.toBe(keyed.hashRows(encoded([other])));
    const again = keyedHashes('ff'.repeat(16));
    expect(again.hashRows(encoded([one]))).not.toBe(keyed.hashRows(encoded([one])));
  });
});

/**
 * Two rows of 16 bytes with the same XXH64 for every seed: the last words of a row are mixed one after the other, and a difference in
 * one bit of the first mixed word is undone by one bit of the second.
 */
function collisionOfXxh64(): readonly [Uint8Array, Uint8Array] {
  const words = [0x6120_7072_696e_7461n, 0x626c_6520_726f_7721n];
  const others = [unmixed(mixed(words[0] as bigint) ^ (1n << 36n)), unmixed(mixed(words[1] as bigint) ^ (1n << 63n))];
  return [bytesOf(words), bytesOf(others)];
}

const [prime1, prime2] = [0x9e3779b185ebca87n, 0xc2b2ae3d27d4eb4fn];
const low64 = (x: bigint): bigint => BigInt.asUintN(64, x);
const rotated = (x: bigint, by: bigint): bigint => low64((x << by) | (x >> (64n - by)));
const mixed = (word: bigint): bigint => low64(rotated(low64(word * prime2), 31n) * prime1);
const unmixed = (mix: bigint): bigint => low64(rotated(low64(mix * inverse(prime1)), 33n) * inverse(prime2));

/** The inverse of an odd number modulo 2⁶⁴, by Newton's iteration. */
function inverse(odd: bigint): bigint {
  let found = odd;
  for (let i = 0; i < 6; i++) found = low64(found * (2n - odd * found));
  return found;
}

function bytesOf(words: readonly bigint[]): Uint8Array {
  const bytes = Buffer.alloc(words.length * 8);
  for (const [i, word] of words.entries()) bytes.writeBigUInt64LE(word, i * 8);
  return bytes;
}
