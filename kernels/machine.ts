import type { CellBatch } from '../core/model/cells.ts';
import type { RowBuffer } from '../core/model/encoded.ts';
import { kernelsModule } from './kernels-module.ts';
import * as layout from './layout.ts';
import type { Program } from './program.ts';

/** See assembly/encode.ts. */
interface Exports {
  base(): number;
  encode(job: number, from: number, to: number): number;
}

/** Makes a column of a row in `into`. @returns where it ends; `notPlain` or `noRoom`. */
type StepIn = (row: number, column: number, at: number) => number;

const { Instance, Memory, Module } = WebAssembly;
const module = new Module(Uint8Array.from(atob(kernelsModule), (character) => character.charCodeAt(0)));

const PAGE_BYTES = 65_536;
/** Places that no column ends at. */
const [notPlain, noRoom] = [0, 1];
/** Bytes after cells and rows for access eight bytes at a time. */
const SLACK = 16;

/** Bytes of the parts of a memory. */
interface Sizes {
  readonly program: number;
  readonly bounds: number;
  readonly cells: number;
  readonly out: number;
}

const KB = 1024;
/** For batches of usual size, and for rows of a few megabytes; unused memory costs nothing. */
const tiers: readonly Sizes[] = [
  { program: 256 * KB, bounds: 512 * KB, cells: 512 * KB, out: 1024 * KB },
  { program: 256 * KB, bounds: 512 * KB, cells: 4096 * KB, out: 32 * 1024 * KB },
];
/** Most that a memory is asked for; rows that need more take the reference path. */
const MOST_OUT = 2 ** 31;

/** Rows of one call. */
const MOST_ROWS = 16_384;

/** Cells of a batch, in the order of the rows. */
interface Span {
  /** Where the first of them begins. */
  readonly from: number;
  readonly length: number;
}

/** An instance of the module with a memory of fixed size. What it works on stays there until another job is loaded. */
class Machine {
  step: StepIn = () => notPlain;
  #loaded: Job | null = null;
  readonly #sizes: Sizes;
  readonly #exports: Exports;
  readonly #bytes: Uint8Array;
  readonly #words: Int32Array;
  readonly #ends: Uint32Array;
  readonly #at: { readonly [Part in 'job' | 'slots' | 'program' | 'bounds' | 'cells' | 'out']: number };

  constructor(sizes: Sizes) {
    const { program, bounds, cells, out } = sizes;
    const ends = MOST_ROWS * layout.WORD;
    const slots = layout.SLOTS * layout.SLOT_BYTES;
    const all = layout.JOB_BYTES + slots + program + bounds + ends + cells + out + 2 * SLACK;
    const memory = new Memory({ initial: Math.ceil(all / PAGE_BYTES) + 1 });
    const step: StepIn = (row, column, at) => this.step(row, column, at);
    this.#exports = new Instance(module, { env: { memory }, encode: { step } }).exports as unknown as Exports;
    const job = this.#exports.base();
    const slotsAt = job + layout.JOB_BYTES;
    const programAt = slotsAt + slots;
    const boundsAt = programAt + program;
    const endsAt = boundsAt + bounds;
    const cellsAt = endsAt + ends;
    this.#at = {
      job,
      slots: slotsAt,
      program: programAt,
      bounds: boundsAt,
      cells: cellsAt,
      out: cellsAt + cells + SLACK,
    };
    this.#sizes = sizes;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#words = new Int32Array(memory.buffer);
    this.#ends = new Uint32Array(memory.buffer, endsAt, MOST_ROWS);
  }

  /** Copies the job into its memory, unless it is the one that is there. */
  load(job: Job): void {
    if (this.#loaded === job) return;
    const { program, batch, span } = job;
    const at = this.#at;
    this.#bytes.set(program.bytes, at.program);
    this.#words.set(batch.bounds.subarray(0, batch.rows * program.reads * 2), at.bounds / layout.WORD);
    this.#bytes.set(batch.bytes.subarray(span.from, span.from + span.length), at.cells);
    const write = (field: number, ...values: readonly number[]): void =>
      this.#words.set(values, (at.job + field) / layout.WORD);
    write(layout.JOB_COLUMNS, program.columns);
    write(layout.JOB_PROGRAM, at.program);
    write(layout.JOB_BOUNDS, at.bounds);
    write(layout.JOB_STRIDE, program.reads * 2 * layout.WORD);
    write(layout.JOB_CELLS, at.cells - span.from);
    write(layout.JOB_OUT, at.out);
    write(layout.JOB_OUT_END, at.out + this.#sizes.out);
    write(layout.JOB_ENDS, this.#ends.byteOffset);
    write(layout.JOB_GROWTH, program.growth);
    write(layout.JOB_FRAME, program.frame);
    write(layout.JOB_BEGIN, ...program.begin);
    write(layout.JOB_BETWEEN, ...program.between);
    write(layout.JOB_END, ...program.end);
    write(layout.JOB_SLOTS, at.slots);
    this.#loaded = job;
    this.step = (row, column, place) => this.#made(job.step(row, column), place >>> 0, program.frame);
  }

  /**
   * Encodes rows of the job that is loaded, from `from` up to, not including, `to`, or as many as there is room for.
   * @returns the first that was not encoded; its complement when it is not plain.
   */
  encode(from: number, to: number, out: RowBuffer): number {
    const reached = this.#exports.encode(this.#at.job, from, Math.min(to, from + MOST_ROWS));
    const count = (reached < 0 ? ~reached : reached) - from;
    if (count > 0) {
      const end = this.#ends[count - 1] as number;
      out.appendRows(this.#bytes.subarray(this.#at.out, this.#at.out + end), this.#ends.subarray(0, count));
    }
    return reached;
  }

  /** Copies the bytes of a step to the row's current place. */
  #made(made: Uint8Array | null, at: number, frame: number): number {
    if (made === null) return notPlain;
    const end = at + made.length;
    if (end + frame + layout.ROOM > this.#at.out + this.#sizes.out) return noRoom;
    this.#bytes.set(made, at);
    return end;
  }
}

/** A batch and the program that encodes it. */
export interface Job {
  readonly program: Program;
  readonly batch: CellBatch;
  readonly span: Span;
  /** The bytes of a column that the module does not make; null when the row must take the reference path. */
  step(row: number, column: number): Uint8Array | null;
}

/** Shared by all jobs of their size: results are copied out at once, so that jobs can alternate. */
const shared: (Machine | undefined)[] = [];

/** The machine for a job; a separate one where the batch is larger than every tier, freed after the job. */
export function machineFor({ program, batch, span }: Job): Machine {
  const made = program.growth * span.length + program.frame + layout.ROOM * (program.columns + 1);
  const needs: Sizes = {
    program: program.bytes.length,
    bounds: batch.rows * program.reads * 2 * layout.WORD,
    cells: span.length,
    out: Math.min(made, MOST_OUT),
  };
  const tier = tiers.findIndex((sizes) => holds(sizes, needs));
  if (tier < 0) return new Machine(needs);
  shared[tier] ??= new Machine(tiers[tier] as Sizes);
  return shared[tier];
}

/** Whether a machine holds a job; results of many rows are copied out piece by piece. */
function holds(sizes: Sizes, { program, bounds, cells }: Sizes): boolean {
  return program <= sizes.program && bounds <= sizes.bounds && cells <= sizes.cells;
}
