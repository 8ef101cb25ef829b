import type { RowFormat } from '../../core/model/encoded.ts';
import type { LedgerEntry } from '../../core/ports/ledger.ts';
import type { PartWriter, Target } from '../../core/ports/target.ts';
import { failpoint } from '../failpoint.ts';
import { Digest } from './digest.ts';
import type { EncodedBatch } from './encode-part.ts';
import { isTransient } from './retry.ts';

/** What is loaded, and how its rows are written. */
interface Loading {
  readonly target: Target;
  readonly table: string;
  readonly columns: readonly string[];
  readonly format: RowFormat;
}

/** The load of a part whose rows go to a file as well: one refused row takes all of it back. */
export class SideLoad {
  #writer: PartWriter | null;
  readonly #digest = new Digest();
  #loaded = 0;

  private constructor(writer: PartWriter) {
    this.#writer = writer;
  }

  static async open({ target, table, columns, format }: Loading): Promise<SideLoad> {
    const load = new SideLoad(await target.openPart(table, columns, format));
    failpoint('part-opened');
    return load;
  }

  /** Takes the rows of the part until one is refused. */
  async take(batches: AsyncIterable<EncodedBatch>): Promise<void> {
    for await (const { rows } of batches) {
      if (this.#writer === null) return;
      this.#digest.add(rows);
      if ((await this.#writer.write(rows)) !== null) return this.takeBack();
      this.#loaded += rows.count;
      failpoint('part-batch');
    }
    failpoint('part-rows-written');
    if ((await this.#writer?.finish()) ?? null) await this.takeBack();
    failpoint('part-loaded');
  }

  /** The transaction ends without a row. */
  async takeBack(): Promise<void> {
    const writer = this.#writer;
    this.#writer = null;
    await writer?.rollback();
  }

  /** @returns null when nothing is loaded, or nobody knows whether it is. */
  async commit(part: Omit<LedgerEntry, 'loaded' | 'digest'>): Promise<LedgerEntry | null> {
    if (this.#writer === null) return null; // it was taken back
    const entry = { ...part, loaded: this.#loaded, digest: this.#digest.toString() };
    try {
      await this.#writer.commit(entry);
    } catch (error) {
      await this.takeBack().catch(() => undefined); // the first error is the one to tell
      if (!isTransient(error)) throw error;
      return null;
    }
    this.#writer = null;
    failpoint('part-committed');
    return entry;
  }
}
