import type { RowFormat } from '../../../core/model/encoded.ts';
import type { Naming } from '../../sql/naming.ts';
import type { SessionPool } from '../session-pool.ts';
import { binaryFormat } from './binary-format.ts';
import { readReceivers } from './receivers.ts';
import { textFormat } from './text-format.ts';

/** The formats of the tables of one target, each asked of its catalog once. */
export class RowFormats {
  readonly #pool: SessionPool;
  readonly #naming: Naming;
  readonly #known = new Map<string, Promise<RowFormat>>();

  constructor(pool: SessionPool, naming: Naming) {
    this.#pool = pool;
    this.#naming = naming;
  }

  /** COPY BINARY where every column has an encoder, else COPY text. A failure is tried again by the next call. */
  async of(table: string, columns: readonly string[]): Promise<RowFormat> {
    const name = JSON.stringify([table, ...columns]);
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const reading = this.#read(table, columns);
    this.#known.set(name, reading);
    reading.catch(() => this.#known.delete(name));
    return reading;
  }

  /** After DDL. */
  forget(): void {
    this.#known.clear();
  }

  async #read(table: string, columns: readonly string[]): Promise<RowFormat> {
    return binaryFormat(await readReceivers(this.#pool, this.#naming(table), columns)) ?? textFormat;
  }
}
