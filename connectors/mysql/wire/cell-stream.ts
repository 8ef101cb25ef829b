import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'mysql2';
import type { CellBatch } from '../../../core/model/cells.ts';
import { destroy, socketOf } from '../connection.ts';
import { errnoOf } from '../errors.ts';
import { batchBytes, FillingBatch, singleRow } from './cell-batch.ts';
import { takeRows } from './row-packets.ts';

/** Batches that may wait for the consumer before the socket is paused. A single large row counts as all of them. */
const maxReady = 2;
/** How long to wait for an unwanted result to end by itself. */
const discardTimeoutMs = 100;

/** Batches to be reused, shared by all readings of a connection. */
export type SpareBatches = FillingBatch[];

/** What one reading uses: one batch at the consumer, two waiting, one being filled. */
const maxSpare = 4;

/**
 * The rows of one running query, in batches of cells, with bounded memory.
 *
 * The socket is paused, not the connection: mysql2's `pause()` copies each packet that it holds back, and the copy of a packet
 * over 16 MB loses the number of its parts (3.24.5: base/connection.js, packets/packet.js). The rest of a socket chunk, 64 KB
 * or one large row, is still accepted after the pause.
 *
 *     running → ended            'end' without an error before it
 *        └────→ failed           the server's error for this query; or, through `fail`, the connection's, which mysql2 does
 *                                not report to a query without a callback
 */
export class CellStream {
  /** Resolves when the query is over, successfully or not. */
  readonly ended: Promise<void>;
  /** The number of columns of the result; 0 until the server has described it. */
  columns = 0;
  readonly #socket: Duplex;
  readonly #spare: SpareBatches;
  readonly #ready: CellBatch[] = [];
  #filling: FillingBatch;
  #given: CellBatch | null = null;
  #isOver = false;
  #isUnwanted = false;
  #error: unknown = null;
  #wake: () => void = () => {};
  #finish: () => void = () => {};

  constructor(connection: Connection, sql: string, spare: SpareBatches) {
    this.#socket = socketOf(connection);
    this.#spare = spare;
    this.#filling = spare.pop() ?? new FillingBatch();
    this.ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
    const lose = (error: unknown) => {
      destroy(connection);
      this.fail(error);
    };
    const query = connection.query({ sql, rowsAsArray: true });
    query.on('fields', (fields: readonly unknown[] | undefined) => {
      this.columns = fields?.length ?? 0;
    });
    // Not a server error: the driver has lost its place in the result, and the next query would get the rest.
    query.on('error', (error: unknown) => (errnoOf(error) === undefined ? lose(error) : this.fail(error)));
    query.on('end', () => this.#end(null));
    takeRows(query, (bytes, start, end) => this.#take(bytes, start, end), lose);
  }

  /** The next rows, whose memory is reused by the following call; null at the end. @throws the driver's error. */
  async next(): Promise<CellBatch | null> {
    this.#recycle(this.#given);
    this.#given = null;
    while (this.#ready.length === 0 && !this.#isOver) {
      this.#socket.resume();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const batch = this.#ready.shift();
    if (batch !== undefined) {
      this.#given = batch;
      if (!this.#isFull()) this.#socket.resume();
      return batch;
    }
    if (this.#error !== null) throw this.#error;
    return null;
  }

  /** Drops further rows. @returns whether the query is over; if not, it is still running. */
  async discard(): Promise<boolean> {
    if (this.#isOver) return true;
    this.#isUnwanted = true;
    this.#ready.length = 0;
    this.#socket.resume();
    await Promise.race([this.ended, sleep(discardTimeoutMs)]);
    return this.#isOver;
  }

  /** Ends the stream with an error, after the rows that have arrived. */
  fail(error: unknown): void {
    this.#end(error);
  }

  #take(bytes: Buffer, start: number, end: number): void {
    if (this.#isUnwanted || this.#isOver) return;
    if (this.#filling.add(bytes, start, end, this.columns)) return;
    this.#flush();
    if (end - start <= batchBytes) this.#filling.add(bytes, start, end, this.columns);
    // The driver allocated this large packet for this row only.
    else this.#offer(singleRow(bytes, start, end, this.columns));
  }

  #flush(): void {
    if (this.#filling.rows === 0) return;
    const full = this.#filling;
    full.finish();
    this.#filling = this.#spare.pop() ?? new FillingBatch();
    this.#offer(full);
  }

  #offer(batch: CellBatch): void {
    this.#ready.push(batch);
    if (this.#isFull()) this.#socket.pause();
    this.#wake();
  }

  #isFull(): boolean {
    return this.#ready.length >= maxReady || this.#ready.some((batch) => !(batch instanceof FillingBatch));
  }

  #recycle(batch: CellBatch | null): void {
    if (!(batch instanceof FillingBatch) || this.#spare.length >= maxSpare) return;
    batch.clear();
    this.#spare.push(batch);
  }

  #end(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#error = error;
    this.#filling.finish();
    if (this.#filling.rows > 0 && !this.#isUnwanted) this.#ready.push(this.#filling);
    else this.#recycle(this.#filling);
    this.#socket.resume();
    this.#finish();
    this.#wake();
  }
}
