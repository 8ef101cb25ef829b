import type { Connection } from 'mysql2';
import type { CellBatch } from '../../core/model/cells.ts';
import type { WaybillError } from '../../core/model/errors.ts';
import type { Row } from '../../core/model/value.ts';
import { withIdleTimeout } from '../sql/idle-timeout.ts';
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
 * One connection of a source, which holds its snapshot as a transaction. One caller uses it at a time (session-pool.ts).
 *
 * Text: the session asks for UTF-8, and the server transcodes every column from its character set. MySQL's latin1 is
 * Windows-1252, in which 0x80 is the euro sign. The five bytes that Windows-1252 leaves undefined (81 8D 8F 90 9D) become
 * U+0081 and so on, one to one. Decoding here would have to know such details of every character set.
 */
export class Session {
  readonly label: string;
  readonly #address: MysqlAddress;
  readonly #connection: Connection;
  readonly #spare: SpareBatches = [];
  #id = '';
  #lost: unknown = null;
  /** Fails the running operation when the connection is lost, which mysql2 does not report in all cases. */
  #interrupt: (error: unknown) => void = () => {};

  private constructor(address: MysqlAddress) {
    this.label = address.label;
    this.#address = address;
    this.#connection = connect(address);
    // Without a listener a lost connection would end the process. The next operation reports it.
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
    // The id that the driver knows has 32 bits and can be a proxy's.
    const [[id] = []] = await this.#query('select connection_id()');
    this.#id = id as string;
    for (const statement of commonSettings) await this.#query(statement);
    for (const statement of versionSettings) {
      await this.#query(statement).catch((error: unknown) => {
        if (errnoOf(error) !== unknownVariable) throw error;
      });
    }
  }

  /** Reads all rows of a statement, every cell as text unless decoders are given. `doing` completes "did not …" in an error. */
  async rows(sql: string, doing: string, decoders?: readonly Decoder[]): Promise<readonly Row[]> {
    try {
      return await this.#query(sql, decoders);
    } catch (error) {
      throw wrapped(error, this.label, doing);
    }
  }

  /** Streams the rows of a statement as cells. The connection is free again when the reading ends, early or not. */
  async *cells(sql: string, doing: string): AsyncGenerator<CellBatch, void, undefined> {
    try {
      const stream = this.#begin(sql);
      try {
        const next = () => this.#withIdleTimeout(stream.next(), doing);
        for (let batch = await next(); batch !== null; batch = await next()) yield batch;
      } finally {
        if (!(await stream.discard())) await this.#kill(stream);
      }
    } catch (error) {
      throw wrapped(error, this.label, doing);
    }
  }

  /** Waits for rows, and closes the connection after an idle timeout. Time that the consumer spends on rows does not count. */
  #withIdleTimeout<T>(rows: Promise<T>, doing: string): Promise<T> {
    const bytesRead = (): number => socketOf(this.#connection).bytesRead;
    const peer = {
      address: this.#address,
      get bytesRead() {
        return bytesRead();
      },
      destroy: (error: WaybillError) => {
        this.#lose(error);
        destroy(this.#connection);
      },
    };
    return withIdleTimeout(rows, peer, doing);
  }

  /** Kills a result that nobody wants, from another connection. If that fails, the result is read to its end. */
  async #kill(stream: CellStream): Promise<void> {
    const other = connect(this.#address);
    await new Promise<void>((resolve) => {
      other.on('error', () => resolve());
      other.query(`kill query ${this.#id}`, () => resolve());
    });
    destroy(other);
    await stream.ended;
    // If the result ended before the kill arrived, the kill hits the next statement.
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

  /** Ends the session; a reading that is still open fails. @param isIdle whether no operation is running. */
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
