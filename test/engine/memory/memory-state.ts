import { WaybillError } from '../../../core/model/errors.ts';
import type { Row, Value } from '../../../core/model/value.ts';
import type { LedgerEntry, Refusal, ResolvedRow, RunRecord } from '../../../core/ports/ledger.ts';
import type { ReplayBatch, ReplayedRow } from '../../../core/ports/replay.ts';
import type { PartWriter } from '../../../core/ports/target.ts';
import { type MemoryDatabase, tableIn } from '../../validators/memory.ts';

/** Hooks with which a test disturbs a server. Each may throw. */
export interface Faults {
  /** Returns why a row, in the column order of its mapping, is refused, or null if it is accepted. */
  refuse: (table: string, row: Row) => Refusal | null;
  /** When a refused row is reported: at its own `write`, or at the end as a stream does. */
  tellsLate: boolean;
  beforeWrite: (table: string) => void;
  beforeCommit: (entry: LedgerEntry) => void;
  /** Called when the rows are in the table. */
  afterCommit: (entry: LedgerEntry) => void;
  beforeMigrate: (version: number) => void;
  /** Called when the rows are loaded. */
  afterReplay: (batch: ReplayBatch) => void;
}

/** The state of the server other than rows, each entry with its schema. */
export interface Remembered<T> {
  readonly schema: string;
  readonly fact: T;
}

/** The state of a target server in memory, and the faults that a test injects. */
export class MemoryState {
  readonly schemas = new Map<string, MemoryDatabase>();
  ledger: Remembered<LedgerEntry>[] = [];
  runs: Remembered<RunRecord>[] = [];
  resolved: (Remembered<ResolvedRow> & { readonly run: string })[] = [];
  replays: (Remembered<ReplayedRow> & { readonly run: string })[] = [];
  readonly faults: Faults = {
    refuse: () => null,
    tellsLate: false,
    beforeWrite: () => undefined,
    beforeCommit: () => undefined,
    afterCommit: () => undefined,
    beforeMigrate: () => undefined,
    afterReplay: () => undefined,
  };
  /** Number of writers that were neither committed nor rolled back. */
  readonly open = new Set<PartWriter>();
  /** Number of targets that were opened and not closed. */
  openTargets = 0;
  /** The DDL version applied to each schema. */
  readonly versions = new Map<string, number>();

  /** Makes rows and ledger row visible together. @throws when the ledger has the part already, as its key does. */
  commit(schema: string, database: MemoryDatabase, table: string, rows: readonly Value[][], entry: LedgerEntry): void {
    const isThere = this.entries(entry.run).some(
      (e) => e.mapping === entry.mapping && e.part.number === entry.part.number,
    );
    if (isThere) throw new WaybillError('run-locked', 'The part is in the ledger already.', { hint: 'Resume.' });
    tableIn(database, table).rows.push(...rows);
    this.ledger.push({ schema, fact: entry });
  }

  entries(run: string): LedgerEntry[] {
    const own = this.ledger.map(({ fact }) => fact).filter((entry) => entry.run === run);
    return own.sort((a, b) =>
      a.mapping === b.mapping ? a.part.number - b.part.number : a.mapping < b.mapping ? -1 : 1,
    );
  }
}
