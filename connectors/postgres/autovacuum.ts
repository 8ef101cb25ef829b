import type { Session } from './session.ts';

/**
 * Keeps autovacuum off tables while they are loaded: it would read again what has just been written, take a core from the
 * load, and hold up each ANALYZE and index that meets it by a second (deadlock_timeout).
 *
 * By a lock that autovacuum passes by and that neither COPY nor readers notice, in a transaction that reads nothing and so
 * keeps no dead row anywhere. It ends with its session: whoever is killed leaves no setting behind. It is a favour to the
 * load and no condition: where a lock is not to be had, the load goes on without any.
 */
export class AutovacuumHold {
  readonly #session: Session;
  readonly #held = new Set<string>();
  #last: Promise<void> = Promise.resolve();
  #isRefused = false;

  /** @param session used for nothing else while tables are held. */
  constructor(session: Session) {
    this.#session = session;
  }

  /** Holds a table, by its quoted name; again does nothing. */
  async hold(quotedTable: string): Promise<void> {
    if (!this.#held.has(quotedTable) && !this.#isRefused) {
      const begin = this.#held.size === 0 ? 'begin' : '';
      this.#held.add(quotedTable);
      this.#next(`${begin}; set local lock_timeout to '2s'; lock table ${quotedTable} in share update exclusive mode`);
    }
    await this.#last;
  }

  /** Lets go of all tables. */
  async release(): Promise<void> {
    if (this.#held.size > 0) this.#next('commit');
    this.#held.clear();
    await this.#last;
  }

  /** One statement after the other, whoever asks. */
  #next(sql: string): void {
    this.#last = this.#last.then(async () => {
      if (this.#isRefused) return;
      await this.#session.script(sql).catch(() => this.#refuse());
    });
  }

  async #refuse(): Promise<void> {
    this.#isRefused = true;
    await this.#session.script('rollback').catch(() => {});
  }
}
