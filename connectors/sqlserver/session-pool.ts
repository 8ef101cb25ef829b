import type { Row } from '../../core/model/value.ts';
import { FixedPool } from '../sql/fixed-pool.ts';
import type { Session } from './session.ts';
import type { CellRow } from './wire/row-stream.ts';
import type { Decoder } from './wire/values.ts';

/** A row of the catalog or of figures: what is not NULL is text, and true is `1`. */
export type TextRow = readonly (string | null)[];

/** The sessions of a source, all on one snapshot, each acquired by one caller at a time. */
export class SessionPool {
  readonly #sessions: readonly Session[];
  readonly #pool: FixedPool<Session>;

  constructor(sessions: readonly Session[]) {
    this.#sessions = sessions;
    this.#pool = new FixedPool(sessions);
  }

  /** Reads all rows of a statement as text. `doing` completes "did not …" in an error. */
  async texts(sql: string, doing: string): Promise<readonly TextRow[]> {
    return (await this.#use((session) => session.rows(sql, doing))).map(textRow);
  }

  /** Reads all rows of a statement as values. */
  async rows(sql: string, doing: string, decoders: readonly Decoder[]): Promise<readonly Row[]> {
    return (await this.#use((session) => session.rows(sql, doing))).map((row) => decoded(row, decoders));
  }

  /** Streams the rows of a statement as values. A session is acquired when the first batch is requested. */
  async *stream(
    sql: string,
    doing: string,
    decoders: readonly Decoder[],
  ): AsyncGenerator<readonly Row[], void, undefined> {
    const session = await this.#pool.acquire();
    try {
      for await (const batch of session.stream(sql, doing)) yield batch.map((row) => decoded(row, decoders));
    } finally {
      this.#pool.release(session);
    }
  }

  /** Ends all sessions. Readings that are still open fail. */
  async close(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.close(this.#pool.isFree(session))));
  }

  async #use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.#pool.acquire();
    try {
      return await work(session);
    } finally {
      this.#pool.release(session);
    }
  }
}

function decoded(row: CellRow, decoders: readonly Decoder[]): Row {
  return row.map((cell, i) => (cell === null ? null : (decoders[i] as Decoder)(cell)));
}

/** Writes a row of the driver as text. */
export function textRow(row: CellRow): TextRow {
  return row.map((cell) => {
    if (cell === null) return null;
    return typeof cell === 'boolean' ? String(Number(cell)) : String(cell);
  });
}
