import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entityIds } from '../../../core/mapping/ids/entity-ids.ts';
import { replayKills } from '../../faults/kills/kill-points.ts';
import { type CommandResult, reportOf, targetDatabase, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../../support/databases.ts';

/** Customers that a check of the target refuses until the check is dropped. */
const planted = [1001, 1002, 1003];
const source = ['--source', `jsonl:${resolve(import.meta.dirname, '../../../fixtures/aries/data')}`];
const ids = entityIds('c01', 'customers');
const check = `check (id not in (${planted.map((id) => `'${ids.ofInteger(String(id))}'`).join(', ')}))`;

let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  folder = await workFolder();
  database = await createPgDatabase();
});

afterAll(() => database.drop());

type Row = Record<string, unknown>;

async function query(sql: string): Promise<Row[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  return (await client.query(sql).finally(() => client.end())).rows;
}

/** Starts a run into a schema with the run's name, whose customers have the check. */
async function runRefused(run: string, ...limits: readonly string[]): Promise<CommandResult> {
  const into = ['--target', database.url, '--target-schema', run];
  expectExit(await waybill(folder, ['schema', 'up', 'aries', '--to', '1', ...into]), 0);
  await query(`alter table ${run}.customers add constraint planted ${check}`);
  return waybill(folder, ['run', 'aries', '--run', run, '--quiet', ...source, ...into, ...limits]);
}

function rejects(command: string, run: string, ...more: readonly string[]): Promise<CommandResult> {
  return waybill(folder, ['rejects', command, 'aries', '--run', run, ...more]);
}

function replay(run: string, failpoint?: string): Promise<CommandResult> {
  const args = ['rejects', 'replay', 'aries', '--run', run, '--all', '--target', database.url, '--json', '--quiet'];
  return waybill(folder, args, failpoint === undefined ? {} : { WAYBILL_FAULTS: 'on', WAYBILL_FAILPOINT: failpoint });
}

function expectExit({ code, stdout, stderr }: CommandResult, exitCode: number | null): void {
  if (code !== exitCode) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
}

/** Returns the ledger, and every row of customers and orders. */
async function stateOf(run: string): Promise<Row[][]> {
  return [
    await query(`select * from waybill.part where run = '${run}' order by mapping, part`),
    await query(`select * from waybill.resolved where run = '${run}' order by id`),
    await query(`select * from ${run}.customers order by id`),
    await query(`select id, customer_id from ${run}.orders order by id`),
  ];
}

