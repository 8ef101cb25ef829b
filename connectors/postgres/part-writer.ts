import { WaybillError } from '../../core/errors.ts';
import type { LedgerEntry, OutBatch, PartWriter, Refusal } from '../../core/ports.ts';
import type { CopyIn } from './copy-in.ts';
import { refusalOf, sqlstateOf, wrapped } from './errors.ts';
import { insertEntry } from './ledger.ts';
import { quoteNames } from './names.ts';
import type { Session } from './session.ts';

/** Bytes handed to the socket at once; smaller writes cost more system time than the load itself. */
const bufferBytes = 256 * 1024;

/** What a writer is made of. */
export interface PartTarget {
  readonly session: Session;
  /** Called once, when the transaction has ended either way. */
  readonly release: () => void;
  readonly schema: string;
  readonly table: string;
  /** The table as SQL writes it. */
  readonly quotedTable: string;
  readonly columns: readonly string[];
}

/**
 * A part in one transaction on a session of its own.
 *
 *     begun → write* → finish ─→ commit | rollback
 *       │       └─ refused ────→ rollback
 *       └──→ tryWrite* ────────→ commit | rollback
 */
export class PostgresPartWriter implements PartWriter {
  readonly #target: PartTarget;
  readonly #copySql: string;
  #copy: CopyIn | null = null;
  #buffer: string[] = [];
  #bufferedBytes = 0;
  #sending: Promise<void> = Promise.resolve();
  #refusal: Refusal | null = null;
  #isOver = false;

  private constructor(target: PartTarget) {
    this.#target = target;
    this.#copySql = `copy ${target.quotedTable} (${quoteNames(target.columns)}) from stdin`;
  }

  /** Deferred constraints are checked at once, so that they refuse rows and not the commit. */
  static async begin(target: PartTarget): Promise<PostgresPartWriter> {
    await target.session.rows('begin; set constraints all immediate', [], `load ${target.table}`);
    return new PostgresPartWriter(target);
  }

  async write({ lines }: OutBatch): Promise<Refusal | null> {
    return this.#refusable(async () => {
      if (lines.length === 0) return;
      const text = textOf(lines);
      this.#buffer.push(text);
      this.#bufferedBytes += text.length;
      if (this.#bufferedBytes >= bufferBytes) await this.#send();
    });
  }

  async finish(): Promise<Refusal | null> {
    return this.#refusable(async () => {
      if (this.#bufferedBytes > 0) await this.#send();
      await this.#sending;
      await this.#copy?.end();
      this.#copy = null;
    });
  }

  async tryWrite({ lines }: OutBatch): Promise<Refusal | null> {
    const { session } = this.#target;
    if (lines.length === 0) return null;
    await session.rows('savepoint batch', [], this.#doing);
    try {
      const bytes = Buffer.from(textOf(lines));
      const copy = session.copyIn(this.#copySql);
      await copy.write(bytes);
      await copy.end();
    } catch (error) {
      const refusal = this.#refusalOf(error);
      await session.rows('rollback to savepoint batch', [], this.#doing);
      return refusal;
    }
    await session.rows('release savepoint batch', [], this.#doing);
    return null;
  }

  async commit(entry: LedgerEntry): Promise<void> {
    const { session, schema } = this.#target;
    try {
      await insertEntry(session, schema, entry);
      await session.rows('commit', [], `commit part ${entry.part.number} of ${entry.mapping}`);
    } catch (error) {
      await this.rollback();
      throw loadedTwice(error, entry) ?? error;
    }
    this.#end();
  }

  async rollback(): Promise<void> {
    if (this.#isOver) return;
    const { session } = this.#target;
    await this.#sending.catch(() => {});
    await this.#copy?.abort();
    // A connection that is gone has rolled back already.
    if (!session.isLost) await session.rows('rollback').catch(() => session.destroy());
    this.#end();
  }

  get #doing(): string {
    return `load ${this.#target.table}`;
  }

  /** Runs a step of the load; the first refusal is the answer to this step and to all after it. */
  async #refusable(step: () => Promise<void>): Promise<Refusal | null> {
    if (this.#refusal !== null) return this.#refusal;
    try {
      await step();
      if (this.#copy?.error) throw this.#copy.error;
    } catch (error) {
      this.#refusal = this.#refusalOf(error);
    }
    return this.#refusal;
  }

  #refusalOf(error: unknown): Refusal {
    const refusal = error instanceof LoneSurrogate ? invalidText : refusalOf(error);
    if (refusal === null) throw wrapped(error, this.#target.session.connection, this.#doing);
    return refusal;
  }

  /** Waits for the buffer before this one, so that at most two are in memory. */
  async #send(): Promise<void> {
    const bytes = Buffer.from(this.#buffer.length === 1 ? (this.#buffer[0] as string) : this.#buffer.join(''));
    this.#buffer = [];
    this.#bufferedBytes = 0;
    await this.#sending;
    this.#copy ??= this.#target.session.copyIn(this.#copySql);
    this.#sending = this.#copy.write(bytes);
    // Looked at by the next step; until then it must not count as unhandled.
    this.#sending.catch(() => {});
  }

  #end(): void {
    this.#isOver = true;
    this.#target.release();
  }
}

/** What the server answers to bytes that are no UTF-8; Node would send U+FFFD instead and nobody would know. */
const invalidText: Refusal = { sqlstate: '22021', constraint: null, column: null };

class LoneSurrogate extends Error {}

function textOf(lines: readonly string[]): string {
  const text = `${lines.join('\n')}\n`;
  // In Node 20; the types know it from es2024 on.
  if (!(text as string & { isWellFormed(): boolean }).isWellFormed()) throw new LoneSurrogate();
  return text;
}

function loadedTwice(error: unknown, { run, mapping, part }: LedgerEntry): WaybillError | null {
  const cause = error instanceof WaybillError ? error.cause : error;
  if (sqlstateOf(cause) !== '23505') return null;
  return new WaybillError('run-locked', `Part ${part.number} of ${mapping} is in the ledger of run ${run} already.`, {
    hint: 'Another process loads the same run: let it finish, or end it, then resume.',
    cause,
  });
}
