import * as L from '../layout';
import { chosen, copy, isIn, UNPLAIN } from './cells';
import { decimalText, numeric } from './decimal';
import { float32, float64, floatText } from './float';
import { int16, int32, int64, integerText } from './integer';
import { members, membersJson } from './members';
import { recalled, remember } from './remembered';
import { bytes, jsonb, jsonText, text } from './text';
import { date, time, timestamp, timeText } from './time';
import { id, idText, uuid, uuidText } from './uuid';

/** Where the memory is free. */
export function base(): usize {
  return __heap_base;
}

/**
 * Makes a column of a row at `at` where no kernel does.
 * @returns the place after it; `NOT_PLAIN` when the row must take the reference path; `NO_ROOM`.
 */
declare function step(row: i32, column: i32, at: usize): usize;

/** No places. */
const NOT_PLAIN: usize = 0;
const NO_ROOM: usize = 1;

// State of the current job.
let program: usize = 0;
let cells: usize = 0;
let slots: usize = 0;
let growth: usize = 0;
/** Before it, any fixed part of a value has room, and all of the row that is not made of a cell. */
let limit: usize = 0;

/**
 * Encodes rows from `from` up to, not including, `to`, until one is not plain or does not fit.
 * @returns the first row that was not encoded; its complement when it is not plain.
 */
export function encode(job: usize, from: i32, to: i32): i32 {
  program = load<usize>(job, L.JOB_PROGRAM);
  cells = load<usize>(job, L.JOB_CELLS);
  slots = load<usize>(job, L.JOB_SLOTS);
  growth = load<usize>(job, L.JOB_GROWTH);
  limit = load<usize>(job, L.JOB_OUT_END) - load<usize>(job, L.JOB_FRAME) - L.ROOM;
  const stride = load<usize>(job, L.JOB_STRIDE);
  let bounds = load<usize>(job, L.JOB_BOUNDS) + <usize>from * stride;
  const start = load<usize>(job, L.JOB_OUT);
  let at = start;
  let end = load<usize>(job, L.JOB_ENDS);
  for (let row = from; row < to; row++) {
    at = encodeRow(job, row, bounds, at);
    if (at === NOT_PLAIN) return ~row;
    if (at === NO_ROOM) return row;
    store<u32>(end, at - start);
    end += L.WORD;
    bounds += stride;
  }
  return to;
}

/** @returns the place after the row, or as `step` does. */
function encodeRow(job: usize, row: i32, bounds: usize, begin: usize): usize {
  if (begin > limit) return NO_ROOM;
  const columns = load<i32>(job, L.JOB_COLUMNS);
  const between = program + load<usize>(job, L.JOB_BETWEEN);
  const betweenBytes = load<usize>(job, L.JOB_BETWEEN + L.WORD);
  let at = copy(program + load<usize>(job, L.JOB_BEGIN), load<usize>(job, L.JOB_BEGIN + L.WORD), begin);
  let record = program;
  for (let column = 0; column < columns; column++, record += L.RECORD_BYTES) {
    if (column > 0) at = copy(between, betweenBytes, at);
    at = load<i32>(record, L.KERNEL) === L.NONE ? step(row, column, at) : encodeCell(record, bounds, row, column, at);
    if (at <= NO_ROOM) return at;
  }
  return copy(program + load<usize>(job, L.JOB_END), load<usize>(job, L.JOB_END + L.WORD), at);
}

/** A column by its kernel, or by its step when the cell is not plain. */
function encodeCell(record: usize, bounds: usize, row: i32, column: i32, at: usize): usize {
  const read = load<i32>(record, L.READ);
  const isConstant = read < 0;
  const bound = bounds + read;
  const from = isConstant ? 0 : load<i32>(bound);
  if (from < 0 || isUnflagged(record, bounds)) return nullMade(record, at);
  const start = cells + from;
  const end = isConstant ? start : cells + load<i32>(bound, L.WORD);
  if (at + (end - start) * growth > limit) return NO_ROOM;
  const next = value(record, start, end, at);
  if (next !== UNPLAIN) return next;
  const stepped = step(row, column, at);
  const isRemembered = load<i32>(record, L.KERNEL) === L.REMEMBERED && stepped > NO_ROOM;
  if (isRemembered) remember(slots, load<u32>(record, L.FIRST), start, end, at, stepped);
  return stepped;
}

