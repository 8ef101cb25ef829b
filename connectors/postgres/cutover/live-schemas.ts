import { WaybillError } from '../../../core/model/errors.ts';
import type { DoneHook, Hook } from '../../../core/model/hook.ts';
import type {
  Append,
  Cutover,
  LiveSchemas,
  OnStep,
  SchemaContents,
  Swap,
  Tenancy,
} from '../../../core/ports/cutover.ts';
import { clientEnvironment, type PostgresAddress } from '../address.ts';
import { changedSince } from '../ddl/proved-state.ts';
import { runHook } from '../ledger/hooks.ts';
import { ensureLedger, forgetSchema, readSchemaOf } from '../ledger/ledger.ts';
import { lockSchemas } from '../ledger/run-lock.ts';
import { quoteName } from '../names.ts';
import { refusePooler } from '../pooler.ts';
import { Session, type Settings } from '../session.ts';
import { appendTenant, changedTables, takeOutTenant } from './append-tenant.ts';
import {
  ensureCutoverRecords,
  insertCutover,
  insertWrites,
  readCutovers,
  readRecordedWrites,
  updateCutover,
} from './cutover-records.ts';
import { readExternalDependencies } from './external-dependencies.ts';
import { beginAlone, busyError, isBusy, pausesMs } from './locks.ts';
import { readWrites, renamingOf, swapSchemas } from './swap-schemas.ts';

const ignoreStep: OnStep = () => undefined;

/** The schemas of one PostgreSQL database, on one session. */
export class PostgresLiveSchemas implements LiveSchemas {
  readonly label: string;
  readonly version: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly #session: Session;
  readonly #address: PostgresAddress;
  readonly #settings: Settings;

  private constructor(address: PostgresAddress, settings: Settings, session: Session, version: number) {
    this.#address = address;
    this.#settings = settings;
    this.label = address.label;
    this.version = version;
    this.environment = clientEnvironment(address);
    this.#session = session;
  }

  /** @param settings more session settings, such as the tenant that row-level security requires. */
  static async open(address: PostgresAddress, settings: Settings): Promise<PostgresLiveSchemas> {
    await refusePooler(address);
    // With an empty search path the server writes every name with its schema.
    const session = await Session.open(address, { ...settings, search_path: '' });
    const [row] = await session.rows(`select current_setting('server_version_num')::int / 10000 as major`);
    return new PostgresLiveSchemas(address, settings, session, Number(row?.major));
  }

  async exists(schema: string): Promise<boolean> {
    const [row] = await this.#session.rows('select to_regnamespace($1) is not null as there', [`"${schema}"`]);
    return row?.there === 't';
  }

  async isEmpty(schema: string): Promise<boolean> {
    // Every object of a schema depends on it.
    const sql = `
      select not exists (
        select from pg_depend where refclassid = 'pg_namespace'::regclass and refobjid = to_regnamespace($1)
      ) as is_empty`;
    const [row] = await this.#session.rows(sql, [quoteName(schema)]);
    return row?.is_empty === 't';
  }

  async contents(schema: string): Promise<SchemaContents> {
    const sql = `
      select count(*) as tables, coalesce(sum(greatest(reltuples, 0)), 0)::int8 as rows
      from pg_class where relnamespace = to_regnamespace($1) and relkind = 'r'`;
    const [row] = await this.#session.rows(sql, [quoteName(schema)]);
    return { tables: Number(row?.tables), estimatedRows: Number(row?.rows) };
  }

  schemaOf(run: string): Promise<string | null> {
    return readSchemaOf(this.#session, run);
  }

  cutovers(): Promise<readonly Cutover[]> {
    return readCutovers(this.#session);
  }

  async obstacles(live: string, incoming: string): Promise<readonly string[]> {
    const found: string[] = [];
    for (const { name, make, orphans } of await readExternalDependencies(this.#session, live, incoming)) {
      if (make === null) found.push(`${name}: it cannot be recreated`);
      if (orphans === null) continue;
      const [row] = await this.#session.rows(orphans, [], `look for orphans of ${name}`);
      if (row?.count !== '0') found.push(`${name}: ${row?.count} rows would have no parent`);
    }
    return found;
  }

  swap({ cutover, carries, proved }: Swap, onStep = ignoreStep): Promise<void> {
    const prepare = () => refuseChanged(this.#session, cutover, proved);
    return this.#change([cutover.live, cutover.shadow], onStep, prepare, async (session, tries) => {
      await swapSchemas(
        session,
        { ...renamingOf(cutover).forth, recreated: carries, copiesOwnersAndGrants: true, tries },
        onStep,
      );
      await insertCutover(session, cutover);
      await insertWrites(session, cutover.run, await readWrites(session, cutover.live));
    });
  }

  swapBack(cutover: Cutover, onStep = ignoreStep): Promise<void> {
    return this.#change([cutover.live, cutover.before ?? cutover.live], onStep, ready, async (session, tries) => {
      await swapSchemas(
        session,
        { ...renamingOf(cutover).back, recreated: [], copiesOwnersAndGrants: false, tries },
        onStep,
      );
      await updateCutover(session, { ...cutover, state: 'rolled-back' });
    });
  }

