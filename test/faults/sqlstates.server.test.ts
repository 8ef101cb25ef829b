import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DisturbedRuns, disturbedRuns, expectExit } from './disturbed-run.ts';

const orders = 'public.Order > orders';

let runs: DisturbedRuns;
/** The role that loads. Unlike a superuser it is bound by limits. */
let role: string;
/** The same database as that role. */
let target: string;

beforeAll(async () => {
  runs = await disturbedRuns({ pipeline: 'marketplace' });
  const url = new URL(runs.database.url);
  role = `loader_of_${url.pathname.slice(1)}`;
  url.username = role;
  target = url.href;
  await runs.query(`create role ${role} login; create table public.held ();
    grant all on schema waybill to ${role}; grant all on all tables in schema waybill to ${role};
    do $$ begin execute format('grant create on database %I to ${role}', current_database());
      execute format('alter database %I set deadlock_timeout to 4000', current_database()); end $$`);
});

afterAll(async () => {
  await runs.query(`reassign owned by ${role} to current_user; drop owned by ${role}`);
  await runs.database.drop();
});

/** Makes the server run this when a run records a part, in the part's own transaction. */
async function onPart(run: string, body: string, setting = ''): Promise<void> {
  await runs.query(`create function public.on_${run}() returns trigger language plpgsql security definer ${setting} as
    $$ begin ${body}; return new; end $$;
    create trigger on_${run} before insert on waybill.part for each row
    when (new.run = '${run}' and new.mapping = '${orders}') execute function public.on_${run}()`);
}

/** Expects a run to stop with this SQLSTATE, and a resume to reach the undisturbed result. */
async function expectStopAndResume(run: string, state: string, message: RegExp, fix: string): Promise<void> {
  const stopped = await runs.go(run, { target });
  expect([stopped.code, stopped.stderr]).toEqual([4, expect.stringContaining(`SQLSTATE ${state}`)]);
  expect(stopped.stderr).toMatch(message);
  expect(stopped.stderr).toMatch(/\n {2}resume: .*--resume/);
  await runs.expectSound(run);
  await runs.query(`drop trigger on_${run} on waybill.part; ${fix}`);
  expectExit(await runs.go(run, { target, isResumed: true }), 0);
  await runs.expectSame(run);
}

describe('a session that holds a table', () => {
  let holder: pg.Client;

  beforeEach(async () => {
    holder = new pg.Client(runs.database.url);
    await holder.connect();
    await holder.query("set deadlock_timeout to '1min'; begin; lock table public.held");
    return () => holder.end();
  });

  it('longer than lock_timeout (55P03) stops a run, which can be resumed', async () => {
    await onPart('r55p03', 'lock table public.held', "set lock_timeout to '100ms'");
    await expectStopAndResume('r55p03', '55P03', /hint: End the session that holds the lock/, '');
  });

  it("and waits for one of the run's locks (40P01, a deadlock) aborts a part, which is loaded again", async () => {
    await onPart('r40p01', 'lock table public.held');
    const running = runs.go('r40p01', { target });
    const waiting = `select from pg_locks where relation = 'public.held'::regclass and not granted`;
    const isWaiting = async (): Promise<number> => (await runs.query(waiting)).length;
    await expect.poll(isWaiting, { timeout: 60_000 }).toBe(1);
    await holder.query('lock table r40p01.orders'); // Released only by a run that was the deadlock victim.
    await holder.query('rollback');
    expectExit(await running, 0);
    await runs.expectSame('r40p01');
  });
});

describe('a server that reports', () => {
  it('57014, a statement cancelled, stops a run, which can be resumed', async () => {
    await onPart('r57014', 'perform pg_cancel_backend(pg_backend_pid()); perform pg_sleep(60)');
    await expectStopAndResume('r57014', '57014', /hint: Read the log of the server/, '');
  });

  it('53300, no more connections for this user, stops a run, which can be resumed', async () => {
    await onPart('r53300', `alter role ${role} connection limit 1`);
    await expectStopAndResume('r53300', '53300', /close other sessions/, `alter role ${role} connection limit -1`);
  });

  it('25006, a read-only user, stops a run, which can be resumed', async () => {
    await onPart('r25006', `alter role ${role} set default_transaction_read_only to on`);
    const fix = `alter role ${role} reset default_transaction_read_only`;
    await expectStopAndResume('r25006', '25006', /hint: Use a primary that accepts writes/, fix);
  });

  /** Sessions at READ COMMITTED never get 40001, and a full disk of the server needs the right to mount one. */
  it.each([
    ['40001', /hint: Read the log of the server/],
    ['53100', /hint: Free disk space on the server/],
  ])('%s, raised by a trigger, stops a run, which can be resumed', async (state, message) => {
    await onPart(`r${state}`, `raise exception using errcode = '${state}'`);
    await expectStopAndResume(`r${state}`, state, message, '');
  });
});

it('a constraint that refuses only the COMMIT stops a run, which can be resumed once it is dropped', async () => {
  await onPart('at_commit', 'set constraints all deferred');
  await runs.query(`create function public.refuse() returns trigger language plpgsql as
    $$ begin raise exception using errcode = '23514', constraint = 'by_hand'; end $$;
    create constraint trigger refuse after insert on waybill.part deferrable initially deferred for each row
    when (new.run = 'at_commit' and new.mapping = '${orders}') execute function public.refuse()`);
  const message = new RegExp(`did not commit part 1 of ${orders}: SQLSTATE 23514 \\(constraint by_hand\\)`);
  await expectStopAndResume('at_commit', '23514', message, 'drop trigger refuse on waybill.part');
});
