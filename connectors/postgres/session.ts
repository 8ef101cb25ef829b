import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { WaybillError } from '../../core/model/errors.ts';
import { withIdleTimeout } from '../sql/idle-timeout.ts';
import type { PostgresAddress } from './address.ts';
import { CopyIn } from './copy/copy-in.ts';
import { wrapped, wrappedConnect } from './errors.ts';

const goodbyeMs = 1000;

/** One result row: every value as the server's text, null for NULL. */
export type TextRow = Readonly<Record<string, string | null>>;

/** Server settings by name. */
export type Settings = Readonly<Record<string, string>>;

/** The server's text for every type: no Date, no double. */
const identity = { getTypeParser: () => (text: string | Buffer) => text } as unknown as pg.CustomTypesConfig;

/**
 * The settings of every session. Intervals are ISO 8601, which means the same in any session that reads them. Money has the
 * two digits of the C locale on both sides, so that its integer is carried.
 * extra_float_digits 3 is the shortest exact form since PostgreSQL 12 and the longest before. No timeout ends a session, but
 * a lock that is not released is an error instead of a hang.
 */
const formSettings: Settings = {
  client_encoding: 'UTF8',
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'iso_8601',
  lc_monetary: 'C',
  extra_float_digits: '3',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
  statement_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
  transaction_timeout: '0',
  lock_timeout: '30s',
};

/** If row-level security would hide rows of a source, the query fails instead. */
const sourceSettings = { ...formSettings, row_security: 'off' };

/** An acknowledged commit is durable. */
const targetSettings = {
  ...formSettings,
  synchronous_commit: 'on',
  default_transaction_isolation: 'read committed',
};

/** Skips settings that an older server does not have, and asks for one that no session changes. */
const applyOwnSettings = `
  select set_config(wanted.name, wanted.value, false), current_setting('max_locks_per_transaction') as locks
  from unnest($1::text[], $2::text[]) as wanted (name, value)
  where lower(wanted.name) in (select lower(name) from pg_settings)`;

const applySettings = `
  select set_config(wanted.name, wanted.value, false)
  from unnest($1::text[], $2::text[]) as wanted (name, value)`;

/** One connection with waybill's settings, used by one caller at a time. */
export class Session {
  #address: PostgresAddress;
  readonly #client: pg.Client;
  #isLost = false;
  #hasFailed = false;

