import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../core/model/errors.ts';
import { type DisturbedRuns, disturbedRuns, expectExit } from '../disturbed-run.ts';
import { directKills } from './kill-points.ts';

let runs: DisturbedRuns;

beforeAll(async () => {
  runs = await disturbedRuns();
});

afterAll(() => runs.database.drop());

describe('a direct run that is killed repeatedly', () => {
  const run = 'dragged';

  it.each(directKills.map((point, i) => ({ ...point, i })))('at $at, time $nth', async ({ at, nth, i }) => {
    expectExit(await runs.go(run, { isResumed: i > 0, failpoint: `${at}:${nth}` }), null);
    await runs.expectSound(run);
  });

  it('and stopped by an error, ends like an undisturbed run', async () => {
    const stopped = await runs.go(run, { isResumed: true, failpoint: 'validated:1:error' });
    expectExit(stopped, errorCodes.internal);
    expectExit(await runs.go(run, { isResumed: true }), 0);
    await runs.expectSame(run);
  });
});

describe('a run that is killed while its first manifest is written', () => {
  it('has begun nothing: its id cannot be resumed, and a new run takes its place', async () => {
    expectExit(await runs.go('unborn', { failpoint: 'file-flushed:1' }), null);
    const resumed = await runs.go('unborn', { isResumed: true });
    expect(resumed.stderr).toContain('There is no run unborn.');
    expectExit(resumed, errorCodes['run-unknown']);
    expectExit(await runs.go('unborn'), 0);
    await runs.expectSame('unborn');
  });
});
