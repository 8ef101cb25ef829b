import { WaybillError } from '../../../core/model/errors.ts';
import type { Append, Cutover, LiveSchemas, OnStep, Swap, Tenancy } from '../../../core/ports/cutover.ts';
import { clientEnvironment, type PostgresAddress } from '../address.ts';
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

  private constructor(address: PostgresAddress, session: Session, version: number) {
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
    return new PostgresLiveSchemas(address, session, Number(row?.major));
  }

  async exists(schema: string): Promise<boolean> {
    const [row] = await this.#session.rows('select to_regnamespace($1) is not null as there', [`"${schema}"`]);
    return row?.there === 't';
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

  swap({ cutover, carries }: Swap, onStep = ignoreStep): Promise<void> {
    return this.#change([cutover.live, cutover.shadow], onStep, async (session, tries) => {
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
    return this.#change([cutover.live, cutover.before ?? cutover.live], onStep, async (session, tries) => {
      await swapSchemas(
        session,
        { ...renamingOf(cutover).back, recreated: [], copiesOwnersAndGrants: false, tries },
        onStep,
      );
      await updateCutover(session, { ...cutover, state: 'rolled-back' });
    });
  }

  append(append: Append, onStep = ignoreStep): Promise<void> {
    return this.#change([append.cutover.live, append.cutover.shadow], onStep, async (session) => {
      await appendTenant(session, append, onStep);
      await insertCutover(session, append.cutover);
    });
  }

  takeOut(append: Append, onStep = ignoreStep): Promise<void> {
    const { cutover } = append;
    return this.#change([cutover.live, cutover.shadow], onStep, async (session) => {
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

  async drop(schema: string, gone: Cutover | null): Promise<void> {
    await this.#change([schema], ignoreStep, async (session) => {
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
   * Runs one transaction, and tries again while other sessions hold its locks.
   * @param schemas the schemas that change, the live one first. No run may work on them.
   */
  async #change(
    schemas: readonly [string, ...string[]],
    onStep: OnStep,
    work: (session: Session, tries: number) => Promise<void>,
  ): Promise<void> {
    const [live] = schemas;
    const session = this.#session;
    await ensureLedger(session);
    for (let tries = 0; ; tries++) {
      try {
        await beginAlone(session, live);
        await lockSchemas(session, schemas);
        await ensureCutoverRecords(session);
        await work(session, tries);
        onStep('recorded');
        await session.rows('commit', [], 'commit');
        onStep('committed');
        return;
      } catch (error) {
        if (!session.isLost) await session.rows('rollback').catch(() => session.destroy());
        if (session.isLost || !isBusy(error)) throw error;
        const pauseMs = pausesMs[tries];
        if (pauseMs === undefined) throw busyError(live, error);
        await new Promise((done) => setTimeout(done, pauseMs));
      }
    }
  }
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
