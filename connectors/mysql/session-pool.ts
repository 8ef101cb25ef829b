import type { CellBatch } from '../../core/model/cells.ts';
import type { Row } from '../../core/model/value.ts';
import { FixedPool } from '../sql/fixed-pool.ts';
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
