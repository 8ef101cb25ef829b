import type { EncodedRows } from '../../../core/model/encoded.ts';
import { rowText } from '../../../core/model/row-text.ts';
import type { Column } from '../../../core/model/schema.ts';
import type { Row, Value } from '../../../core/model/value.ts';
import type { LedgerEntry, Refusal, RefusedRow } from '../../../core/ports/ledger.ts';
import type { PartWriter } from '../../../core/ports/target.ts';
import { type MemoryDatabase, places, tableIn } from '../../validators/memory.ts';
import { decoded } from '../../validators/memory-format.ts';
import type { MemoryState } from './memory-state.ts';

interface PartTarget {
  readonly server: MemoryState;
  readonly schema: string;
  readonly database: MemoryDatabase;
  readonly table: string;
  readonly columns: readonly string[];
}

/** Writes a part in one transaction: its rows are in the table only after the commit. */
export class MemoryPartWriter implements PartWriter {
  private readonly target: PartTarget;
  private rows: Value[][] = [];
  private refusal: Refusal | null = null;
  private isOver = false;

  constructor(target: PartTarget) {
    this.target = target;
    target.server.open.add(this);
  }

  async write(rows: EncodedRows): Promise<Refusal | null> {
    this.use();
    for (const row of this.decode(rows)) this.refusal ??= this.take(row);
    return this.target.server.faults.tellsLate ? null : this.refusal;
  }

  async finish(): Promise<Refusal | null> {
    this.use();
    return this.refusal;
  }

  async writeIsolating(rows: EncodedRows): Promise<readonly RefusedRow[]> {
    this.use();
    return this.decode(rows).flatMap((each, row) => {
      const refusal = this.take(each);
      return refusal === null ? [] : [{ row, refusal }];
    });
  }

  async commit(entry: LedgerEntry): Promise<void> {
    this.use();
    if (this.refusal !== null) throw new Error('committed after a refusal');
    const { server, schema, database, table } = this.target;
    this.end();
    server.faults.beforeCommit(entry);
    server.commit(schema, database, table, this.rows, entry);
    server.faults.afterCommit(entry);
  }

  async rollback(): Promise<void> {
    if (!this.isOver) this.end();
  }

  private use(): void {
    if (this.isOver) throw new Error('the transaction is over');
    this.target.server.faults.beforeWrite(this.target.table);
  }

  private end(): void {
    this.isOver = true;
    this.target.server.open.delete(this);
  }

  private decode(rows: EncodedRows): Row[] {
    const { database, table, columns } = this.target;
    const { schema } = tableIn(database, table);
    return decoded(
      rows,
      places(schema, columns).map((place) => schema.columns[place] as Column),
    );
  }

  private take(row: Row): Refusal | null {
    const { server, database, table, columns } = this.target;
    const { schema, rows } = tableIn(database, table);
    const refusal = server.faults.refuse(table, row);
    if (refusal !== null) return refusal;
    const cells = schema.columns.map(({ name }) => row[columns.indexOf(name)] ?? null);
    const at = places(schema, schema.key);
    const keyOf = (of: Row): string => rowText(at.map((i) => of[i] as Value));
    if (at.length > 0 && [...rows, ...this.rows].some((other) => keyOf(other) === keyOf(cells))) {
      return { sqlstate: '23505', constraint: `${table}_pkey`, column: null };
    }
    this.rows.push(cells);
    return null;
  }
}
