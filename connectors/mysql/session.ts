import type { Connection } from 'mysql2';
import type { CellBatch } from '../../core/model/cells.ts';
import { WaybillError } from '../../core/model/errors.ts';
import type { Row } from '../../core/model/value.ts';
import type { MysqlAddress } from './address.ts';
import { connect, destroy, socketOf } from './connection.ts';
import { errnoOf, wrapped, wrappedConnect } from './errors.ts';
import { commonSettings, versionSettings } from './session-settings.ts';
import { rowsOf } from './wire/cell-reading.ts';
import { CellStream, type SpareBatches } from './wire/cell-stream.ts';
import { type Decoder, textDecoder } from './wire/decode.ts';

/** ER_UNKNOWN_SYSTEM_VARIABLE */
const unknownVariable = 1193;
/** ER_QUERY_INTERRUPTED */
const killed = 1317;
const goodbyeMs = 1000;

/**
 * One connection that a source reads with; a snapshot is a transaction and a transaction is a connection. Whoever asks
 * waits until the one before has its answer (readers.ts).
 *
 * Text: the server is asked for UTF-8 and transcodes every column itself, knowing each one's character set. What it calls
 * latin1 is Windows-1252, in which 0x80 is the euro sign; the five bytes that Windows-1252 leaves undefined (81 8D 8F 90 9D)
 * become U+0081 and so on, one to one. Decoding here would mean knowing that, for each character set, better than the server.
 */
export class Session {
  readonly label: string;
  readonly #address: MysqlAddress;
  readonly #connection: Connection;
  readonly #spare: SpareBatches = [];
  #id = '';
  #lost: unknown = null;
  /** Tells the operation whose turn it is that the connection is gone; mysql2 does not tell in all cases. */
  #interrupt: (error: unknown) => void = () => {};

  private constructor(address: MysqlAddress) {
    this.label = address.label;
    this.#address = address;
    this.#connection = connect(address);
    // Without a listener a lost connection would end the process; whoever uses it next is told.
    this.#connection.on('error', (error: unknown) => this.#lose(error));
  }

  /** @throws WaybillError 'source-unavailable' or 'source-refused-login'. */
  static async open(address: MysqlAddress): Promise<Session> {
    const session = new Session(address);
    try {
      await session.#start();
      return session;
    } catch (error) {
      destroy(session.#connection);
      throw wrappedConnect(error, address.label);
    }
  }

  async #start(): Promise<void> {
    // Not the number that the driver knows, which has 32 bits and may be a proxy's.
    const [[id] = []] = await this.#query('select connection_id()');
    this.#id = id as string;
    for (const statement of commonSettings) await this.#query(statement);
    for (const statement of versionSettings) {
      await this.#query(statement).catch((error: unknown) => {
        if (errnoOf(error) !== unknownVariable) throw error;
      });
    }
  }

  /** All rows of a statement; every cell as text unless decoders are given. `doing` completes "did not …" in an error. */
  async rows(sql: string, doing: string, decoders?: readonly Decoder[]): Promise<readonly Row[]> {
    try {
      return await this.#query(sql, decoders);
    } catch (error) {
      throw wrapped(error, this.label, doing);
    }
  }

  /** The rows of a statement as cells; the connection is free again when the reading ends, early or not. */
  async *cells(sql: string, doing: string): AsyncGenerator<CellBatch, void, undefined> {
    try {
      const stream = this.#begin(sql);
      try {
        const next = () => this.#unlessSilent(stream.next(), doing);
        for (let batch = await next(); batch !== null; batch = await next()) yield batch;
      } finally {
        if (!(await stream.discard())) await this.#kill(stream);
      }
    } catch (error) {
      throw wrapped(error, this.label, doing);
    }
  }

  /**
   * Waits for rows, but not while the server is silent (`Patience`): then the connection is given up. Only the wait counts,
   * not how long the consumer took before.
   */
  async #unlessSilent<T>(rows: Promise<T>, doing: string): Promise<T> {
    const silenceMs = this.#address.silenceMs ?? 0;
    if (silenceMs === 0) return rows;
    const socket = socketOf(this.#connection);
    let before = socket.bytesRead;
    const timer = setInterval(() => {
      if (socket.bytesRead !== before) {
        before = socket.bytesRead;
        return;
      }
      this.#lose(
        new WaybillError(
          'source-interrupted',
          `${this.label} said nothing for ${silenceMs / 1000} s while waybill tried to ${doing}.`,
          { hint: 'See that it runs and can be reached, or raise --idle-timeout; then resume.', reason: 'silent' },
        ),
      );
      destroy(this.#connection);
    }, silenceMs);
    try {
      return await rows;
    } finally {
      clearInterval(timer);
    }
  }

  /** Has the server end a result that nobody wants, from another connection; without one it is read to its end. */
  async #kill(stream: CellStream): Promise<void> {
    const other = connect(this.#address);
    await new Promise<void>((resolve) => {
      other.on('error', () => resolve());
      other.query(`kill query ${this.#id}`, () => resolve());
    });
    destroy(other);
    await stream.ended;
    // The kill may have come after the end of the result: then it is the next statement that dies.
    let isClear = false;
    while (!isClear && this.#lost === null) {
      isClear = await this.#query('do 0').then(
        () => true,
        (error: unknown) => errnoOf(error) !== killed,
      );
    }
  }

  async #query(sql: string, decoders?: readonly Decoder[]): Promise<Row[]> {
    const stream = this.#begin(sql);
    const rows: Row[] = [];
    for (let batch = await stream.next(); batch !== null; batch = await stream.next()) {
      for (const row of rowsOf(batch, decoders ?? new Array(stream.columns).fill(textDecoder))) rows.push(row);
    }
    return rows;
  }

  #begin(sql: string): CellStream {
    if (this.#lost !== null) throw this.#lost;
    const stream = new CellStream(this.#connection, sql, this.#spare);
    this.#interrupt = (error) => stream.fail(error);
    return stream;
  }

  #lose(error: unknown): void {
    this.#lost ??= error;
    this.#interrupt(error);
  }

  /** Ends the session; a reading that is still open fails. @param isIdle whether nobody waits for an answer. */
  async close(isIdle: boolean): Promise<void> {
    if (this.#lost === null && isIdle) await this.#sayGoodbye();
    this.#lose(new Error('the source is closed'));
    destroy(this.#connection);
  }

  #sayGoodbye(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, goodbyeMs);
      this.#connection.end(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