describe('rows that the target refused', () => {
  const run = 'refused';
  let before: Awaited<ReturnType<typeof reportOf>>['totals'];
  const countCustomers = () =>
    query(`select count(*)::int as rows, count(distinct id)::int as ids from ${run}.customers`);
  let customers: number;

  beforeAll(async () => {
    // The run finds the planted check, which its DDL does not have.
    expectExit(await runRefused(run, '--max-rejects', '1000'), 1);
    before = (await reportOf(folder, run)).totals;
    customers = Number((await countCustomers())[0]?.rows) + planted.length;
  });

  it('are listed by cause, with the rows that depend on them below', async () => {
    const { stdout } = await rejects('list', run);
    expect(stdout).toMatch(
      /^\d+ {2}c01\.tbl_customer > customers {2}load {2}23514 planted {2}3\n {3}ID=1001; ID=1002; ID=1003$/m,
    );
    expect(stdout).toMatch(/^ {2}\d+ {2}c01\.tbl_order > orders {2}resolve {2}customer_id parent-rejected {2}25$/m);
    const { causes } = JSON.parse((await rejects('list', run, '--json')).stdout);
    expect(causes.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(before.rejected);
  });

  it('show their values only on request', async () => {
    const shown = await rejects('show', run, '--key', 'ID=1001');
    expectExit(shown, 0);
    expect(shown.stdout).toContain('23514');
    expect(shown.stdout).not.toContain('FirstName');
    expect((await rejects('show', run, '--key', 'ID=1001', '--show-values')).stdout).toContain('FirstName');
  });

  it('stay rejects when the cause is still there', async () => {
    const state = await stateOf(run);
    const still = await replay(run);
    expectExit(still, 6);
    expect(JSON.parse(still.stdout)).toMatchObject({ loaded: 0 });
    expect(await stateOf(run)).toEqual(state);
  });

  it('are not loaded when a replay is killed before it commits', async () => {
    await query(`alter table ${run}.customers drop constraint planted`);
    const state = await stateOf(run);
    await killedBeforeCommit(run);
    expect(await stateOf(run)).toEqual(state);
    expectExit(await waybill(folder, ['verify', run]), 0);
  });

  it.each(replayKills)('are loaded once when a replay is killed at $at', async ({ at, nth }) => {
    expectExit(await replay(run, `${at}:${nth}`), null);
    expect(await countCustomers()).toEqual([{ rows: customers, ids: customers }]);
    const verified = await waybill(folder, ['verify', run]);
    expect(verified.stderr).toBe('');
  });

  it('are loaded once with their dependents, however often they are replayed, and the counts reconcile each time', async () => {
    const first = await replay(run);
    expect(JSON.parse(first.stdout)).toMatchObject({ loaded: 0 });
    const state = await stateOf(run);
    const { totals } = await reportOf(folder, run);
    expect(totals.loaded + totals.rejected + totals.filtered).toBe(totals.read);
    expect(totals.loaded).toBeGreaterThan(before.loaded);
    expectExit(await waybill(folder, ['verify', run]), 0);

    expectExit(await replay(run), first.code ?? -1);
    expect(await stateOf(run)).toEqual(state);
    expect((await reportOf(folder, run)).totals).toEqual(totals);
  });

  it('leave a run that validates and verifies like one without refused rows', async () => {
    const into = ['--target', database.url];
    expectExit(await waybill(folder, ['validate', 'aries', '--run', run, '--quiet', ...source, ...into]), 0);
    expectExit(await waybill(folder, ['verify', run]), 0);
    const whole = ['--run', 'whole', '--target-schema', 'whole', '--max-rejects', '1000', '--quiet', ...into];
    expectExit(await waybill(folder, ['run', 'aries', ...source, ...whole]), 0);
    const [report, undisturbed] = [await reportOf(folder, run), await reportOf(folder, 'whole')];
    expect([report.tables, report.totals]).toEqual([undisturbed.tables, undisturbed.totals]);
    expect((await stateOf(run)).slice(2)).toEqual((await stateOf('whole')).slice(2));
  });

  it('replayed after the proof, do not change the verdict', async () => {
    const { verdict } = await reportOf(folder, run);
    await replay(run);
    expect((await reportOf(folder, run)).verdict).toBe(verdict);
    expectExit(await waybill(folder, ['verify', run]), 0);
  });
});

it('a table has its own reject limit, in rows or percent: the run continues at the limit and stops above it', async () => {
  const run = 'budget';
  const resume = (limit: string): Promise<CommandResult> => {
    const ways = [...source, '--target', database.url, '--target-schema', run, '--max-rejects', '1000'];
    return waybill(folder, ['run', 'aries', '--run', run, '--resume', '--quiet', ...ways, '--max-rejects', limit]);
  };
  const over = await runRefused(run, '--max-rejects', '1000', '--max-rejects', 'tbl_customer=2');
  expectExit(over, 4);
  expect(over.stderr).toContain('3 rows of tbl_customer were rejected so far; --max-rejects tbl_customer allows 2.');
  const overPercent = await resume('tbl_customer=3%');
  expectExit(overPercent, 4);
  expect(overPercent.stderr).toContain(
    '3 of 98 rows of tbl_customer were rejected so far; --max-rejects tbl_customer allows 3 %.',
  );
  expectExit(await resume('tbl_customer=3'), 1);
  expectExit(await resume('tbl_customer=3.1%'), 1);
});

/** Kills a replay between its load and its commit, where it waits for ledger rows that another session holds. */
async function killedBeforeCommit(run: string): Promise<void> {
  const holder = new pg.Client(database.url);
  await holder.connect();
  await holder.query(`begin; select from waybill.part where run = '${run}' for update`);
  const args = ['rejects', 'replay', 'aries', '--run', run, '--all', '--target', database.url, '--quiet'];
  const main = resolve(import.meta.dirname, '../../../dist/cli/main.js');
  const env = { ...process.env, ...targetDatabase(args) };
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env, stdio: 'ignore' });
  const ended = new Promise((done) => child.on('close', (_, signal) => done(signal)));
  const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%waybill.part%' and datname = current_database()`;
  while ((await query(waiting)).length === 0) await wait(50);
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  await holder.query('rollback');
  await holder.end();
  while (
    (await query(`select from pg_stat_activity where application_name = 'waybill' and datname = current_database()`))
      .length > 0
  )
    await wait(50);
}
