import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DisturbedRuns, disturbedRuns, expectExit } from '../disturbed-run.ts';
import { holdLock, waitForTest } from '../held-lock.ts';

let runs: DisturbedRuns;

/**
 * No failpoint is within a DDL file, because the server runs it as one script. An event trigger stops the server there.
 */
beforeAll(async () => {
  runs = await disturbedRuns({ pipeline: 'modernize' });
  await runs.query(`create table public.held (run text, tag text, version integer)`);
  await runs.query(`create function public.hold() returns event_trigger language plpgsql as $$
    declare present bigint;
    begin
      if not exists (select from public.held where run = current_schema and tag = tg_tag) then return; end if;
      select max(version) from waybill.version where target_schema = current_schema into present;
      if present = (select version from public.held where tag = tg_tag) then perform ${waitForTest}; end if;
    end $$`);
  await runs.query('create event trigger hold on ddl_command_end execute function public.hold()');
});

afterAll(() => runs.database.drop());

describe('a run that is killed while the server builds', () => {
  it.each([
    ['an index', 'CREATE INDEX', 1],
    ['a foreign key and checks its rows', 'ALTER TABLE', 2],
  ])('%s leaves the previous version, and the resume waits for that session to end', async (what, tag, version) => {
    const run = `killed_${version}`;
    const lock = await holdLock(runs.database.url);
    await runs.query('insert into public.held values ($1, $2, $3)', [run, tag, version]);
    let child: ChildProcess | null = null;
    const onStart = (started: ChildProcess): void => {
      child = started;
    };
    const running = runs.go(run, { onStart });
    await lock.isWaitedFor();
    (child as unknown as ChildProcess).kill('SIGKILL');
    expectExit(await running, null);
    await runs.query('delete from public.held');
    expect([
      what,
      await runs.query(`select max(version)::int as version from waybill.version where target_schema = '${run}'`),
    ]).toEqual([what, [{ version }]]);
    const resumed = runs.go(run, { isResumed: true });
    await lock.release();
    expectExit(await resumed, 0);
    await runs.expectSame(run);
  });
});
