import type { ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { errorCodes } from '../../core/model/errors.ts';
import { waybill } from '../support/cli.ts';
import { type DisturbedRuns, disturbedRuns, expectExit } from './disturbed-run.ts';
import { holdLock, waitForTest } from './held-lock.ts';

let runs: DisturbedRuns;

beforeAll(async () => {
  runs = await disturbedRuns({ pipeline: 'marketplace', args: ['--jobs', '1'] });
  await runs.query(`create function public.hold() returns trigger language plpgsql as $$
    begin perform ${waitForTest}; return new; end $$`);
});

afterAll(() => runs.database.drop());

it('of two importers of one run the second is refused while the first lives, and continues once it is killed', async () => {
  const lock = await holdLock(runs.database.url);
  await runs.query(`create trigger hold before insert on waybill.part for each row
    when (new.run = 'shared' and new.mapping like '% > orders') execute function public.hold()`);
  const children: ChildProcess[] = [];
  const first = runs.go('shared', { onStart: (child) => children.push(child) });
  await lock.isWaitedFor();
  const parts = 'select mapping, part from waybill.part where run = $1 order by 1, 2';
  const before = await runs.query(parts, ['shared']);
  const second = await runs.go('shared', { isResumed: true });
  expectExit(second, errorCodes['run-locked']);
  expect(second.stderr).toContain('Another process works on run shared.');
  const ends = ['--target', runs.database.url, '--source', 'jsonl:.'];
  const validation = await waybill(runs.folder, ['validate', 'marketplace', '--run', 'shared', ...ends]);
  expectExit(validation, errorCodes['run-locked']);
  expect(await runs.query(parts, ['shared'])).toEqual(before);
  children[0]?.kill('SIGKILL');
  expectExit(await first, null);
  await lock.release();
  expectExit(await runs.go('shared', { isResumed: true }), 0);
  await runs.expectSame('shared');
});

it('the first of two importers is not disturbed by the second', async () => {
  const lock = await holdLock(runs.database.url);
  await runs.query(`create or replace trigger hold before insert on waybill.part for each row
    when (new.run = 'quiet' and new.mapping like '% > orders') execute function public.hold()`);
  const first = runs.go('quiet');
  await lock.isWaitedFor();
  expectExit(await runs.go('quiet', { isResumed: true }), errorCodes['run-locked']);
  await lock.release();
  expectExit(await first, 0);
  await runs.expectSame('quiet');
});

it('while a run loads into a schema, no other run, cutover, drop or DDL touches it', async () => {
  const lock = await holdLock(runs.database.url);
  await runs.query(`create or replace trigger hold before insert on waybill.part for each row
    when (new.run = 'alone' and new.mapping like '% > orders') execute function public.hold()`);
  const first = runs.go('alone');
  await lock.isWaitedFor();
  const target = ['--target', runs.database.url];
  const load = [...target, '--target-schema', 'alone', '--source', `jsonl:${resolve('fixtures/marketplace/data')}`];
  const commands = [
    ['run', 'marketplace', '--run', 'second', ...load],
    ['run', 'marketplace', '--run', 'third', ...load],
    ['schema', 'down', 'marketplace', '--target-schema', 'alone', ...target],
    ['cutover', 'alone', '--live-schema', 'live', '--force', '--reason', 'test', ...target],
    ['drop', 'alone', ...target],
  ];
  for (const refused of await Promise.all(commands.map((words) => waybill(runs.folder, words)))) {
    expectExit(refused, errorCodes['run-locked']);
    expect(refused.stderr).toContain(
      'Another run, alone, works on the schema alone; two runs never load into one schema.',
    );
  }
  await lock.release();
  expectExit(await first, 0);
  await runs.expectSame('alone');
});
