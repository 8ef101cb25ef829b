import { WaybillError } from '../../core/model/errors.ts';
import type { Session, TextRow } from './session.ts';

/** Sessions for statements that can run in parallel. */
export interface Sessions {
  /** Runs work with a session. */
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** How many statements can run at the same time. */
  readonly jobs: number;
}

/** A bounded pool of sessions, each acquired by one caller at a time. Further callers wait. */
export class SessionPool {
  readonly #open: () => Promise<Session>;
  readonly #rest: 'I' | 'T';
  readonly #refresh: (session: Session) => Promise<unknown>;
  readonly #idle: Session[] = [];
  readonly #acquired = new Set<Session>();
  readonly #waiting: (() => void)[] = [];
  #free: number;
  #isClosed = false;

  /**
   * @param rest the transaction state in which a released session is reused. In any other state it is dropped.
   * @param refresh prepares a session for being used again. One that it fails for is dropped.
   */
  constructor(
    open: () => Promise<Session>,
    options: {
      readonly max: number;
      readonly rest: 'I' | 'T';
      readonly refresh?: (session: Session) => Promise<unknown>;
    },
  ) {
    this.#open = open;
    this.#rest = options.rest;
    this.#refresh = options.refresh ?? (async () => undefined);
    this.#free = options.max;
  }

  /** Resolves to a session, which the caller must release. */
  async acquire(): Promise<Session> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      if (this.#isClosed)
        throw new WaybillError('internal', 'A session was requested after the pool was closed.', {
          hint: 'Report it.',
        });
      const session = (await this.#takeIdle()) ?? (await this.#open());
      this.#acquired.add(session);
      return session;
    } catch (error) {
      this.#freeOne();
      throw error;
    }
  }

  /** Returns a session to the pool. A second call does nothing. */
  release(session: Session): void {
    if (!this.#acquired.delete(session)) return;
    const { isLost } = session;
    if (!isLost && session.transaction === this.#rest && !this.#isClosed) this.#idle.push(session);
    else session.destroy();
    if (isLost) this.#dropIdle();
    this.#freeOne();
  }

  /** Runs work with a session. */
  async use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.acquire();
    try {
      return await work(session);
    } finally {
      this.release(session);
    }
  }

  /** Runs one statement on any session. */
  async rows(sql: string, values: readonly unknown[] = [], doing = 'answer'): Promise<readonly TextRow[]> {
    return this.use((session) => session.rows(sql, values, doing));
  }

  /** Ends all sessions. Those still acquired are cut off. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const session of this.#acquired) session.destroy();
    await Promise.all(this.#idle.splice(0).map((session) => session.close()));
  }

  /** Drops idle sessions: if one connection was lost, the others were probably lost too, without noticing. */
  #dropIdle(): void {
    for (const session of this.#idle.splice(0)) session.destroy();
  }

  async #takeIdle(): Promise<Session | undefined> {
    for (let session = this.#idle.pop(); session !== undefined; session = this.#idle.pop()) {
      if (session.isLost) continue;
      const own = session;
      const isFresh = await this.#refresh(own).then(
        () => true,
        () => false,
      );
      if (isFresh && !own.isLost) return own;
      own.destroy();
    }
    return undefined;
  }

  #freeOne(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }
}
