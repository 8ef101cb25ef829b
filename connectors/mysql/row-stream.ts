import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'mysql2';
import type { Row, Value } from '../../core/value.ts';
import { destroy, socketOf } from './connection.ts';
import { castWith, type Decoder } from './decode.ts';
import { errnoOf } from './errors.ts';

const maxRows = 250;
const maxBytes = 256_000;
/** Batches, and bytes in them, that wait for the consumer before the server is held back. */
const highWater = { batches: 2, bytes: 2 * maxBytes };
/** How long an unwanted result may take to end by itself. */
const patienceMs = 100;

interface Batch {
  readonly rows: Row[];
  readonly bytes: number;
}

/**
 * The rows of one running query, in batches, with bounded memory.
 *
 * The socket is paused and not the connection: mysql2's own `pause()` copies each packet that it holds back, and the copy of
 * one over 16 MB no longer knows in how many parts it came (3.24.5: base/connection.js, packets/packet.js). What a chunk of
 * the socket still holds after the pause, 64 KB or one large row, is taken.
 *
 *     running → ended            'end' without an error before it
 *        └────→ failed           the server's error for this query; or, through `fail`, the connection's, which mysql2 does
 *                                not tell a query without callback
 */
export class RowStream {
  /** Resolves when the query is over, however. */
  readonly ended: Promise<void>;
  readonly #socket: Duplex;
  readonly #ready: Batch[] = [];
  #readyBytes = 0;
  #rows: Row[] = [];
  #bytes = 0;
  #isOver = false;
  #isUnwanted = false;
  #error: unknown = null;
  #wake: () => void = () => {};
  #finish: () => void = () => {};

  constructor(connection: Connection, sql: string, decoders: readonly Decoder[]) {
    this.#socket = socketOf(connection);
    this.ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
    const query = connection.query({ sql, rowsAsArray: true, typeCast: castWith(decoders) });
    query.on('result', (row: unknown) => this.#take(row as Row));
    query.on('error', (error: unknown) => {
      // Not from the server: the driver has lost its place in the result, and the rest would go to the next query.
      if (errnoOf(error) === undefined) destroy(connection);
      this.fail(error);
    });
    query.on('end', () => this.#end(null));
  }

  /** The next 1 … 1000 rows; null at the end of the result. @throws the driver's error. */
  async next(): Promise<Row[] | null> {
    while (this.#ready.length === 0 && !this.#isOver) {
      this.#socket.resume();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const batch = this.#ready.shift();
    if (batch !== undefined) {
      this.#readyBytes -= batch.bytes;
      if (!this.#isFull()) this.#socket.resume();
      return batch.rows;
    }
    if (this.#error !== null) throw this.#error;
    return null;
  }

  /** Drops what comes. @returns whether the query is over; if not, it takes its time. */
  async discard(): Promise<boolean> {
    if (this.#isOver) return true;
    this.#isUnwanted = true;
    this.#ready.length = 0;
    this.#rows = [];
    this.#socket.resume();
    await Promise.race([this.ended, sleep(patienceMs)]);
    return this.#isOver;
  }

  /** Ends the stream with an error, after the rows that have come. */
  fail(error: unknown): void {
    this.#end(error);
  }

  #take(row: Row): void {
    if (this.#isUnwanted) return;
    const bytes = sizeOf(row);
    if (this.#rows.length === maxRows || (this.#bytes + bytes > maxBytes && this.#rows.length > 0)) this.#flush();
    this.#rows.push(row);
    this.#bytes += bytes;
    if (this.#bytes >= maxBytes) this.#flush();
  }

  #flush(): void {
    this.#ready.push({ rows: this.#rows, bytes: this.#bytes });
    this.#readyBytes += this.#bytes;
    this.#rows = [];
    this.#bytes = 0;
    if (this.#isFull()) this.#socket.pause();
    this.#wake();
  }

  #isFull(): boolean {
    return this.#ready.length >= highWater.batches || this.#readyBytes >= highWater.bytes;
  }

  #end(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#error = error;
    if (this.#rows.length > 0) this.#flush();
    this.#socket.resume();
    this.#finish();
    this.#wake();
  }
}

/** Estimated; a character counts as a byte. */
function sizeOf(row: Row): number {
  let size = 0;
  for (let i = 0; i < row.length; i++) size += (row[i] as Exclude<Value, boolean> | null)?.length ?? 0;
  return size;
}
