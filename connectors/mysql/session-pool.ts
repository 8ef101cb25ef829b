import type { CellBatch } from '../../core/model/cells.ts';
import type { Row } from '../../core/model/value.ts';
import type { Session } from './session.ts';
import type { Decoder } from './wire/decode.ts';

/** The sessions of a source, all on one snapshot. What is asked goes to a free one, or waits for the first to be free. */
export class SessionPool {
  readonly #sessions: readonly Session[];
  readonly #pool: WaitingPool<Session>;

  constructor(sessions: readonly Session[]) {
    this.#sessions = sessions;
    this.#pool = new WaitingPool(sessions);
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

  /** As `Session.cells`; a session is taken when the first batch is asked for. */
  async *cells(sql: string, doing: string): AsyncGenerator<CellBatch, void, undefined> {
    const session = await this.#pool.acquire();
    try {
      yield* session.cells(sql, doing);
    } finally {
      this.#pool.release(session);
    }
  }

  /** Ends all sessions; readings that are still open fail. */
  async close(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.close(this.#pool.isFree(session))));
  }
}

/** Gives each of a few things to one caller at a time, first come, first served. */
class WaitingPool<Thing> {
  readonly #free: Thing[];
  readonly #waiting: ((thing: Thing) => void)[] = [];

  constructor(things: readonly Thing[]) {
    this.#free = [...things];
  }

  isFree(thing: Thing): boolean {
    return this.#free.includes(thing);
  }

  /** Resolves when a thing is free. The caller must release it. */
  acquire(): Promise<Thing> {
    const free = this.#free.pop();
    return free === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(free);
  }

  release(thing: Thing): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(thing);
    else next(thing);
  }
}
