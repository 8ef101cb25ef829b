import { WORD } from '../layout';

/** The answer of a kernel that leaves its cell to the reference way. */
export const UNPLAIN: usize = 0;

/** Eight times the byte. */
const ONES: u64 = 0x0101010101010101;
const HIGH_BITS: u64 = 0x8080808080808080;

/** Whether any of the eight bytes is 0. */
export function hasZero(word: u64): bool {
  return ((word - ONES) & ~word & HIGH_BITS) !== 0;
}

/** Whether any of the eight bytes is not ASCII. */
export function hasHigh(word: u64): bool {
  return (word & HIGH_BITS) !== 0;
}

/** Ones in the first `count` bytes of eight, `count` below 8. */
export function firstBytes(count: usize): u64 {
  return ((<u64>1) << ((<u64>count) << 3)) - 1;
}

/** Copies bytes, writing up to seven after them too. @returns the place after them. */
export function copy(from: usize, length: usize, at: usize): usize {
  const end = at + length;
  while (at < end) {
    store<u64>(at, load<u64>(from));
    from += 8;
    at += 8;
  }
  return end;
}

function isEqual(a: usize, b: usize, length: usize): bool {
  for (let i: usize = 0; i < length; i++) if (load<u8>(a + i) !== load<u8>(b + i)) return false;
  return true;
}

/** Whether the cell is in a list: number of its cells, then of each its length and its bytes. */
export function isIn(list: usize, start: usize, end: usize): bool {
  const length = end - start;
  let entry = list + WORD;
  for (let left = load<i32>(list); left > 0; left--) {
    const size = <usize>load<u32>(entry);
    if (size === length && isEqual(entry + WORD, start, length)) return true;
    entry += <usize>WORD + size;
  }
  return false;
}

/** What a list of choices makes of the cell: their number, then of each both lengths, its cell, and what that becomes. */
export function chosen(list: usize, start: usize, end: usize, at: usize): usize {
  const length = end - start;
  let entry = list + WORD;
  for (let left = load<i32>(list); left > 0; left--) {
    const size = <usize>load<u32>(entry);
    const made = <usize>load<u32>(entry, WORD);
    const cell = entry + 2 * WORD;
    if (size === length && isEqual(cell, start, length)) return copy(cell + size, made, at);
    entry = cell + size + made;
  }
  return UNPLAIN;
}
