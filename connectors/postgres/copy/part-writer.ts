import { Buffer } from 'node:buffer';
import type { EncodedRows, RowFormat } from '../../../core/model/encoded.ts';
import { WaybillError } from '../../../core/model/errors.ts';
import type { LedgerEntry, Refusal, RefusedRow } from '../../../core/ports/ledger.ts';
import type { PartWriter } from '../../../core/ports/target.ts';
import { refusalOf, sqlstateOf, wrapped } from '../errors.ts';
import { insertEntry } from '../ledger/ledger.ts';
import { quoteNames } from '../names.ts';
import { type CopyFrame, frameOf } from '../row-format/copy-frame.ts';
import type { Session } from '../session.ts';
import { CopyBuffers } from './copy-buffers.ts';
import type { CopyIn } from './copy-in.ts';
import { StagedRows } from './staged-rows.ts';

/** Where a part is written, and the session that writes it. */
export interface PartTarget {
  readonly session: Session;
  /** Called once, when the transaction has ended, committed or not. */
  readonly release: () => void;
  readonly schema: string;
  readonly table: string;
  /** The table as SQL writes it. */
  readonly quotedTable: string;
  readonly columns: readonly string[];
  readonly format: RowFormat;
}

/** A running COPY and its buffers. */
interface Loading {
  readonly copy: CopyIn;
  readonly buffers: CopyBuffers;
}

/**
 * A part in one transaction, on a session that nothing else uses.
 *
 *     begun → write* → finish ─→ commit | rollback
 *       │       └─ refused ────→ rollback
 *       └──→ writeIsolating* ──→ commit | rollback
 */
export class PostgresPartWriter implements PartWriter {
  readonly #target: PartTarget;
  readonly #copySql: string;
  readonly #frame: CopyFrame;
  #loading: Loading | null = null;
  #refusal: Refusal | null = null;
  #staged: StagedRows | null = null;
  #isOver = false;

  private constructor(target: PartTarget) {
    this.#target = target;
    this.#frame = frameOf(target.format);
    this.#copySql = `copy ${target.quotedTable} (${quoteNames(target.columns)}) from stdin ${this.#frame.option}`;
  }

  /** Begins the transaction. Deferred constraints are checked immediately, so that they refuse rows instead of the commit. */
  static async begin(target: PartTarget): Promise<PostgresPartWriter> {
    await target.session.queryWithTimeout('begin; set constraints all immediate', [], `load ${target.table}`);
    return new PostgresPartWriter(target);
  }

  async write(rows: EncodedRows): Promise<Refusal | null> {
    return this.#refusable(async () => {
      if (rows.count === 0) return;
      this.#loading ??= await this.#startCopy();
      await this.#loading.buffers.write(bytesOf(rows));
    });
  }

  async finish(): Promise<Refusal | null> {
    return this.#refusable(async () => {
      if (this.#loading === null) return;
      const { buffers } = this.#loading;
      await buffers.write(this.#frame.tail);
      await buffers.end();
      this.#loading = null;
    });
  }

  async writeIsolating(rows: EncodedRows): Promise<readonly RefusedRow[]> {
    this.#staged ??= await StagedRows.create({ ...this.#target, doing: this.#doing });
    return this.#staged.insert(rows);
  }

  async commit(entry: LedgerEntry): Promise<void> {
    const { session, schema } = this.#target;
    try {
      await insertEntry(session, schema, entry);
      await session.queryWithTimeout('commit', [], `commit part ${entry.part.number} of ${entry.mapping}`);
    } catch (error) {
      await this.rollback();
      throw loadedTwice(error, entry) ?? error;
    }
    this.#end();
  }

  async rollback(): Promise<void> {
    if (this.#isOver) return;
    const { session } = this.#target;
    await this.#loading?.buffers.allWritten().catch(() => {});
    await this.#loading?.copy.abort();
    // A lost connection has rolled back already.
    if (!session.isLost) await session.queryWithTimeout('rollback').catch(() => session.destroy());
    this.#end();
  }

  get #doing(): string {
    return `load ${this.#target.table}`;
  }

  /** Runs a step of the load. The first refusal is the result of this step and of all later ones. */
  async #refusable(step: () => Promise<void>): Promise<Refusal | null> {
    if (this.#refusal !== null) return this.#refusal;
    try {
      await step();
      if (this.#loading?.copy.error) throw this.#loading.copy.error;
    } catch (error) {
      this.#refusal = this.#refusalOf(error);
    }
    return this.#refusal;
  }

  #refusalOf(error: unknown): Refusal {
    const refusal = refusalOf(error);
    if (refusal === null) throw wrapped(error, this.#target.session.address, this.#doing);
    return refusal;
  }

  async #startCopy(): Promise<Loading> {
    const copy = this.#target.session.copyIn(this.#copySql);
    const buffers = new CopyBuffers(copy);
    await buffers.write(this.#frame.head);
    return { copy, buffers };
  }

  #end(): void {
    this.#isOver = true;
    this.#target.release();
  }
}

/** The bytes of the rows, not copied. */
function bytesOf({ count, bytes, ends }: EncodedRows): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, ends[count - 1] as number);
}

function loadedTwice(error: unknown, { run, mapping, part }: LedgerEntry): WaybillError | null {
  const cause = error instanceof WaybillError ? error.cause : error;
  if (sqlstateOf(cause) !== '23505') return null;
  return new WaybillError('run-locked', `Part ${part.number} of ${mapping} is already in the ledger of run ${run}.`, {
    hint: 'Let the other process that loads this run finish, or end it, then resume.',
    cause,
  });
}
