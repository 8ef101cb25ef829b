import type { CellBatch } from '../../core/model/cells.ts';
import type { Row } from '../../core/model/value.ts';
import type { Session } from './session.ts';
import type { Decoder } from './wire/decode.ts';

/** The sessions of a source, all on one snapshot, each acquired by one caller at a time. */
export class SessionPool {
  readonly #sessions: readonly Session[];
  readonly #pool: FixedPool<Session>;

  constructor(sessions: readonly Session[]) {
    this.#sessions = sessions;
    this.#pool = new FixedPool(sessions);
  }

  /** As `Session.rows`. */
  async rows(sql: string, doing: string, decoders?: readonly Decoder[]): Promise<readonly Row[]> {
    const session = await this.#pool.acquire();
    try {
      return await session.rows(sql, doing, decoders);
    } finally {
      this.#pool.release(session);
    }
  }

  /** As `Session.cells`. A session is acquired when the first batch is requested. */
  async *cells(sql: string, doing: string): AsyncGenerator<CellBatch, void, undefined> {
    const session = await this.#pool.acquire();
    try {
      yield* session.cells(sql, doing);
    } finally {
      this.#pool.release(session);
    }
  }

  /** Ends all sessions. Readings that are still open fail. */
  async close(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.close(this.#pool.isFree(session))));
  }
}

/** A fixed pool whose waiting callers are served in order. */
class FixedPool<Item> {
  readonly #free: Item[];
  readonly #waiting: ((item: Item) => void)[] = [];

  constructor(items: readonly Item[]) {
    this.#free = [...items];
  }

  isFree(item: Item): boolean {
    return this.#free.includes(item);
  }

  /** Resolves when an item is free. The caller must release it. */
  acquire(): Promise<Item> {
    const free = this.#free.pop();
    return free === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(free);
  }

  release(item: Item): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(item);
    else next(item);
  }
}
