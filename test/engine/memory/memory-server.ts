import { rowText } from '../../../core/model/row-text.ts';
import type { TableSchema } from '../../../core/model/schema.ts';
import type { Reference, ResolvedRow } from '../../../core/ports/ledger.ts';
import type { Target } from '../../../core/ports/target.ts';
import { type MemoryDatabase, memoryTarget, places, tableIn } from '../../validators/memory.ts';
import { memoryFormat } from '../../validators/memory-format.ts';
import { MemoryPartWriter } from './memory-part-writer.ts';
import { replayIn } from './memory-replay.ts';
import { resolveIn } from './memory-resolve.ts';
import { MemoryState } from './memory-state.ts';

/** A target server in memory: schemas, their ledger, transactions, and faults. */
export class MemoryServer extends MemoryState {
  private readonly tables: readonly TableSchema[];

  constructor(tables: readonly TableSchema[]) {
    super();
    this.tables = tables;
  }

  /** All rows of a table as canonical lines, sorted. Empty if the schema or table does not exist. */
  lines(table: string, schema = 'shop'): string[] {
    const rows = this.schemas.get(schema)?.get(table)?.rows ?? [];
    return rows.map(rowText).sort();
  }

  /** The visible state of the server, for comparison before and after. */
  state(): unknown {
    const { ledger, runs, resolved } = this;
    return structuredClone({ schemas: this.schemas, versions: this.versions, ledger, runs, resolved });
  }

  target(schema: string): Target {
    const database = this.schemas.get(schema) ?? (new Map() as MemoryDatabase);
    const facts = { constraints: [], rowSecurity: {}, sequences: [], fail: () => undefined };
    const { inspector } = memoryTarget(database, facts);
    this.openTargets++;
    return {
      label: 'memory:target',
      inspector,
      claim: async () => undefined,
      requireLockRoom: async () => undefined,
      missingRights: async () => [],
      migrate: async (_directory, version) => this.migrate(schema, database, version),
      takeDown: async () => undefined,
      versions: async () => [],
      ddlState: async () => ({ objects: [], rows: {} }),
      blueprint: async () => ({ files: {}, kept: [], refused: [] }),
      changedSinceBlueprint: async () => [],
      runHook: async (_run, { point, name }) => ({
        point,
        name,
        sha256: '',
        at: '2024-01-01T00:00:00.000Z',
        seconds: 0,
        rows: {},
      }),
      hooks: async () => [],
      leftBehind: async () => [],
      runs: async () => ({
        runs: this.runs.filter((each) => each.schema === schema).map(({ fact }) => fact.run),
        isLive: false,
      }),
      seed: async (table, rows) => this.seed(database, table, rows),
      drop: async () => this.drop(schema),
      recordRun: async (run) => {
        if (!this.runs.some(({ fact }) => fact.run === run.run)) this.runs.push({ schema, fact: run });
      },
      beginLoad: async () => undefined,
      schemaOf: async (run) => this.runs.find(({ fact }) => fact.run === run)?.schema ?? null,
      provedState: async () => '',
      ledger: async (run) => this.entries(run),
      rowFormat: async () => memoryFormat,
      openPart: async (table, columns) => new MemoryPartWriter({ server: this, schema, database, table, columns }),
      resolveReferences: async (run, references) => {
        this.resolved.push(...resolveIn(database, references).map((fact) => ({ schema, run, fact })));
        return this.resolvedOf(run);
      },
      classifyResolved: async (rows) => {
        this.resolved = this.resolved.map((each) => {
          const classified = rows.find(({ id }) => id === each.fact.id);
          return classified === undefined ? each : { ...each, fact: { ...each.fact, ...classified } };
        });
      },
      resolvedRows: async (run) => this.resolvedOf(run),
      replay: async (batch) => replayIn(this, schema, database, batch),
      replayed: async (run) => this.replays.filter((each) => each.run === run).map(({ fact }) => fact),
      restoreReferences: async (run, references) => this.restoreReferences(run, database, references),
      finish: async () => undefined,
      setSequences: async () => undefined,
      close: async () => {
        this.openTargets--;
      },
    };
  }

  private resolvedOf(run: string): ResolvedRow[] {
    return this.resolved.filter((each) => each.run === run).map(({ fact }) => fact);
  }

  private restoreReferences(run: string, database: MemoryDatabase, references: readonly Reference[]): number {
    const before = this.resolved.length;
    this.resolved = this.resolved.filter(({ run: of, fact: { action, table, column, parent, key, value } }) => {
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
    return before - this.resolved.length;
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
    this.resolved = this.resolved.filter((each) => each.schema !== schema);
  }
}
