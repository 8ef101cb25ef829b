import { WaybillError } from '../../core/model/errors.ts';
import type { Session, TextRow } from './session.ts';

/** Sessions for statements that may run side by side. */
export interface Sessions {
  /** Lends one for as long as the work takes. */
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Statements that may run at a time. */
  readonly jobs: number;
}

/** A bounded number of sessions, each lent to one caller at a time; who finds none free waits. */
export class SessionPool {
  readonly #open: () => Promise<Session>;
  readonly #rest: 'I' | 'T';
  readonly #idle: Session[] = [];
  readonly #acquired = new Set<Session>();
  readonly #waiting: (() => void)[] = [];
  #free: number;
  #isClosed = false;

  /** @param rest the transaction state of a session that may be lent again; any other is dropped. */
  constructor(open: () => Promise<Session>, options: { readonly max: number; readonly rest: 'I' | 'T' }) {
    this.#open = open;
    this.#rest = options.rest;
    this.#free = options.max;
  }

  /** A session that must be given back. */
  async acquire(): Promise<Session> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      if (this.#isClosed)
        throw new WaybillError('internal', 'A session was asked for after the end.', { hint: 'Report it.' });
      const session = this.#takeIdle() ?? (await this.#open());
      this.#acquired.add(session);
      return session;
    } catch (error) {
      this.#freeOne();
      throw error;
    }
  }

  /** Takes a session back; a second time does nothing. */
  release(session: Session): void {
    if (!this.#acquired.delete(session)) return;
    const { isLost } = session;
    if (!isLost && session.transaction === this.#rest && !this.#isClosed) this.#idle.push(session);
    else session.destroy();
    if (isLost) this.#dropIdle();
    this.#freeOne();
  }

  /** Lends a session for as long as the work takes. */
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

  /** Ends all sessions; those still lent are cut. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const session of this.#acquired) session.destroy();
    await Promise.all(this.#idle.splice(0).map((session) => session.close()));
  }

  /** What cut off one session has likely cut off the others, and not each of them has noticed. */
  #dropIdle(): void {
    for (const session of this.#idle.splice(0)) session.destroy();
  }

  #takeIdle(): Session | undefined {
    for (let session = this.#idle.pop(); session !== undefined; session = this.#idle.pop()) {
      if (!session.isLost) return session;
    }
    return undefined;
  }

  #freeOne(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }
}
