import type { RowFormat } from '../../core/model/encoded.ts';
import type { DoneHook, Hook } from '../../core/model/hook.ts';
import type { Column } from '../../core/model/schema.ts';
import type { Blueprint } from '../../core/ports/blueprint.ts';
import type { LedgerEntry, Reference, RefusedRow, ResolvedRow, RunRecord } from '../../core/ports/ledger.ts';
import type { TargetOptions } from '../../core/ports/open-options.ts';
import type { ReplayBatch, ReplayedRow } from '../../core/ports/replay.ts';
import type {
  DdlState,
  LeftBehindObject,
  PartWriter,
  SchemaRuns,
  SchemaVersion,
  SequenceValue,
  Target,
  TargetInspector,
} from '../../core/ports/target.ts';
import type { PostgresAddress } from './address.ts';
import { changedSinceBlueprint, readBlueprint } from './blueprint/read-blueprint.ts';
import { PostgresPartWriter } from './copy/part-writer.ts';
import { switchOffAutovacuum, switchOnAutovacuum } from './ddl/autovacuum.ts';
import { readDdlState } from './ddl/ddl-state.ts';
import { type Migration, migrate, readVersions } from './ddl/migrate.ts';
import { readProvedState } from './ddl/proved-state.ts';
import { setSequences } from './ddl/sequences.ts';
import { readLeftBehind } from './ddl/versions.ts';
import { readHooks, runHook } from './ledger/hooks.ts';
import { ensureLedger, forgetSchema, insertRun, readEntries, readRuns, readSchemaOf } from './ledger/ledger.ts';
import { type ReplayContext, readReplayed, replay } from './ledger/replay.ts';
import { classifyResolved, readResolved, resolveReferences, withOrphans } from './ledger/resolve-references.ts';
import { restoreReferences } from './ledger/restore-references.ts';
import { lockForRun } from './ledger/run-lock.ts';
import { quoteName, quoteNames, refuseTargetName, targetNaming } from './names.ts';
import { refusePooler } from './pooler.ts';
import { requireRoomForDdl } from './readiness/lock-need.ts';
import { missingRights } from './readiness/missing-rights.ts';
import { RowFormats } from './row-format/row-formats.ts';
import { Session, type Settings } from './session.ts';
import { SessionPool, type Sessions } from './session-pool.ts';
import { readingNamingOf, targetInspectorOf } from './target-inspector.ts';

/** How many parts are loaded and queries run at the same time. */
const maxSessions = 8;

/** One schema of a PostgreSQL database as a target. */
export class PostgresTarget implements Target {
  readonly label: string;
  readonly inspector: TargetInspector;
  readonly #schema: string;
  readonly #pool: SessionPool;
  readonly #address: PostgresAddress;
  readonly #settings: Settings;
  readonly #formats: RowFormats;
  readonly #sessions: Sessions;
  #hasConnected = false;
  #ledgerIsThere: Promise<void> | null = null;
  #claim: Session | null = null;

