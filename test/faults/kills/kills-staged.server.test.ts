import { afterAll, beforeAll, describe, it } from 'vitest';
import { type DisturbedRuns, disturbedRuns, expectExit } from '../disturbed-run.ts';
import { stagedKills } from './kill-points.ts';

let runs: DisturbedRuns;

beforeAll(async () => {
  runs = await disturbedRuns({ args: ['--staged'] });
});

afterAll(() => runs.database.drop());

describe('a staged run that is killed repeatedly', () => {
  const run = 'dragged';

  it.each(stagedKills.map((point, i) => ({ ...point, i })))('at $at, time $nth', async ({ at, nth, i }) => {
    expectExit(await runs.go(run, { isResumed: i > 0, failpoint: `${at}:${nth}` }), null);
    await runs.expectSound(run);
  });

  it('ends like an undisturbed run', async () => {
    expectExit(await runs.go(run, { isResumed: true }), 0);
    await runs.expectSame(run);
  });
});