  append(append: Append, onStep = ignoreStep): Promise<void> {
    const prepare = () => refuseChanged(this.#session, append.cutover, append.proved ?? null);
    return this.#change([append.cutover.live, append.cutover.shadow], onStep, prepare, async (session) => {
      await appendTenant(session, append, onStep);
      await insertCutover(session, append.cutover);
    });
  }

  takeOut(append: Append, onStep = ignoreStep): Promise<void> {
    const { cutover } = append;
    return this.#change([cutover.live, cutover.shadow], onStep, ready, async (session) => {
      await takeOutTenant(session, append, onStep);
      await updateCutover(session, { ...cutover, state: 'rolled-back' });
    });
  }

  async writtenSince(cutover: Cutover, tenancy: Tenancy | null): Promise<readonly string[] | null> {
    const { tenant, shadow } = cutover;
    if (tenant !== null) {
      if (tenancy === null || !(await this.exists(shadow))) return null;
      return changedTables(this.#session, { cutover: { ...cutover, tenant }, tenancy });
    }
    const then = await readRecordedWrites(this.#session, cutover.run);
    const now = await readWrites(this.#session, cutover.live);
    return [...now].flatMap(([name, writes]) => (then.get(name) === writes ? [] : [name]));
  }

  async runHook(run: string, live: string, hook: Hook): Promise<DoneHook> {
    await ensureLedger(this.#session);
    const session = await Session.open(this.#address, this.#settings);
    try {
      return await runHook(session, { run, schema: live, hook });
    } finally {
      await session.close();
    }
  }

  async drop(schema: string, gone: Cutover | null): Promise<void> {
    await this.#change([schema], ignoreStep, ready, async (session) => {
      const dependencies = await readExternalDependencies(session, schema, schema);
      if (dependencies.length > 0) throw stillUsed(schema, dependencies);
      await session.rows(`drop schema if exists ${quoteName(schema)} cascade`, [], `drop ${schema}`);
      await forgetSchema(session, schema);
      if (gone !== null) await updateCutover(session, { ...gone, state: 'gone' });
    });
  }

  async close(): Promise<void> {
    await this.#session.close();
  }

  /**
   * Runs one transaction. While other sessions hold its locks, it tries the work again, but keeps what `prepare` locked and read.
   * @param schemas the schemas that change, the live one first. No run may work on them.
   */
  async #change(
    schemas: Schemas,
    onStep: OnStep,
    prepare: () => Promise<void>,
    work: (session: Session, tries: number) => Promise<void>,
  ): Promise<void> {
    const session = this.#session;
    await ensureLedger(session);
    let isPrepared = false;
    for (let tries = 0; ; tries++) {
      try {
        if (!isPrepared) await this.#begin(schemas, prepare);
        isPrepared = true;
        await work(session, tries);
        onStep('recorded');
        await session.rows('commit', [], 'commit');
        onStep('committed');
        return;
      } catch (error) {
        await this.#undo(error, { live: schemas[0], tries, isPrepared });
      }
    }
  }

  async #begin(schemas: Schemas, prepare: () => Promise<void>): Promise<void> {
    await beginAlone(this.#session, schemas[0]);
    await lockSchemas(this.#session, schemas);
    await ensureCutoverRecords(this.#session);
    await prepare();
    await this.#session.rows('savepoint prepared');
  }

  /** Undoes a try that the locks of other sessions ended, and waits before the next. Throws any other error, and the last one. */
  async #undo(error: unknown, { live, tries, isPrepared }: FailedTry): Promise<void> {
    const session = this.#session;
    const pauseMs = isBusy(error) ? pausesMs[tries] : undefined;
    const back = pauseMs !== undefined && isPrepared ? 'rollback to savepoint prepared' : 'rollback';
    if (!session.isLost) await session.rows(back).catch(() => session.destroy());
    if (session.isLost || !isBusy(error)) throw error;
    if (pauseMs === undefined) throw busyError(live, error);
    await new Promise((done) => setTimeout(done, pauseMs));
  }
}

type Schemas = readonly [string, ...string[]];

interface FailedTry {
  readonly live: string;
  readonly tries: number;
  readonly isPrepared: boolean;
}

const ready = async (): Promise<void> => undefined;

/** Locks the shadow against writers, and refuses it unless it is in the state that was validated. */
async function refuseChanged(
  session: Session,
  { run, shadow, pipeline }: Cutover,
  proved: string | null,
): Promise<void> {
  if (proved === null) return;
  const changed = await changedSince(session, shadow, proved);
  if (changed.length === 0) return;
  const named = `${changed.slice(0, 10).join(', ')}${changed.length > 10 ? ', …' : ''}`;
  throw new WaybillError('cutover-unproved', `${shadow} was changed since run ${run} was validated: ${named}.`, {
    hint: `Validate it again: waybill validate ${pipeline} --run ${run}`,
  });
}

function stillUsed(schema: string, dependencies: readonly { readonly name: string }[]): WaybillError {
  return new WaybillError(
    'cutover-refused',
    `Other schemas still depend on ${schema}: ${dependencies.map(({ name }) => name).join(', ')}.`,
    {
      hint: 'Drop these objects, or make them use the live schema.',
    },
  );
}