  private constructor(address: PostgresAddress, { schema, settings, jobs = 1 }: TargetOptions) {
    this.label = address.label;
    this.#schema = schema;
    this.#settings = { search_path: quoteName(schema), ...settings };
    this.#address = address;
    this.#pool = new SessionPool(() => this.#open(), { max: maxSessions, rest: 'I' });
    this.#sessions = { jobs: Math.min(jobs, maxSessions), use: (work) => this.#pool.use(work) };
    this.#formats = new RowFormats(this.#pool, targetNaming(schema));
    this.inspector = targetInspectorOf(this.#pool, schema, this.#formats);
  }

  /** Connects once, so that a wrong URL fails now. The schema need not exist yet. @throws as `refusePooler`. */
  static async open(address: PostgresAddress, options: TargetOptions): Promise<PostgresTarget> {
    refuseTargetName(options.schema);
    await refusePooler(address);
    const target = new PostgresTarget(address, options);
    await target.#pool.use(async () => {});
    return target;
  }

  /** Locks in a separate session, which ends with the process, so no lock is ever stale. */
  async claim(run: string | null): Promise<void> {
    this.#claim ??= await this.#open();
    await lockForRun(this.#claim, run, this.#schema);
  }

  requireLockRoom(directory: string, version: number): Promise<void> {
    return this.#pool.use((session) => requireRoomForDdl(session, directory, version));
  }

  missingRights(role: string | null): Promise<readonly string[]> {
    return this.#pool.use((session) => missingRights(session, this.#schema, role));
  }

  /** Runs DDL in a separate session that ends afterwards, so its settings affect nothing else. */
  async migrate(directory: string, version: number, onVersion?: () => void): Promise<void> {
    const direction = version === 0 ? 'down' : 'up';
    await this.#migrate({ directory, version, direction, schema: this.#schema, onVersion });
  }

  async takeDown(directory: string, version: number): Promise<void> {
    const isThere = (await this.versions(directory)).some(({ isDone }) => isDone);
    if (isThere) await this.#migrate({ directory, version, direction: 'down', schema: this.#schema });
  }

  versions(directory: string): Promise<readonly SchemaVersion[]> {
    return this.#pool.use((session) => readVersions(session, { directory, schema: this.#schema }));
  }

  ddlState(directory: string, version: number): Promise<DdlState> {
    return this.#pool.use((session) => readDdlState(session, directory, version));
  }

  leftBehind(): Promise<readonly LeftBehindObject[]> {
    return this.#pool.use((session) => readLeftBehind(session, this.#schema));
  }

  blueprint(kept: readonly string[]): Promise<Blueprint> {
    return this.#pool.use((session) => readBlueprint(session, this.#schema, kept));
  }

  changedSinceBlueprint(directory: string, kept: readonly string[]): Promise<readonly string[]> {
    return this.#pool.use((session) => changedSinceBlueprint(session, this.#schema, { directory, kept }));
  }

  async #migrate(migration: Omit<Migration, 'sessions'>): Promise<void> {
    const session = await this.#open();
    try {
      await migrate(session, { ...migration, sessions: this.#sessions });
    } finally {
      this.#formats.forget();
      await session.close();
    }
  }

  async seed(table: string, rows: readonly Readonly<Record<string, string>>[]): Promise<void> {
    await this.#transaction(async (session) => {
      for (const row of rows) {
        const places = Object.keys(row).map((_, i) => `$${i + 1}`);
        const sql = `
          insert into ${this.#naming(table)} (${quoteNames(Object.keys(row))})
          values (${places.join(', ')})
          on conflict do nothing`;
        await session.rows(sql, Object.values(row), `seed ${table}`);
      }
    });
  }

  async drop(): Promise<void> {
    await this.#transaction(async (session) => {
      await session.rows(`drop schema if exists ${quoteName(this.#schema)} cascade`, [], `drop ${this.#schema}`);
      await forgetSchema(session, this.#schema);
    });
  }

  async recordRun(run: RunRecord): Promise<void> {
    await this.#ensureLedger();
    await this.#pool.use((session) => insertRun(session, this.#schema, run));
  }

  beginLoad(): Promise<void> {
    return this.#pool.use(switchOffAutovacuum);
  }

  schemaOf(run: string): Promise<string | null> {
    return this.#pool.use((session) => readSchemaOf(session, run));
  }

  provedState(): Promise<string> {
    return this.#pool.use((session) => readProvedState(session, this.#schema));
  }

  runs(): Promise<SchemaRuns> {
    return this.#pool.use((session) => readRuns(session, this.#schema));
  }

  async ledger(run: string): Promise<readonly LedgerEntry[]> {
    return this.#pool.use((session) => readEntries(session, run));
  }

