import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { type EncodedRows, type RowFormat, sliceRows } from '../../core/model/encoded.ts';
import type { Row } from '../../core/model/value.ts';
import type { LedgerEntry, Refusal } from '../../core/ports/ledger.ts';
import type { PartWriter, Target } from '../../core/ports/target.ts';
import { failpoint } from '../failpoint.ts';
import { Digest } from './digest.ts';
import type { EncodedBatch } from './encode-part.ts';

/** A table of the target that is being loaded. */
export interface LoadTarget {
  readonly target: Target;
  /** What `Target.rowFormat` gave for the columns of the mapping. */
  readonly format: RowFormat;
}

/** Loads the rows of one part in one transaction, which ends in `commit` or in `rollback`. */
export class TargetEnd {
  #writer: PartWriter | null;
  readonly #digest = new Digest();
  #loaded = 0;

  private constructor(writer: PartWriter) {
    this.#writer = writer;
  }

  static async open({ target, format }: LoadTarget, { target: { name }, columns }: PlannedMapping): Promise<TargetEnd> {
    const names = columns.map((column) => column.name);
    const end = new TargetEnd(await target.openPart(name, names, format));
    failpoint('part-opened');
    return end;
  }

  /** False once a refused row has rolled the part back. */
  get isOpen(): boolean {
    return this.#writer !== null;
  }

  /** Loads the part in one COPY. The first refused row rolls it back. */
  async consume(batches: AsyncIterable<EncodedBatch>): Promise<void> {
    for await (const { rows } of batches) {
      if (this.#writer === null) return;
      this.#digest.add(rows);
      if ((await this.#writer.write(rows)) !== null) return this.rollback();
      this.#loaded += rows.count;
      failpoint('part-batch');
    }
    failpoint('part-rows-written');
    if (this.#writer === null) return;
    if ((await this.#writer.finish()) !== null) return this.rollback();
    failpoint('part-loaded');
  }

  /**
   * Loads the part batch by batch and isolates the rows that the target refuses.
   * @param onRefused gets the source row of each.
   */
  async consumeIsolating(
    batches: AsyncIterable<EncodedBatch>,
    onRefused: (row: Row, refusal: Refusal) => Promise<void>,
  ): Promise<void> {
    const writer = this.#writer as PartWriter;
    for await (const { rows, origin } of batches) {
      if (rows.count === 0) continue;
      let next = 0;
      for (const { row, refusal } of await writer.writeIsolating(rows)) {
        this.#count(sliceRows(rows, next, row));
        next = row + 1;
        await onRefused(origin(row), refusal);
      }
      this.#count(sliceRows(rows, next, rows.count));
    }
    failpoint('part-loaded');
  }

  #count(loaded: EncodedRows): void {
    this.#digest.add(loaded);
    this.#loaded += loaded.count;
  }

  /** The ledger row of the part. */
  entry(part: Omit<LedgerEntry, 'loaded' | 'digest'>): LedgerEntry {
    return { ...part, loaded: this.#loaded, digest: this.#digest.toString() };
  }

  /** Commits rows and ledger row together: durable when it resolves. @throws as `PartWriter.commit`. */
  async commit(entry: LedgerEntry): Promise<void> {
    await (this.#writer as PartWriter).commit(entry);
    this.#writer = null;
    failpoint('part-committed');
  }

  /** Ends the transaction without a row. May be called twice. */
  async rollback(): Promise<void> {
    const writer = this.#writer;
    this.#writer = null;
    await writer?.rollback();
  }
}
