import * as L from '../scan-layout';
import { base64Bytes, base64End } from './base64';
import { BACKSLASH, NONE, plainEnd, QUOTE } from './bytes';
import { stringEnd, withoutEscapes } from './escapes';

/**
 * Finds the cells of lines in their bytes. It knows only the form that waybill writes: no white space, integers in their
 * shortest form, base64 in the standard alphabet.
 */

const COMMA: u8 = 0x2c;
const OPEN: u8 = 0x5b;
const CLOSE: u8 = 0x5d;
const BRACE: u8 = 0x7b;
const MINUS: u8 = 0x2d;
const ZERO: u8 = 0x30;
const LINE_FEED: u8 = 0x0a;
/** Fields of four bytes in the memory. */
const NULL: u32 = 0x6c6c756e;
const TRUE: u32 = 0x65757274;
const FALS: u32 = 0x736c6166;
const LETTER_E: u8 = 0x65;

/** Returns the first free address. */
export function base(): usize {
  return __heap_base;
}

/** Address of the text. */
let text: usize = 0;

/**
 * Scans lines of the text from `from` up to `to`, where a line must end. It stops when there are enough for a batch, when
 * the bounds are full, or at a line that is not in waybill's own form or does not match the forms; that line is not
 * changed. Begin and end of the requested cells are written row by row, -1 and -1 for null. They enclose the inside of a
 * string, the first letter of true and false, and the whole text of an array. Escapes and base64 are decoded in place.
 * @returns the number of scanned lines.
 */
export function scan(job: usize, from: i32, to: i32): i32 {
  text = load<usize>(job, L.JOB_TEXT);
  const size = load<usize>(job, L.JOB_WANTED) * L.BOUND;
  const boundsEnd = load<usize>(job, L.JOB_BOUNDS_END);
  const end = text + to;
  const enough = text + from + load<usize>(job, L.JOB_BATCH);
  let bounds = load<usize>(job, L.JOB_BOUNDS);
  let rows = 0;
  let at = text + from;
  while (at < end && bounds + size <= boundsEnd) {
    const next = scanLine(job, at);
    if (next === NONE || (rows > 0 && next > enough)) break;
    keep(job, bounds);
    bounds += size;
    rows++;
    at = next;
  }
  store<usize>(job, at - text, L.JOB_REACHED);
  return rows;
}

/** Writes the bounds of all cells of a line. @returns the place after its line feed, or `NONE`. */
function scanLine(job: usize, at: usize): usize {
  if (load<u8>(at++) !== OPEN) return NONE;
  const forms = load<usize>(job, L.JOB_FORMS);
  const formsEnd = forms + load<usize>(job, L.JOB_COLUMNS);
  let cell = load<usize>(job, L.JOB_CELLS);
  for (let form = forms; form < formsEnd; form++, cell += L.BOUND) {
    if (form > forms && load<u8>(at++) !== COMMA) return NONE;
    if (load<u32>(at) === NULL) {
      store<i64>(cell, -1);
      at += 4;
    } else {
      at = scanCell(at, load<u8>(form), cell);
      if (at === NONE) return NONE;
    }
  }
  return load<u8>(at) === CLOSE && load<u8>(at, 1) === LINE_FEED ? at + 2 : NONE;
}

/** For a cell that must be decoded first, `begin` is stored as its complement. */
function bound(cell: usize, begin: usize, end: usize, isCoded: bool): void {
  const from = <i32>(begin - text);
  store<i32>(cell, isCoded ? ~from : from);
  store<i32>(cell, <i32>(end - text), L.WORD);
}

/** Scans a cell that is not null. @returns the place after it, or `NONE`. */
function scanCell(at: usize, form: u8, cell: usize): usize {
  if (form === L.TEXT) return scanText(at, cell);
  const after = cellEnd(at, form);
  if (form === L.BYTES) bound(cell, at + 1, after - 1, true);
  else bound(cell, at, form === L.BOOLEAN ? at + 1 : after, false);
  return after;
}

function cellEnd(at: usize, form: u8): usize {
  if (form === L.INTEGER) return integerEnd(at);
  if (form === L.BOOLEAN) return booleanEnd(at);
  return form === L.BYTES ? base64End(at) : arrayEnd(at);
}

function scanText(quote: usize, cell: usize): usize {
  if (load<u8>(quote) !== QUOTE) return NONE;
  const begin = quote + 1;
  const plain = plainEnd(begin);
  const byte = load<u8>(plain);
  if (byte === QUOTE) {
    bound(cell, begin, plain, false);
    return plain + 1;
  }
  const end = byte === BACKSLASH ? stringEnd(plain) : NONE;
  if (end === NONE) return NONE;
  bound(cell, begin, end, true);
  return end + 1;
}

/** Finds the end of `-?[1-9]\d*` or `0`; the caller checks what follows. */
function integerEnd(from: usize): usize {
  if (load<u8>(from) === ZERO) return from + 1;
  const first = load<u8>(from) === MINUS ? from + 1 : from;
  let at = first;
  while (<u8>(load<u8>(at) - ZERO) <= 9) at++;
  return at === first || load<u8>(first) === ZERO ? NONE : at;
}

function booleanEnd(at: usize): usize {
  const word = load<u32>(at);
  if (word === TRUE) return at + 4;
  return word === FALS && load<u8>(at, 4) === LETTER_E ? at + 5 : NONE;
}

/** Finds the end of an array of strings and nulls, or of a string that is an array's literal. */
function arrayEnd(from: usize): usize {
  const second = load<u8>(from, 1);
  if (load<u8>(from) === QUOTE) return second === BRACE || second === OPEN ? memberEnd(from) : NONE;
  if (load<u8>(from) !== OPEN) return NONE;
  if (second === CLOSE) return from + 2;
  let at = from;
  do {
    at = memberEnd(at + 1);
  } while (at !== NONE && load<u8>(at) === COMMA);
  return at !== NONE && load<u8>(at) === CLOSE ? at + 1 : NONE;
}

/** Finds the end of a string or a null. */
function memberEnd(at: usize): usize {
  if (load<u32>(at) === NULL) return at + 4;
  const end = load<u8>(at) === QUOTE ? stringEnd(at + 1) : NONE;
  return end === NONE ? NONE : end + 1;
}

/** Writes the bounds of the requested cells of the line scanned last, and decodes the cells that are not plain. */
function keep(job: usize, bounds: usize): void {
  const cells = load<usize>(job, L.JOB_CELLS);
  const places = load<usize>(job, L.JOB_PLACES);
  const placesEnd = places + load<usize>(job, L.JOB_WANTED) * L.WORD;
  for (let place = places; place < placesEnd; place += L.WORD) {
    const column = load<usize>(place);
    const cell = cells + column * L.BOUND;
    if (load<i32>(cell) < -1) decode(cell, load<u8>(load<usize>(job, L.JOB_FORMS) + column));
    store<u64>(bounds, load<u64>(cell));
    bounds += L.BOUND;
  }
}

/** Decodes a cell. Its bounds are then those of a plain cell, because a column may be requested twice. */
function decode(cell: usize, form: u8): void {
  const begin = text + ~load<i32>(cell);
  const end = text + load<i32>(cell, L.WORD);
  bound(cell, begin, form === L.BYTES ? base64Bytes(begin, end) : withoutEscapes(begin, end), false);
}
