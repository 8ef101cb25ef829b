import type { CellBatch } from '../../core/cells.ts';
import type { Row } from '../../core/value.ts';
import type { Decoder } from './decode.ts';
import type { Session } from './session.ts';
import { Turns } from './turns.ts';

/** The sessions of a source, all on one snapshot. What is asked goes to a free one, or waits for the first to be free. */
export class Readers {
  readonly #sessions: readonly Session[];
  readonly #turns: Turns<Session>;

  constructor(sessions: readonly Session[]) {
    this.#sessions = sessions;
    this.#turns = new Turns(sessions);
  }

  /** As `Session.rows`. */
  async rows(sql: string, doing: string, decoders?: readonly Decoder[]): Promise<readonly Row[]> {
    const session = await this.#turns.take();
    try {
      return await session.rows(sql, doing, decoders);
    } finally {
      this.#turns.giveBack(session);
    }
  }

  /** As `Session.cells`; a session is taken when the first batch is asked for. */
  async *cells(sql: string, doing: string): AsyncGenerator<CellBatch, void, undefined> {
    const session = await this.#turns.take();
    try {
      yield* session.cells(sql, doing);
    } finally {
      this.#turns.giveBack(session);
    }
  }

  /** Ends all sessions; readings that are still open fail. */
  async close(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.close(this.#turns.isFree(session))));
  }
}