/** What the column becomes where its cell is NULL. */
function nullMade(record: usize, at: usize): usize {
  return copy(program + load<usize>(record, L.NULL_MADE), load<usize>(record, L.NULL_MADE + L.WORD), at);
}

/** Whether the column has a flag, and the flag's cell is not in its list. */
function isUnflagged(record: usize, bounds: usize): bool {
  const read = load<i32>(record, L.FLAG_READ);
  if (read < 0) return false;
  const from = load<i32>(bounds + read);
  if (from < 0) return true;
  const to = load<i32>(bounds + read, L.WORD);
  return !isIn(program + load<usize>(record, L.FLAG_CELLS), cells + from, cells + to);
}

/** The column of a cell that is not NULL, with the bytes around it. */
function value(record: usize, start: usize, end: usize, at: usize): usize {
  const nulls = load<usize>(record, L.NULL_CELLS);
  if (nulls !== 0 && isIn(program + nulls, start, end)) return nullMade(record, at);
  const wrap = load<i32>(record, L.WRAP);
  if (wrap === L.BARE) return body(record, start, end, at);
  if (wrap === L.SIZED) {
    const next = body(record, start, end, at + 4);
    if (next !== UNPLAIN) store<u32>(at, bswap<u32>(<u32>(next - at - 4)));
    return next;
  }
  store<u8>(at, QUOTE);
  const next = body(record, start, end, at + 1);
  if (next === UNPLAIN) return UNPLAIN;
  store<u8>(next, QUOTE);
  return next + 1;
}

const QUOTE: u8 = 34;

function body(record: usize, start: usize, end: usize, at: usize): usize {
  const first = load<i32>(record, L.FIRST);
  const second = load<i32>(record, L.SECOND);
  const third = load<i32>(record, L.THIRD);
  const data = program + load<usize>(record, L.DATA);
  switch (load<i32>(record, L.KERNEL)) {
    case L.MADE:
      return nullMade(record, at);
    case L.INTEGER_TEXT:
      return integerText(start, end, at, first);
    case L.INT16:
      return int16(start, end, at);
    case L.INT32:
      return int32(start, end, at);
    case L.INT64:
      return int64(start, end, at);
    case L.DECIMAL_TEXT:
      return decimalText(start, end, at, first, second, third);
    case L.NUMERIC:
      return numeric(start, end, at, first, second, third);
    case L.FLOAT32:
      return float32(start, end, at);
    case L.FLOAT64:
      return float64(start, end, at);
    case L.FLOAT_TEXT:
      return floatText(start, end, at, first);
    case L.DATE:
      return date(start, end, at, data);
    case L.TIME:
      return time(start, end, at, first);
    case L.TIMESTAMP:
      return timestamp(start, end, at, first, second, data);
    case L.TIME_TEXT:
      return timeText(start, end, at, first, second, data);
    case L.TEXT:
      return text(start, end, at, first);
    case L.JSON_TEXT:
      return jsonText(start, end, at);
    case L.JSONB:
      return jsonb(start, end, at);
    case L.BYTES:
      return bytes(start, end, at);
    case L.UUID:
      return uuid(start, end, at);
    case L.UUID_TEXT:
      return uuidText(start, end, at);
    case L.ID:
      return id(start, end, at, data);
    case L.ID_TEXT:
      return idText(start, end, at, data);
    case L.ONE_OF:
      return chosen(data, start, end, at);
    case L.MEMBERS:
      return members(start, end, at, data);
    case L.MEMBERS_JSON:
      return membersJson(start, end, at, data);
    case L.REMEMBERED:
      return recalled(slots, first, start, end, at);
    default:
      return UNPLAIN;
  }
}
