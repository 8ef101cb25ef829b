import { afterAll, beforeAll, describe, it } from 'vitest';
import { type DisturbedRuns, disturbedRuns, expectExit } from '../disturbed-run.ts';
import { stageKills } from './kill-points.ts';

const run = 'dragged';
const stages = ['export', 'transform', 'import'] as const;

let runs: DisturbedRuns;

beforeAll(async () => {
  runs = await disturbedRuns({ args: ['--staged'] });
});

afterAll(() => runs.database.drop());

describe.each(stages)('%s, killed repeatedly', (stage) => {
  const isResumed = (i: number): boolean => stage === 'export' && i > 0;

  it.each(stageKills[stage].map((point, i) => ({ ...point, i })))('at $at, time $nth', async ({ at, nth, i }) => {
    expectExit(await runs.go(run, { stage, isResumed: isResumed(i), failpoint: `${at}:${nth}` }), null);
    if (stage === 'import') await runs.expectSound(run);
  });

  it('is done when it is not disturbed', async () => {
    expectExit(await runs.go(run, { stage, isResumed: isResumed(1) }), 0);
  });
});

it('ends like an undisturbed run in one pass', async () => {
  expectExit(await runs.go(run, { stage: 'validate' }), 0);
  await runs.expectSame(run);
});
