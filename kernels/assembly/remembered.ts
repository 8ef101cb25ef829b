import { SLOT_BYTES, SLOT_CELL, SLOT_MADE, SLOTS } from '../layout';
import { copy, firstBytes, UNPLAIN } from './cells';

/**
 * A cache of the bytes that steps made from cells, for columns with few distinct cells that are expensive to make. A slot holds the column's number and
 * the lengths of the cell and of its result, then both. A hash of the cell picks the slot, and a later cell overwrites it.
 */

const CELL_LENGTH: usize = 4;
const MADE_LENGTH: usize = 8;
const CELL: usize = 12;
const MADE: usize = CELL + SLOT_CELL;

/** Odd, and half of their bits set. */
const FIRST_PRIME: u64 = 0x9e3779b185ebca87;
const SECOND_PRIME: u64 = 0xc2b2ae3d27d4eb4f;

function slotOf(slots: usize, column: u32, start: usize, end: usize): usize {
  let hash = <u64>column * FIRST_PRIME;
  let at = start;
  for (; at + 8 <= end; at += 8) hash = rotl<u64>((hash ^ load<u64>(at)) * SECOND_PRIME, 29);
  hash = (hash ^ (load<u64>(at) & firstBytes(end - at)) ^ (end - start)) * SECOND_PRIME;
  return slots + <usize>((hash >> 32) & (SLOTS - 1)) * SLOT_BYTES;
}

function isOf(slot: usize, column: u32, start: usize, end: usize): bool {
  const length = end - start;
  if (load<u32>(slot) !== column || <usize>load<u32>(slot, CELL_LENGTH) !== length) return false;
  let known = slot + CELL;
  let at = start;
  for (; at + 8 <= end; at += 8, known += 8) if (load<u64>(known) !== load<u64>(at)) return false;
  return ((load<u64>(known) ^ load<u64>(at)) & firstBytes(end - at)) === 0;
}

/** The result of the cell when it was last seen. */
export function recalled(slots: usize, column: u32, start: usize, end: usize, at: usize): usize {
  if (end - start > <usize>SLOT_CELL) return UNPLAIN;
  const slot = slotOf(slots, column, start, end);
  if (!isOf(slot, column, start, end)) return UNPLAIN;
  return copy(slot + MADE, <usize>load<u32>(slot, MADE_LENGTH), at);
}

/** Stores the result of a cell, unless either is long. */
export function remember(slots: usize, column: u32, start: usize, end: usize, made: usize, madeEnd: usize): void {
  const length = end - start;
  const madeLength = madeEnd - made;
  if (length > <usize>SLOT_CELL || madeLength > <usize>SLOT_MADE) return;
  const slot = slotOf(slots, column, start, end);
  store<u32>(slot, column);
  store<u32>(slot, <u32>length, CELL_LENGTH);
  store<u32>(slot, <u32>madeLength, MADE_LENGTH);
  copy(start, length, slot + CELL);
  copy(made, madeLength, slot + MADE);
}
