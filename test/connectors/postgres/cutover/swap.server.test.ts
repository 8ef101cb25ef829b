import { spawn } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clinic, openClinic, swapOf } from './clinic.ts';

let clinic: Clinic;

beforeEach(async () => {
  clinic = await openClinic();
});

afterEach(() => clinic.drop());

const swap = (): Promise<void> => clinic.schemas.swap({ cutover: swapOf, carries: [], proved: null });
const states = async (): Promise<string[]> => (await clinic.schemas.cutovers()).map(({ state }) => state);
const liveNames = async (): Promise<unknown> =>
  (await clinic.query('select distinct name from clinic.customers')).map(({ name }) => name);

describe('readers through a cutover and a rollback', () => {
  it('see one schema or the other as a whole, and no error at all', async () => {
    await clinic.query(`create schema report; create view report.names as select name from clinic.customers;
      create table report.visits (customer_id integer references clinic.customers (id)); insert into report.visits values (1)`);
    const reading = [1, 2, 3, 4].map((n) => readUntil(() => isDone, n % 2 === 0));
    let isDone = false;
    try {
      for (let i = 0; i < 5; i++) {
        await swap();
        await new Promise((done) => setTimeout(done, 50));
        await clinic.schemas.swapBack(swapOf);
        await new Promise((done) => setTimeout(done, 50));
      }
    } finally {
      isDone = true; // otherwise readers of a dropped database would never stop
    }
    const all = await Promise.all(reading);
    const count = (what: string): number => all.flat().filter((one) => one === what).length;
    const figures = { old: count('old'), new: count('new'), other: all.flat().length - count('old') - count('new') };
    console.log('reads through ten changes', figures);
    expect(figures).toMatchObject({ other: 0 });
    expect(Math.min(figures.old, figures.new)).toBeGreaterThan(10);
  });
});

/**
 * What each read saw: the label that all rows of both tables and the view have, or what was wrong.
 *
 * @param fromView reads the view before the tables, which locks them in the opposite order.
 */
async function readUntil(isDone: () => boolean, fromView: boolean): Promise<string[]> {
  const client = new pg.Client(clinic.url);
  await client.connect();
  const seen: string[] = [];
  const tables = ['select distinct name from clinic.customers', 'select distinct label from clinic.orders'];
  const view = 'select distinct name from report.names';
  const labels = fromView ? [view, ...tables.toReversed()] : [...tables, view];
  const sql = `select array(${labels.join(' union ')})::text as labels,
    (select count(*) from clinic.customers join clinic.orders using (id)) as rows`;
  while (!isDone()) {
    const result = await client.query(sql).catch((error: Error) => error.message);
    if (typeof result === 'string') seen.push(result);
    else seen.push(`${result.rows[0].labels} ${result.rows[0].rows}`.replace(/^\{(old|new)\} 100$/, '$1'));
  }
  await client.end();
  return seen;
}

describe('a lock that another session holds', () => {
  it('is waited for with retries, so that a transaction sees one schema only and never becomes a deadlock victim', async () => {
    const holder = new pg.Client(clinic.url);
    await holder.connect();
    await holder.query('begin; select from clinic.orders');
    const swapping = swap();
    await new Promise((done) => setTimeout(done, 1_500));
    const { rows } = await holder.query('select distinct name from clinic.customers');
    expect(rows).toEqual([{ name: 'old' }]);
    await holder.query('commit');
    await swapping;
    expect(await liveNames()).toEqual(['new']);
    await holder.end();
  });

  it('ends all retries with a hint, and nothing is changed', { timeout: 120_000 }, async () => {
    const holder = new pg.Client(clinic.url);
    await holder.connect();
    await holder.query('begin; select from clinic.orders');
    await expect(swap()).rejects.toMatchObject({
      code: 'target-busy',
      message: expect.stringMatching(/nothing is changed/),
    });
    await holder.query('select from clinic.customers'); // the session that held the lock was not the victim
    expect([await states(), await liveNames()]).toEqual([[], ['old']]);
    await holder.end();
  });
});

