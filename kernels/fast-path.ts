import type { RuleStep } from '../core/mapping/mapper.ts';
import type { FastPath, FastRows, FastTask } from '../core/mapping/plan/fast-path.ts';
import type { CellBatch } from '../core/model/cells.ts';
import { compileColumn } from './compile.ts';
import { type Job, machineFor } from './machine.ts';
import { programOf } from './program.ts';
import type { CompiledColumn, Step } from './steps.ts';

/**
 * The fast path: from the cells of a source to the bytes of a target, without a JavaScript value between them.
 *
 *     reference way   cell ── reading.value ──▶ value ── rule.convert ──▶ value ── format.value ──▶ bytes
 *     fast path       cell ─────────────────────────── kernel ────────────────────────────────────▶ bytes
 *
 * A kernel does one pair of source type and target type under one operation, and of its cells only the plain ones: `42`,
 * `12.50`, `2020-02-29`, well-formed text. Any other cell goes the reference way, as all cells of a column without a kernel
 * do. If the reference path adjusts, rejects or cannot encode the value, the row is dropped here and mapped by the code that keeps
 * the records. So a kernel need not know what is wrong with a cell, and the fast path makes exactly the bytes of the
 * reference way or nothing; `test/kernels` holds each pair to that.
 *
 * The kernels, and the loop over rows and columns that calls them, are a module of WebAssembly (`assembly/`, in
 * AssemblyScript; `kernels-module.ts` is what it compiles to). A task becomes a program for it, a record a column:
 *
 *     fast-path ─▶ compile ─┬─▶ copy-binary, json-line   which kernel for which pair
 *               │           ├─▶ choice                   a few known cells: booleans, labels, "none"
 *               │           └─▶ steps                    columns that no kernel makes, and cells that it leaves
 *               ├─▶ program                              records, as layout.ts has them
 *               └─▶ machine ─▶ assembly/encode ─┬─▶ integer, decimal, float, time, text, uuid: the kernels
 *                                 rows, columns ├─▶ remembered: what steps made of the same cells before
 *                                               └─▶ step, back here, for the rest
 */
export const fastPath: FastPath = (task) => {
  if (task.steps.some(isOfRows)) return null;
  const columns: CompiledColumn[] = [];
  for (let place = 0; place < task.steps.length; place++) {
    const column = compileColumn(task, task.steps[place] as RuleStep, place);
    if (column === null) return null;
    columns.push(column);
  }
  return batchMaker(columns, task);
};

/** Whether more than the cells of one row decide. */
function isOfRows({ needsWholeRow = false, rule: { how } }: RuleStep): boolean {
  return needsWholeRow || (how.kind === 'row' && how.isStateful === true);
}

function batchMaker(columns: readonly CompiledColumn[], { format, source }: FastTask): (batch: CellBatch) => FastRows {
  const program = programOf(columns, format, source.length);
  const steps = columns.map(({ step }) => step);
  return (batch) => {
    const step: Job['step'] = (row, column) => (steps[column] as Step)(batch, row);
    const job = { program, batch, span: spanOf(batch, source.length), step };
    const machine = machineFor(job);
    return (from, to, out) => {
      for (let row = from; row < to; ) {
        machine.load(job);
        const next = machine.encode(row, to, out);
        if (next < 0) return ~next;
        // A row that the whole memory has no room for.
        if (next === row) return row;
        row = next;
      }
      return to;
    };
  };
}

/** The extent of a batch's cells; rows follow one another, and cells of one row may be in any order. */
function spanOf({ rows, bounds }: CellBatch, columns: number): Job['span'] {
  const placesOf = (row: number): Int32Array =>
    bounds.subarray(row * columns * 2, (row + 1) * columns * 2).filter((place) => place >= 0);
  let first = 0;
  while (first < rows && placesOf(first).length === 0) first++;
  if (first === rows) return { from: 0, length: 0 };
  let last = rows - 1;
  while (placesOf(last).length === 0) last--;
  const from = Math.min(...placesOf(first));
  return { from, length: Math.max(...placesOf(last)) - from };
}
