import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCodes } from '../../core/model/errors.ts';
import { generate } from '../../fixtures/marketplace/generate.ts';
import { type AriesDatabases, createAries } from '../fixtures/aries-databases.ts';
import type { CommandResult } from '../support/cli.ts';
import { createPgDatabase, mysqlUrl, type TestDatabase } from '../support/databases.ts';
import { type DisturbedRuns, disturbedRuns, expectExit } from './disturbed-run.ts';
import { holdLock, waitForTest } from './held-lock.ts';

/** Pauses a run when it records the part of a mapping, does something else meanwhile, and lets it continue. */
async function duringRun(
  runs: DisturbedRuns,
  { run, mapping }: { readonly run: string; readonly mapping: string },
  change: () => Promise<unknown>,
): Promise<CommandResult> {
  const lock = await holdLock(runs.database.url);
  await runs.query(`create or replace function public.hold() returns trigger language plpgsql as $$
    begin perform ${waitForTest}; return new; end $$;
    create or replace trigger hold before insert on waybill.part for each row
    when (new.run = '${run}' and new.mapping = '${mapping}' and new.part = 1) execute function public.hold()`);
  const running = runs.go(run);
  await lock.isWaitedFor();
  await change();
  await lock.release();
  return running;
}

describe('a PostgreSQL source', () => {
  const first = 'public.User > users';
  const retype = 'alter table "Message" alter column "content" type varchar(9000)';
  let legacy: TestDatabase;
  let runs: DisturbedRuns;

  beforeAll(async () => {
    legacy = await createPgDatabase();
    await generate({ url: legacy.url, scale: 1, seed: 1, defects: true });
    runs = await disturbedRuns({
      pipeline: 'marketplace',
      source: ['--source', legacy.url],
      args: ['--jobs', '1'],
    });
  });

  afterAll(async () => {
    await runs.database.drop();
    await legacy.drop();
  });

  it('lets no session change a table during the run, because a rewritten table is empty to earlier snapshots', async () => {
    const changes = ['add column more integer', 'drop column "content"', 'alter column "content" type varchar(9000)'];
    const done = await duringRun(runs, { run: 'kept', mapping: first }, async () => {
      for (const change of changes) {
        const sql = `set lock_timeout to 300; alter table "Message" ${change}`;
        await expect(onLegacy(sql)).rejects.toMatchObject({ code: '55P03' });
      }
    });
    expectExit(done, 0);
    await runs.expectSame('kept');
  });

  it('whose DDL waits for the run does not wait for ever, and is named by the resume', async () => {
    let altering: Promise<void> | null = null;
    const stopped = await duringRun(runs, { run: 'queued', mapping: first }, async () => {
      altering = onLegacy(retype);
      const waiting = `select from pg_locks where not granted and mode = 'AccessExclusiveLock' and relation is not null`;
      await expect.poll(async () => (await runs.query(waiting)).length, { timeout: 30_000 }).toBe(1);
    });
    expectExit(stopped, errorCodes['source-interrupted']);
    expect(stopped.stderr).toContain('public.Message: SQLSTATE 55P03');
    await altering;
    const resumed = await runs.go('queued', { isResumed: true });
    expectExit(resumed, errorCodes.drift);
    expect(resumed.stderr).toContain('public.Message.content: The source has type character varying(9000)');
    await onLegacy('alter table "Message" alter column "content" type text');
    expectExit(await runs.go('queued', { isResumed: true }), 0);
    await runs.expectSame('queued');
  });

  async function onLegacy(sql: string): Promise<void> {
    const client = new pg.Client(legacy.url);
    await client.connect();
    await client.query(sql).finally(() => client.end());
  }
});

describe('a MariaDB source', () => {
  const first = 'c01.tbl_company > companies';
  let aries: AriesDatabases;
  let runs: DisturbedRuns;

  beforeAll(async () => {
    aries = await createAries({ seed: 5 });
    const source = Object.entries(aries.databases).flatMap(([name, live]) => ['--source', `${name}=${mysqlUrl(live)}`]);
    runs = await disturbedRuns({ source, args: ['--jobs', '1'] });
  });

  afterAll(async () => {
    await runs.database.drop();
    await aries.drop();
  });

  it.each([
    ['added', 'add column more int', 'drop column more', /tbl_warehouse\.more: The source has a column/],
    [
      'renamed',
      "change City Town varchar(25) not null default ''",
      "change Town City varchar(25) not null default ''",
      /City|tbl_warehouse/,
    ],
    ['retyped', "modify City varchar(26) not null default ''", "modify City varchar(25) not null default ''", /City/],
  ])(
    'of which a column is %s during the run is named, and the resume is refused',
    async (run, change, undo, message) => {
      const alter = (what: string) => onAries(`alter table ${aries.table('c01.tbl_warehouse')} ${what}`);
      const stopped = await duringRun(runs, { run, mapping: first }, () => alter(change));
      expectExit(stopped, errorCodes.drift);
      expect(stopped.stderr).toMatch(message);
      const resumed = await runs.go(run, { isResumed: true });
      expectExit(resumed, errorCodes.drift);
      expect(resumed.stderr).toMatch(/tbl_warehouse\.(more|City): The source/);
      await alter(undo);
      expectExit(await runs.go(run, { isResumed: true }), 0);
      await runs.expectSame(run);
    },
  );

  async function onAries(sql: string): Promise<void> {
    const connection = await createConnection(mysqlUrl());
    await connection.query(sql).finally(() => connection.end());
  }
});