  async rowFormat(table: string, columns: readonly Column[]): Promise<RowFormat> {
    return this.#formats.of(
      table,
      columns.map(({ name }) => name),
    );
  }

  async openPart(table: string, columns: readonly string[], format: RowFormat): Promise<PartWriter> {
    await this.#ensureLedger();
    const session = await this.#pool.acquire();
    const release = () => this.#pool.release(session);
    try {
      const quotedTable = this.#naming(table);
      const to = { schema: this.#schema, table, quotedTable, columns, format };
      return await PostgresPartWriter.begin({ session, release, ...to });
    } catch (error) {
      release();
      throw error;
    }
  }

  async resolveReferences(run: string, references: readonly Reference[]): Promise<readonly ResolvedRow[]> {
    await this.#ensureLedger();
    const naming = await readingNamingOf(this.#pool, this.#schema);
    const first = await withOrphans(this.#sessions, naming, references);
    return this.#transaction(async (session) => {
      await resolveReferences({ session, naming, schema: this.#schema, run }, references, first);
      return readResolved(session, run);
    });
  }

  async classifyResolved(rows: Parameters<Target['classifyResolved']>[0]): Promise<void> {
    if (rows.length > 0) await this.#transaction((session) => classifyResolved(session, rows));
  }

  async resolvedRows(run: string): Promise<readonly ResolvedRow[]> {
    return this.#pool.use((session) => readResolved(session, run));
  }

  async replay(batch: ReplayBatch): Promise<readonly RefusedRow[]> {
    await this.#ensureLedger();
    return this.#pool.use((session) => replay(this.#replaying(session), batch));
  }

  async replayed(run: string): Promise<readonly ReplayedRow[]> {
    return this.#pool.use((session) => readReplayed(session, run));
  }

  async restoreReferences(run: string, references: readonly Reference[]): Promise<number> {
    return this.#transaction((session) => restoreReferences(this.#replaying(session), run, references));
  }

  async runHook(run: string, hook: Hook): Promise<DoneHook> {
    await this.#ensureLedger();
    const session = await this.#open();
    try {
      return await runHook(session, { run, schema: this.#schema, hook });
    } finally {
      this.#formats.forget();
      await session.close();
    }
  }

  hooks(run: string): Promise<readonly DoneHook[]> {
    return this.#pool.use((session) => readHooks(session, run));
  }

  async finish(tables: readonly string[]): Promise<void> {
    await Promise.all(tables.map((name) => this.#pool.rows(`analyze ${this.#naming(name)}`, [], `analyze ${name}`)));
    await this.#pool.use(switchOnAutovacuum);
  }

  async setSequences(values: readonly SequenceValue[]): Promise<void> {
    await this.#pool.use((session) => setSequences(session, this.#schema, values));
  }

  async close(): Promise<void> {
    await Promise.all([this.#pool.close(), this.#claim?.close()]);
  }

  async #open(): Promise<Session> {
    const open = this.#hasConnected ? Session.reopen : Session.open;
    const session = await open(this.#address, this.#settings);
    this.#hasConnected = true;
    return session;
  }

  #replaying(session: Session): ReplayContext {
    return { session, naming: targetNaming(this.#schema), schema: this.#schema };
  }

  #naming(table: string): string {
    return targetNaming(this.#schema)(table);
  }

  async #transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#pool.use(async (session) => {
      await session.rows('begin');
      try {
        const result = await work(session);
        await session.rows('commit', [], 'commit');
        return result;
      } catch (error) {
        if (!session.isLost) await session.queryWithTimeout('rollback').catch(() => session.destroy());
        throw error;
      }
    });
  }

  /** Creates the ledger once per target. After a failure the next call tries again. */
  async #ensureLedger(): Promise<void> {
    this.#ledgerIsThere ??= this.#pool.use(ensureLedger).catch((error: unknown) => {
      this.#ledgerIsThere = null;
      throw error;
    });
    await this.#ledgerIsThere;
  }
}
