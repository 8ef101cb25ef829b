import { WORD } from '../layout';
import { chosen, UNPLAIN } from './cells';

/** The members of a set, joined by commas in the cell; each is one of a list of choices. */

const COMMA: u8 = 44;
const OPEN: u8 = 91;
const CLOSE: u8 = 93;
/** Of an array's head (PostgreSQL's array_send): dimensions, whether there are nulls, type; then length and lower bound. */
const TYPE: usize = 8;
const LENGTH: usize = 12;
const LOWER_BOUND: usize = 16;
const HEAD_BYTES: usize = 20;
const ONE: u32 = 0x01000000;

function memberEnd(at: usize, end: usize): usize {
  while (at < end && load<u8>(at) !== COMMA) at++;
  return at;
}

/** An array without its length. `data`: the members' type as it is sent, then the choices. */
export function members(start: usize, end: usize, at: usize, data: usize): usize {
  const isEmpty = start === end;
  store<u32>(at, isEmpty ? 0 : ONE);
  store<u32>(at, 0, 4);
  store<u32>(at, load<u32>(data), TYPE);
  if (isEmpty) return at + LENGTH;
  store<u32>(at, ONE, LOWER_BOUND);
  let next = at + HEAD_BYTES;
  let count: u32 = 0;
  for (let from = start; from <= end; count++) {
    const to = memberEnd(from, end);
    next = chosen(data + WORD, from, to, next);
    if (next === UNPLAIN) return UNPLAIN;
    from = to + 1;
  }
  store<u32>(at, bswap<u32>(count), LENGTH);
  return next;
}

/** A JSON array. `data`: the choices. */
export function membersJson(start: usize, end: usize, at: usize, data: usize): usize {
  store<u8>(at++, OPEN);
  for (let from = start; from <= end && start < end; ) {
    if (from > start) store<u8>(at++, COMMA);
    const to = memberEnd(from, end);
    at = chosen(data, from, to, at);
    if (at === UNPLAIN) return UNPLAIN;
    from = to + 1;
  }
  store<u8>(at, CLOSE);
  return at + 1;
}
