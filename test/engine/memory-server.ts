import { WaybillError } from '../../core/errors.ts';
import type { LedgerEntry, PartWriter, Reference, Refusal, RunRecord, Settled, Target } from '../../core/ports.ts';
import type { ReplayBatch, ReplayedRow } from '../../core/replay.ts';
import { rowText } from '../../core/row-text.ts';
import type { TableSchema } from '../../core/schema.ts';
import type { Row, Value } from '../../core/value.ts';
import { type MemoryDatabase, memoryTarget, places, tableIn } from '../validators/memory.ts';
import { memoryFormat } from '../validators/memory-format.ts';
import { MemoryPartWriter } from './memory-part-writer.ts';
import { replayIn } from './memory-replay.ts';
import { settleIn } from './memory-settle.ts';

/** Hooks that a test puts into a server's way; each may throw. */
export interface Faults {
  /** Says why a row, in the order of its mapping, is refused; null when it is taken. */
  refuse: (table: string, row: Row) => Refusal | null;
  /** When a refused row is told of: at its own `write`, or as a stream does, at the end. */
  tellsLate: boolean;
  beforeWrite: (table: string) => void;
  beforeCommit: (entry: LedgerEntry) => void;
  /** The rows are in the table by then. */
  afterCommit: (entry: LedgerEntry) => void;
  beforeMigrate: (version: number) => void;
  /** The rows are in by then. */
  afterReplay: (batch: ReplayBatch) => void;
}

/** What the server holds besides rows, each with the schema that it belongs to. */
export interface Remembered<T> {
  readonly schema: string;
  readonly fact: T;
}

/** A target server in memory: schemas, the ledger beside them, transactions, and faults. */
export class MemoryServer {
  readonly schemas = new Map<string, MemoryDatabase>();
  ledger: Remembered<LedgerEntry>[] = [];
  runs: Remembered<RunRecord>[] = [];
  settled: (Remembered<Settled> & { readonly run: string })[] = [];
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
  /** Writers that were neither committed nor rolled back. */
  readonly open = new Set<PartWriter>();
  /** Targets that were opened and not closed. */
  openTargets = 0;
  /** The version that each schema's DDL stands at. */
  readonly versions = new Map<string, number>();
  private readonly tables: readonly TableSchema[];

  constructor(tables: readonly TableSchema[]) {
    this.tables = tables;
  }

  /** All rows of a table as canonical lines, sorted; none when schema or table is not there. */
  lines(table: string, schema = 'shop'): string[] {
    const rows = this.schemas.get(schema)?.get(table)?.rows ?? [];
    return rows.map(rowText).sort();
  }

  /** All that can be seen of the server, to be compared before and after. */
  state(): unknown {
    const { ledger, runs, settled } = this;
    return structuredClone({ schemas: this.schemas, versions: this.versions, ledger, runs, settled });
  }

  target(schema: string): Target {
    const database = this.schemas.get(schema) ?? (new Map() as MemoryDatabase);
    const facts = { constraints: [], rowSecurity: {}, lowSequences: [], fail: () => undefined };
    const { inspector } = memoryTarget(database, facts);
    this.openTargets++;
    return {
      label: 'memory:target',
      inspector,
      claim: async () => undefined,
      migrate: async (_directory, version) => this.migrate(schema, database, version),
      takeDown: async () => undefined,
      versions: async () => [],
      seed: async (table, rows) => this.seed(database, table, rows),
      drop: async () => this.drop(schema),
      recordRun: async (run) => {
        if (!this.runs.some(({ fact }) => fact.run === run.run)) this.runs.push({ schema, fact: run });
      },
      beginLoad: async () => undefined,
      schemaOf: async (run) => this.runs.find(({ fact }) => fact.run === run)?.schema ?? null,
      ledger: async (run) => this.entries(run),
      rowFormat: async () => memoryFormat,
      openPart: async (table, columns) => new MemoryPartWriter({ server: this, schema, database, table, columns }),
      settle: async (run, references) => {
        this.settled.push(...settleIn(database, references).map((fact) => ({ schema, run, fact })));
        return this.settled.filter((each) => each.run === run).map(({ fact }) => fact);
      },
      replay: async (batch) => replayIn(this, schema, database, batch),
      replayed: async (run) => this.replays.filter((each) => each.run === run).map(({ fact }) => fact),
      reattach: async (run, references) => this.reattach(run, database, references),
      finish: async () => undefined,
      close: async () => {
        this.openTargets--;
      },
    };
  }

  entries(run: string): LedgerEntry[] {
    const own = this.ledger.map(({ fact }) => fact).filter((entry) => entry.run === run);
    return own.sort((a, b) =>
      a.mapping === b.mapping ? a.part.number - b.part.number : a.mapping < b.mapping ? -1 : 1,
    );
  }

  /** Makes rows and ledger row visible together. @throws when the ledger has the part already, as its key does. */
  commit(schema: string, database: MemoryDatabase, table: string, rows: readonly Value[][], entry: LedgerEntry): void {
    const isThere = this.entries(entry.run).some(
      (e) => e.mapping === entry.mapping && e.part.number === entry.part.number,
    );
    if (isThere) throw new WaybillError('run-locked', 'The part is in the ledger already.', { hint: 'Resume.' });
    tableIn(database, table).rows.push(...rows);
    this.ledger.push({ schema, fact: entry });
  }

  private reattach(run: string, database: MemoryDatabase, references: readonly Reference[]): number {
    const before = this.settled.length;
    this.settled = this.settled.filter(({ run: of, fact: { action, table, column, parent, key, value } }) => {
      const reference = references.find((r) => r.table === table && r.column === column && r.parent === parent);
      if (of !== run || action !== 'null' || reference === undefined) return true;
      const { schema, rows } = tableIn(database, parent);
      const [parentAt = 0] = places(schema, [reference.parentColumn]);
      if (!rows.some((row) => row[parentAt] === value)) return true;
      const child = tableIn(database, table);
      const [[at = 0], [keyAt = 0]] = [places(child.schema, [column]), places(child.schema, child.schema.key)];
      for (const row of child.rows) if (row[keyAt] === key[0]) row[at] = value;
      return false;
    });
    return before - this.settled.length;
  }

  private migrate(schema: string, database: MemoryDatabase, version: number): void {
    this.faults.beforeMigrate(version);
    this.schemas.set(schema, database);
    this.versions.set(schema, Math.max(version, this.versions.get(schema) ?? 0));
    for (const table of this.tables) {
      if (!database.has(table.name)) database.set(table.name, { schema: table, rows: [] });
    }
  }

  private seed(database: MemoryDatabase, table: string, rows: readonly Readonly<Record<string, string>>[]): void {
    const found = tableIn(database, table);
    for (const row of rows) {
      const cells = found.schema.columns.map((column) => row[column.name] ?? null);
      const [keyAt = 0] = places(found.schema, found.schema.key);
      if (!found.rows.some((other) => other[keyAt] === cells[keyAt])) found.rows.push(cells);
    }
  }

  private drop(schema: string): void {
    this.schemas.delete(schema);
    this.versions.delete(schema);
    this.ledger = this.ledger.filter((each) => each.schema !== schema);
    this.runs = this.runs.filter((each) => each.schema !== schema);
    this.settled = this.settled.filter((each) => each.schema !== schema);
  }
}
