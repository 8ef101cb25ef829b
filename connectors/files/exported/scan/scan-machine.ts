import { FIRST_BYTES } from '../../../../storage/line-gatherer.ts';
import * as layout from './scan-layout.ts';
import { scanModule } from './scan-module.ts';

/** The exports of assembly/scan.ts. */
interface Exports {
  base(): number;
  scan(job: number, from: number, to: number): number;
}

const { Instance, Memory, Module } = WebAssembly;
const module = new Module(Buffer.from(scanModule, 'base64'));

const PAGE_BYTES = 65_536;
/** Bytes after the text, because it is read eight bytes at a time. */
const SLACK = 16;
/** Approximate bytes of the lines of one batch. */
const BATCH_BYTES = 256 * 1024;
/**
 * A cell and its separator take at least two bytes, so only columns requested twice can need more. A single line that does
 * not fit is left to the exact decoder.
 */
const BOUNDS_BYTES = (BATCH_BYTES / 2) * layout.BOUND;
/** Room for the forms and positions of a table of some thousand columns. */
const TABLE_BYTES = 128 * 1024;
const USUAL_PAGES = Math.ceil((TABLE_BYTES + BOUNDS_BYTES + FIRST_BYTES + SLACK) / PAGE_BYTES);

/** The cells to find in the lines of a table. */
export interface ScanTask {
  /** Form of each column, as in scan-layout.ts. */
  readonly forms: Uint8Array;
  /** Positions of the requested columns among them. */
  readonly places: Uint32Array;
}

/** The number of scanned lines, and where the next one begins. */
interface Taken {
  readonly rows: number;
  readonly at: number;
}

/**
 * An instance of the module and its memory: the job, the data it points to, the bounds, then text up to the end. Serves
 * one reading at a time.
 */
export class ScanMachine {
  /** The space for lines. */
  text = Buffer.alloc(0);
  /** Bounds of the cells of the lines that were scanned last. */
  bounds = new Int32Array();
  readonly #memory = new Memory({ initial: USUAL_PAGES });
  readonly #exports = new Instance(module, { env: { memory: this.#memory } }).exports as unknown as Exports;
  readonly #job = this.#exports.base();
  #boundsAt = 0;
  #textAt = 0;

  /** Whether the memory has grown. It never shrinks. */
  get isOutsized(): boolean {
    return this.#memory.buffer.byteLength > USUAL_PAGES * PAGE_BYTES;
  }

  /** Lays the memory out for a table and discards its content. */
  load({ forms, places }: ScanTask): void {
    const formsAt = this.#job + layout.JOB_BYTES;
    const placesAt = aligned(formsAt + forms.length);
    const cellsAt = aligned(placesAt + places.byteLength);
    this.#boundsAt = cellsAt + forms.length * layout.BOUND;
    this.#textAt = this.#boundsAt + BOUNDS_BYTES;
    this.grow(FIRST_BYTES);
    const bytes = new Uint8Array(this.#memory.buffer);
    const words = new Uint32Array(this.#memory.buffer);
    const write = (field: number, value: number): void => {
      words[(this.#job + field) / layout.WORD] = value;
    };
    bytes.set(forms, formsAt);
    words.set(places, placesAt / layout.WORD);
    write(layout.JOB_COLUMNS, forms.length);
    write(layout.JOB_FORMS, formsAt);
    write(layout.JOB_CELLS, cellsAt);
    write(layout.JOB_WANTED, places.length);
    write(layout.JOB_PLACES, placesAt);
    write(layout.JOB_BOUNDS, this.#boundsAt);
    write(layout.JOB_BOUNDS_END, this.#textAt);
    write(layout.JOB_TEXT, this.#textAt);
    write(layout.JOB_BATCH, BATCH_BYTES);
  }

  /**
   * Makes room for at least this many bytes of text and keeps the content. `text` and `bounds` are new buffers
   * afterwards.
   */
  grow(bytes: number): void {
    const missing = this.#textAt + bytes + SLACK - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
    const { buffer } = this.#memory;
    this.text = Buffer.from(buffer, this.#textAt, buffer.byteLength - this.#textAt - SLACK);
    this.bounds = new Int32Array(buffer, this.#boundsAt, (this.#textAt - this.#boundsAt) / layout.WORD);
  }

  /**
   * Scans lines of the text up to the size of a batch, or up to the first line that is not written as waybill does. Zero
   * rows when that is the first line.
   */
  scan(from: number, to: number): Taken {
    const rows = this.#exports.scan(this.#job, from, to);
    const [at = from] = new Int32Array(this.#memory.buffer, this.#job + layout.JOB_REACHED, 1);
    return { rows, at };
  }
}

function aligned(place: number): number {
  return Math.ceil(place / layout.BOUND) * layout.BOUND;
}