  private constructor(address: PostgresAddress, client: pg.Client) {
    this.#address = address;
    this.#client = client;
    // Without a listener a terminated backend would end the process. A running query gets the error as well.
    client.on('error', () => this.#lose());
    client.on('end', () => this.#lose());
  }

  /**
   * @param settings more settings, by name, such as the tenant and the search path.
   * @throws WaybillError '…-unavailable', '…-refused-login', or '…-refused' for a setting that the server rejects.
   */
  static async open(address: PostgresAddress, settings: Settings = {}): Promise<Session> {
    const session = new Session(address, new pg.Client({ ...address.config, types: identity }));
    const own = address.side === 'source' ? sourceSettings : targetSettings;
    try {
      await session.#client.connect();
      const applied = session.script(applyOwnSettings, [Object.keys(own), Object.values(own)]);
      const [row] = await withIdleTimeout(applied, session, 'take the settings');
      session.#address = { ...address, locksPerTransaction: Number(row?.locks) };
    } catch (error) {
      session.destroy();
      throw wrappedConnect(error, address);
    }
    const names = Object.keys(settings);
    if (names.length > 0) await session.#apply(names, Object.values(settings));
    return session;
  }

  /** Opens a further session. Because an earlier one could connect, 'unavailable' becomes 'interrupted'. */
  static async reopen(address: PostgresAddress, settings: Settings = {}): Promise<Session> {
    try {
      return await Session.open(address, settings);
    } catch (error) {
      if (!(error instanceof WaybillError) || error.code !== `${address.side}-unavailable`) throw error;
      const { message, hint, cause, reason } = error;
      throw new WaybillError(`${address.side}-interrupted`, message, { hint, cause, reason: reason ?? undefined });
    }
  }

  /** The database, with what its server reported of itself. */
  get address(): PostgresAddress {
    return this.#address;
  }

  /** Whether the connection is gone. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Bytes received from the server so far. */
  get bytesRead(): number {
    return this.#socket.bytesRead;
  }

  /** The socket of the connection, which the driver's types do not declare. */
  get #socket(): Socket {
    return (this.#client as unknown as { connection: { stream: Socket } }).connection.stream;
  }

  /** The version of TLS that encrypts the connection; null when it is not encrypted. */
  get encryption(): string | null {
    const socket = this.#socket;
    return socket instanceof TLSSocket ? socket.getProtocol() : null;
  }

  /** Whether the connection is a socket of this machine. */
  get isLocal(): boolean {
    return this.#socket.remoteAddress === undefined;
  }

  /**
   * `I` outside a transaction, `T` inside, `E` inside a failed one. The driver rejects a query before it knows the transaction's
   * new state, so a failure is remembered here.
   */
  get transaction(): 'I' | 'T' | 'E' {
    const status = this.#client.getTransactionStatus() ?? 'E';
    return status === 'T' && this.#hasFailed ? 'E' : status;
  }

  /**
   * Runs a statement, or several when there are no values, and returns the rows of the last one. Values are sent as text, and
   * the server infers their types. `doing` completes "did not …" in the error.
   */
  async rows(sql: string, values: readonly unknown[] = [], doing = 'answer'): Promise<readonly TextRow[]> {
    try {
      return await this.script(sql, values);
    } catch (error) {
      throw wrapped(error, this.address, doing);
    }
  }

  /** As `rows`, but throws the driver's error. */
  async script(sql: string, values: readonly unknown[] = []): Promise<readonly TextRow[]> {
    this.#hasFailed = true;
    // Several statements return an array of results, which the driver's types do not declare.
    const result: unknown = await this.#client.query(sql, [...values]);
    this.#hasFailed = false;
    const last = (Array.isArray(result) ? result.at(-1) : result) as pg.QueryResult<TextRow>;
    return last.rows;
  }

  /** As `rows`, with the idle timeout: for statements that a server answers at once. */
  async queryWithTimeout(sql: string, values: readonly unknown[] = [], doing = 'answer'): Promise<readonly TextRow[]> {
    return withIdleTimeout(this.rows(sql, values, doing), this, doing);
  }

  /** Starts `copy … from stdin`. The idle timeout ends it when the server accepts no data. */
  copyIn(sql: string): CopyIn {
    const wait = (taken: Promise<void>) => withIdleTimeout(taken, this, 'send it rows');
    return new CopyIn(this.#client.query(copyStreams.from(sql)), wait);
  }

  /**
   * Streams the bytes of `copy … to stdout`, no faster than they are consumed. A consumer that stops early ends the session,
   * because nothing else stops a server that is sending.
   */
  async *copyOut(sql: string, doing: string): AsyncGenerator<Buffer, void, undefined> {
    const stream = this.#client.query(copyStreams.to(sql));
    // The driver reports a lost connection even to a stream that is no longer read.
    stream.on('error', () => {});
    let isComplete = false;
    try {
      const chunks = stream[Symbol.asyncIterator]();
      const next = () => withIdleTimeout(chunks.next(), this, doing);
      for (let chunk = await next(); chunk.done !== true; chunk = await next()) yield chunk.value as Buffer;
      isComplete = true;
    } catch (error) {
      throw wrapped(error, this.address, doing);
    } finally {
      if (!isComplete) this.destroy();
    }
  }

  /** Ends the session properly, or cuts the connection if the server does not answer within a second. */
  async close(): Promise<void> {
    if (this.#isLost) return;
    const timer = setTimeout(() => this.#socket.destroy(), goodbyeMs);
    await this.#client.end().catch(() => {});
    clearTimeout(timer);
  }

  /** Cuts the connection at once. The server rolls back when it notices. */
  destroy(): void {
    this.#lose();
    this.#client.end().catch(() => {});
  }

  async #apply(names: readonly string[], values: readonly string[]): Promise<void> {
    try {
      await this.rows(applySettings, [names, values], `take the settings ${names.join(', ')}`);
    } catch (error) {
      this.destroy();
      throw error;
    }
  }

  #lose(): void {
    this.#isLost = true;
  }
}
