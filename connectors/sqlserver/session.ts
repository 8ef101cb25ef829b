import { setTimeout as sleep } from 'node:timers/promises';
import mssql, { type ConnectionPool, type Transaction } from 'mssql';
import type { WaybillError } from '../../core/model/errors.ts';
import { withIdleTimeout } from '../sql/idle-timeout.ts';
import type { SqlServerAddress } from './address.ts';
import { wrapped, wrappedConnect } from './errors.ts';
import { poolOf, type WireConnection } from './wire/connection.ts';
import { type CellRow, RowStream } from './wire/row-stream.ts';

/** How the reads of a session see the work of others. */
export type Isolation = 'snapshot' | 'serializable' | 'read-committed';

const levels: Readonly<Record<Isolation, number>> = {
  snapshot: mssql.ISOLATION_LEVEL.SNAPSHOT,
  serializable: mssql.ISOLATION_LEVEL.SERIALIZABLE,
  'read-committed': mssql.ISOLATION_LEVEL.READ_COMMITTED,
};

const goodbyeMs = 1000;

/**
 * The settings of a reading session: no limits on rows, bytes of a value or time that a login trigger set, dates and quotes
 * that mean the same on every server, and the victim of a deadlock is this session.
 */
const settings = `set nocount on; set rowcount 0; set textsize 2147483647; set lock_timeout -1; set deadlock_priority low;
  set dateformat ymd; set datefirst 7; set quoted_identifier on; set ansi_nulls on; set ansi_padding on; set ansi_warnings on;
  set concat_null_yields_null on; set numeric_roundabort off; set xact_abort off`;

/**
 * One connection of a source, which holds its snapshot as a transaction. One caller uses it at a time (session-pool.ts). A
 * transaction is bound to its connection: if that is lost, no other one takes its place.
 */
export class Session {
  readonly label: string;
  readonly #address: SqlServerAddress;
  readonly #pool: ConnectionPool;
  #wire: WireConnection | null = null;
  /** The pool tries a first connection, and ends it. */
  #isOpen = false;
  /** The number of the server's first error before the session was open. The driver's error of a login lacks it. */
  #refusal: number | null = null;
  #transaction: Transaction | null = null;
  #lost: unknown = null;
  /** Fails the running statement when the connection is lost. */
  #interrupt: (error: unknown) => void = () => {};

  private constructor(address: SqlServerAddress) {
    this.label = address.label;
    this.#address = address;
    this.#pool = poolOf(address, (wire) => {
      this.#wire = wire;
      const lose = (error: unknown): void => {
        if (this.#isOpen) this.#lose(error);
      };
      wire.on('error', lose);
      wire.on('errorMessage', ({ number }: { readonly number: number }) => {
        if (!this.#isOpen) this.#refusal ??= number;
      });
      wire.on('end', () => lose(new Error('the connection has ended')));
    });
    // Without a listener a lost connection would end the process. The next statement reports it.
    this.#pool.on('error', (error: unknown) => this.#lose(error));
  }

  /** Connects, without a transaction. @throws WaybillError 'source-unavailable' or 'source-refused-login'. */
  static async open(address: SqlServerAddress): Promise<Session> {
    const session = new Session(address);
    try {
      await session.#pool.connect();
      session.#isOpen = true;
      // Only a statement makes the pool connect to stay.
      await session.#send('select 1').discardAll();
      return session;
    } catch (error) {
      await session.close(false);
      throw wrappedConnect(error, address.label, session.#refusal);
    }
  }

  /** Begins the transaction that all later statements run in. A statement before it runs by itself. */
  async begin(isolation: Isolation): Promise<void> {
    const transaction = new mssql.Transaction(this.#pool);
    // The server can end a transaction by itself. The running statement gets the error that made it do so, maybe later.
    transaction.on('rollback', () => {
      this.#lost ??= new Error('the server ended the transaction');
    });
    try {
      await transaction.begin(levels[isolation]);
    } catch (error) {
      throw wrapped(error, this.label, 'begin a transaction');
    }
    this.#transaction = transaction;
    await this.rows(settings, 'prepare a session');
  }

  /** Reads all rows of a statement. `doing` completes "did not …" in an error. */
  async rows(sql: string, doing: string): Promise<readonly CellRow[]> {
    const rows: CellRow[] = [];
    for await (const batch of this.stream(sql, doing)) rows.push(...batch);
    return rows;
  }

  /** Streams the rows of a statement. The connection is free again when the reading ends, early or not. */
  async *stream(sql: string, doing: string): AsyncGenerator<readonly CellRow[], void, undefined> {
    try {
      const stream = this.#send(sql);
      try {
        const next = () => this.#withIdleTimeout(stream.next(), doing);
        for (let batch = await next(); batch !== null; batch = await next()) yield batch;
        if (this.#lost !== null) throw this.#lost;
      } finally {
        await stream.discard();
      }
    } catch (error) {
      throw wrapped(error, this.label, doing);
    }
  }

  #send(sql: string): RowStream {
    if (this.#lost !== null) throw this.#lost;
    const request = this.#transaction === null ? new mssql.Request(this.#pool) : new mssql.Request(this.#transaction);
    request.arrayRowMode = true;
    const stream = new RowStream(request, sql);
    this.#interrupt = (error) => stream.fail(error);
    return stream;
  }

  /** Waits for rows, and closes the connection after an idle timeout. Time that the consumer spends on rows does not count. */
  #withIdleTimeout<T>(rows: Promise<T>, doing: string): Promise<T> {
    const bytesRead = (): number => this.#wire?.socket?.bytesRead ?? 0;
    const peer = {
      address: this.#address,
      get bytesRead() {
        return bytesRead();
      },
      destroy: (error: WaybillError) => {
        this.#lose(error);
        this.#wire?.socket?.destroy();
      },
    };
    return withIdleTimeout(rows, peer, doing);
  }

  #lose(error: unknown): void {
    this.#lost ??= error;
    this.#interrupt(error);
  }

  /** Ends the session; a reading that is still open fails. @param isIdle whether no statement is running. */
  async close(isIdle: boolean): Promise<void> {
    if (!isIdle) this.#wire?.socket?.destroy();
    const timer = new AbortController();
    const tooLong = sleep(goodbyeMs, null, { signal: timer.signal }).catch(() => {});
    await Promise.race([this.#sayGoodbye(), tooLong]);
    timer.abort();
    this.#lose(new Error('the source is closed'));
    this.#wire?.socket?.destroy();
  }

  /** The pool closes only when the transaction has given its connection back, broken or not. */
  async #sayGoodbye(): Promise<void> {
    await this.#transaction?.rollback().catch(() => {});
    await this.#pool.close().catch(() => {});
  }
}
