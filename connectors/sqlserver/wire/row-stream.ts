import type { Request } from 'mssql';
import type { Cell } from './values.ts';

/** Rows of a batch. */
const maxRows = 250;
/** Bytes of a batch, unless a single row is larger. The driver is paused while this much waits. */
const maxBytes = 256 * 1024;

/** A row as the driver has it, in the order of the select list. */
export type CellRow = readonly Cell[];

/**
 * The rows of one statement, in batches. The driver is paused while nobody takes them, so that the memory they need is bounded
 * by a batch, a packet and the longest row.
 */
export class RowStream {
  readonly #request: Request;
  #rows: CellRow[] = [];
  #bytes = 0;
  #isPaused = false;
  #isEnded = false;
  #error: unknown = null;
  #wake: () => void = () => {};
  readonly #end: Promise<void>;
  #finish: () => void = () => {};

  constructor(request: Request, sql: string) {
    this.#request = request;
    this.#end = new Promise((resolve) => {
      this.#finish = resolve;
    });
    request.stream = true;
    request.on('row', (row: CellRow) => this.#add(row));
    request.on('error', (error: unknown) => {
      // The first error says more than those that follow from it.
      this.#error ??= error;
    });
    request.on('done', () => this.#ended());
    request.batch(sql).catch((error: unknown) => this.fail(error));
  }

  /** Resolves to the next rows, or to null after the last one. @throws the driver's error. */
  async next(): Promise<readonly CellRow[] | null> {
    while (!this.#isFull && !this.#isEnded) {
      if (this.#isPaused) this.#resume();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#error !== null) throw this.#error;
    return this.#rows.length === 0 ? null : this.#take();
  }

  /** Reads to the end. @throws the driver's error. */
  async discardAll(): Promise<void> {
    while ((await this.next()) !== null);
  }

  /** Ends a result that nobody wants, and resolves when the connection is free again. */
  async discard(): Promise<void> {
    if (this.#isEnded) return;
    this.#rows = [];
    this.#request.cancel();
    if (this.#isPaused) this.#resume();
    await this.#end;
  }

  /** Ends the stream with an error, as when the connection is lost. */
  fail(error: unknown): void {
    this.#error ??= error;
    this.#ended();
  }

  #add(row: CellRow): void {
    this.#rows.push(row);
    this.#bytes += bytesOf(row);
    if (!this.#isFull) return;
    if (!this.#isPaused) {
      this.#isPaused = true;
      this.#request.pause();
    }
    this.#wake();
  }

  get #isFull(): boolean {
    return this.#rows.length >= maxRows || this.#bytes >= maxBytes;
  }

  /** Rows of a packet that arrived after the pause may be more than a batch. */
  #take(): readonly CellRow[] {
    let bytes = 0;
    let rows = 0;
    while (rows < this.#rows.length && rows < maxRows && (rows === 0 || bytes < maxBytes)) {
      bytes += bytesOf(this.#rows[rows] as CellRow);
      rows += 1;
    }
    this.#bytes -= bytes;
    return this.#rows.splice(0, rows);
  }

  #resume(): void {
    this.#isPaused = false;
    this.#request.resume();
  }

  #ended(): void {
    this.#isEnded = true;
    this.#wake();
    this.#finish();
  }
}

function bytesOf(row: CellRow): number {
  let bytes = 0;
  for (const cell of row) {
    if (typeof cell === 'string') bytes += cell.length * 2;
    else bytes += cell instanceof Uint8Array ? cell.length : 8;
  }
  return bytes;
}
