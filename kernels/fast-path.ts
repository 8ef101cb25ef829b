import type { FastPath, FastRow, FastTask } from '../core/fast-path.ts';
import type { RuleStep } from '../core/mapper.ts';

import { compileColumn } from './compile.ts';

import { copyOf, growthOf, type Kernel, ROOM, unplain } from './kernel.ts';
import type { CompiledColumn, Step } from './steps.ts';

/**
 * The fast path: from the cells of a source to the bytes of a target, without a JavaScript value between them.
 *
 *     reference way   cell ── reading.value ──▶ value ── rule.convert ──▶ value ── format.value ──▶ bytes
 *     fast path       cell ─────────────────────────── kernel ────────────────────────────────────▶ bytes
 *
 * A kernel (kernel.ts) does one pair of source type and target type under one operation, and of its cells only the plain
 * ones: `42`, `12.50`, `2020-02-29`, well-formed text. Of any other it says `unplain`, and that cell goes the reference way,
 * as all cells of a column without a kernel do. Should the reference way adjust, reject or not encode the value, the row
 * is dropped here and mapped by whoever keeps the records. So a kernel need not know what is wrong with a cell, and the
 * fast path makes exactly the bytes of the reference way or nothing; `test/kernels` holds each pair to that.
 *
 *     fast-path ─▶ compile ─┬─▶ copy-binary, json-line   which kernel for which pair
 *                           │      └─▶ integer, decimal, float, time, text, uuid, canonical-text   the kernels
 *                           ├─▶ choice                   kernels for a few known cells: booleans, labels, "none"
 *                           └─▶ steps                    columns that more than one cell or a memory decides
 *
 * The loop calls a kernel a cell through an array of closures: 1.6 million rows of 18 narrow cells a second on one core. A
 * `switch` that calls the hottest kernels directly was 8 % faster in most processes and a third slower in others.
 */
export const fastPath: FastPath = (task) => {
  if (task.steps.some(isOfRows)) return null;
  const columns: CompiledColumn[] = [];
  for (let place = 0; place < task.steps.length; place++) {
    const column = compileColumn(task, task.steps[place] as RuleStep, place);
    if (column === null) return null;
    columns.push(column);
  }
  return rowMaker(columns, task);
};

/** Whether more than the cells of one row decide. */
function isOfRows({ needsWholeRow = false, rule: { how } }: RuleStep): boolean {
  return needsWholeRow || (how.kind === 'row' && how.isStateful === true);
}

function rowMaker(columns: readonly CompiledColumn[], { format, source }: FastTask): FastRow {
  const { begin, between, end } = format;
  const growth = growthOf(format);
  const stride = source.length * 2;
  const count = columns.length;
  const kernels = columns.map(({ kernel }) => kernel);
  const steps = columns.map(({ step }) => step);
  const nulls = columns.map(({ nullMade }) => nullMade);
  const reads = Int32Array.from(columns, ({ read }) => read * 2);
  // Room that is kept beyond every cell, for all that is not made of a cell.
  const frame = nulls.reduce((sum, each) => sum + each.length, begin.length + end.length + count * between.length);
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one loop without calls but the kernels'
  return (batch, row, into) => {
    const { bytes, bounds } = batch;
    const first = row * stride;
    into.reserve(frame);
    let out = into.bytes;
    let at = copyOf(begin, out, into.at);
    for (let i = 0; i < count; i++) {
      if (i > 0) at = copyOf(between, out, at);
      const kernel = kernels[i] as Kernel | null;
      let next = unplain;
      if (kernel !== null) {
        const read = reads[i] as number;
        const start = read < 0 ? 0 : (bounds[first + read] as number);
        if (start < 0) {
          at = copyOf(nulls[i] as Uint8Array, out, at);
          continue;
        }
        const stop = read < 0 ? 0 : (bounds[first + read + 1] as number);
        const room = ROOM + (stop - start) * growth + frame;
        if (at + room > out.length) {
          into.at = at;
          into.reserve(room);
          out = into.bytes;
        }
        next = kernel(bytes, start, stop, out, at);
      }
      if (next >= 0) at = next;
      else {
        into.at = at;
        if (!(steps[i] as Step)(batch, row, into)) {
          into.dropRow();
          return false;
        }
        into.reserve(frame);
        out = into.bytes;
        at = into.at;
      }
    }
    into.at = copyOf(end, out, at);
    into.endRow();
    return true;
  };
}
