import type { CopyStreamQuery } from 'pg-copy-streams';

/**
 * One running `copy … from stdin`. The driver's stream reports a refused row or a lost connection as an `error` event at any
 * time and then calls no callback, so every wait here also ends with that event.
 *
 *     open → write* → end → ended
 *       └──────┴──────┴──→ failed (the first error, thrown by every later call)
 *       └──────┴→ abort → ended
 */
export class CopyIn {
  readonly #stream: CopyStreamQuery;
  #error: Error | null = null;
  #wake: (() => void) | null = null;
  readonly #withTimeout: (wait: Promise<void>) => Promise<void>;

  /**
   * @param stream as the driver's `query` returned it in this tick.
   * @param withTimeout waits for the server, and may reject with an error instead.
   */
  constructor(stream: CopyStreamQuery, withTimeout: (wait: Promise<void>) => Promise<void>) {
    this.#stream = stream;
    this.#withTimeout = withTimeout;
    stream.on('error', (error: Error) => {
      this.#error ??= error;
      this.#wake?.();
    });
  }

  /** The driver's first error so far. */
  get error(): Error | null {
    return this.#error;
  }

  /** Resolves when the bytes are written to the socket. One write at a time. @throws the driver's error. */
  async write(bytes: Buffer): Promise<void> {
    await this.#until((done) => this.#stream.write(bytes, done));
  }

  /** Resolves when the server has stored every row and is ready. @throws the driver's error. */
  async end(): Promise<void> {
    await this.#until((done) => this.#stream.end(done));
  }

  /** Fails the statement, and with it the transaction, so that the server discards the rows. Never throws. */
  async abort(): Promise<void> {
    if (this.#error !== null) return;
    const closed = new Promise<void>((resolve) => this.#stream.once('close', () => resolve()));
    this.#stream.destroy();
    await this.#withTimeout(closed).catch(() => {});
  }

  async #until(start: (done: () => void) => void): Promise<void> {
    if (this.#error === null) {
      const taken = new Promise<void>((resolve) => {
        this.#wake = resolve;
        start(resolve);
      });
      await this.#withTimeout(taken);
      this.#wake = null;
    }
    if (this.#error !== null) throw this.#error;
  }
}