describe('a killed process', () => {
  const steps = [
    ['locked', false],
    ['moved', false],
    ['recorded', false],
    ['committed', true],
  ] as const;

  it.each(steps)('in a cutover when it was %s leaves one of two states', async (step, isDone) => {
    expect(await killedAt('swap', step)).toBe('SIGKILL');
    expect([await states(), await liveNames()]).toEqual(isDone ? [['live'], ['new']] : [[], ['old']]);
    if (!isDone) await swap();
    expect([await states(), await liveNames()]).toEqual([['live'], ['new']]);
  });

  it.each(steps)('in a rollback when it was %s leaves one of two states', async (step, isDone) => {
    await swap();
    expect(await killedAt('swapBack', step)).toBe('SIGKILL');
    expect([await states(), await liveNames()]).toEqual(isDone ? [['rolled-back'], ['old']] : [['live'], ['new']]);
    if (!isDone) await clinic.schemas.swapBack(swapOf);
    expect([await states(), await liveNames()]).toEqual([['rolled-back'], ['old']]);
  });
});

/** @returns the signal that ended it. */
function killedAt(change: string, step: string): Promise<string | null> {
  const script = join(import.meta.dirname, 'killed.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, clinic.url, change, step], { stdio: 'inherit' });
  return new Promise((done) => child.on('close', (_, signal) => done(signal)));
}

describe('a rollback', () => {
  it('of the first cutover leaves no live schema, and returns the run to where it was loaded', async () => {
    await clinic.query('drop schema clinic cascade');
    const first = { ...swapOf, before: null };
    await clinic.schemas.swap({ cutover: first, carries: [], proved: null });
    expect(await liveNames()).toEqual(['new']);
    await clinic.schemas.swapBack(first);
    expect([await clinic.schemas.exists('clinic'), await clinic.schemas.exists('clinic_next')]).toEqual([false, true]);
  });

  it('knows which tables were written to since', async () => {
    await swap();
    const [cutover] = await clinic.schemas.cutovers();
    if (cutover === undefined) throw new Error('no cutover');
    expect(await clinic.schemas.writtenSince(cutover, null)).toEqual([]);
    const writer = new pg.Client(clinic.url);
    await writer.connect();
    await writer.query("update clinic.orders set label = 'x' where id = 1");
    await writer.end(); // a session reports its statistics when it ends
    await expect.poll(() => clinic.schemas.writtenSince(cutover, null)).toEqual(['orders']);
  });
});

it('renames the runs in the ledger with the schemas', async () => {
  await clinic.query(`create schema if not exists waybill; create table waybill.resolved (id integer, run text, target_schema text);
    create table waybill.run (run text primary key, pipeline text, fingerprint text, started_at timestamptz, target_schema text);
    create table waybill.part (run text, target_schema text);
    insert into waybill.run values ('r0', '', '', now(), 'clinic'), ('r1', '', '', now(), 'clinic_next')`);
  await swap();
  expect([await clinic.schemas.schemaOf('r0'), await clinic.schemas.schemaOf('r1')]).toEqual([
    'clinic_before_r1',
    'clinic',
  ]);
  await clinic.schemas.swapBack(swapOf);
  expect([await clinic.schemas.schemaOf('r0'), await clinic.schemas.schemaOf('r1')]).toEqual(['clinic', 'clinic_next']);
});

it('does not drop a schema that other objects depend on', async () => {
  await swap();
  await clinic.query('create schema report; create view report.old as select name from clinic_before_r1.customers');
  await expect(clinic.schemas.drop('clinic_before_r1', null)).rejects.toMatchObject({
    code: 'cutover-refused',
    message: expect.stringMatching(/view report\.old/),
  });
  await clinic.query('drop view report.old');
  await clinic.schemas.drop('clinic_before_r1', null);
  expect(await clinic.schemas.exists('clinic_before_r1')).toBe(false);
});
