import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { failpoints } from '../../engine/failpoint.ts';
import { directKills, replayKills, stagedKills, stageKills, swapKills } from './kills/kill-points.ts';

/** Reaches a failpoint three times in a process that was started with these variables. */
function comeBy(variables: Readonly<Record<string, string>>): { signal: string | null; stdout: string } {
  const file = resolve(import.meta.dirname, '../../engine/failpoint.ts');
  const script = `import('${file}').then(({ failpoint }) => {
    process.env.WAYBILL_FAULTS = 'on';
    process.env.WAYBILL_FAILPOINT = 'run-begun';
    for (const n of [1, 2, 3]) { try { failpoint('run-begun'); console.log(n); } catch { console.log('error'); } }
  });`;
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('WAYBILL_'));
  const env = { ...Object.fromEntries(inherited), ...variables };
  return spawnSync(process.execPath, ['--import', 'tsx', '-e', script], { env, encoding: 'utf8' });
}

test('these tests kill a run, a replay or a change at every failpoint', () => {
  const killed = new Set([
    ...[...directKills, ...stagedKills, ...Object.values(stageKills).flat(), ...replayKills].map(({ at }) => at),
    ...swapKills,
  ]);
  expect(failpoints.filter((name) => !killed.has(name))).toEqual([]);
  expect(new Set(failpoints).size).toBe(failpoints.length);
});

test.each([
  ['neither switch', {}],
  ['the name alone', { WAYBILL_FAILPOINT: 'run-begun' }],
  ['the switch alone', { WAYBILL_FAULTS: 'on' }],
  ['the switch with another value', { WAYBILL_FAULTS: '1', WAYBILL_FAILPOINT: 'run-begun' }],
  ['another name', { WAYBILL_FAULTS: 'on', WAYBILL_FAILPOINT: 'report-due' }],
])('a failpoint does nothing with %s, whatever is set later', (_what, variables) => {
  expect(comeBy(variables)).toMatchObject({ signal: null, stdout: '1\n2\n3\n' });
});

test('a failpoint kills at the requested time', () => {
  const variables = { WAYBILL_FAULTS: 'on', WAYBILL_FAILPOINT: 'run-begun:2' };
  expect(comeBy(variables)).toMatchObject({ signal: 'SIGKILL', stdout: '1\n' });
});

test('a failpoint fails once if an error is requested', () => {
  const variables = { WAYBILL_FAULTS: 'on', WAYBILL_FAILPOINT: 'run-begun:2:error' };
  expect(comeBy(variables)).toMatchObject({ signal: null, stdout: '1\nerror\n3\n' });
});
