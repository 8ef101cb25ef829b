import { afterAll, beforeAll, expect, it } from 'vitest';
import { generate } from '../../fixtures/marketplace/generate.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';
import { type DisturbedRuns, disturbedRuns, expectExit } from './disturbed-run.ts';

let legacy: TestDatabase;
let runs: DisturbedRuns;

beforeAll(async () => {
  legacy = await createPgDatabase();
  await generate({ url: legacy.url, scale: 1, seed: 1, defects: true });
  runs = await disturbedRuns({ pipeline: 'marketplace', source: ['--source', legacy.url] });
});

afterAll(async () => {
  await runs.database.drop();
  await legacy.drop();
});

/** Sets the default time zone of both servers. */
async function setZone(zone: string): Promise<void> {
  await runs.query(`do $$ begin
    execute format('alter database %I set timezone to %L', '${new URL(legacy.url).pathname.slice(1)}', '${zone}');
    execute format('alter database %I set timezone to %L', current_database(), '${zone}'); end $$`);
}

it.each([
  ['direct', []],
  ['staged', ['--staged']],
])('a run in one zone, with servers in another, resumed in two others, gives the same result (%s)', async (mode) => {
  const run = `zones_${mode}`;
  await setZone('Asia/Kathmandu');
  const first = await runs.go(run, { environment: { TZ: 'America/St_Johns' }, failpoint: 'part-committed:9' });
  expectExit(first, null);
  await setZone('Australia/Lord_Howe');
  expectExit(await runs.go(run, { environment: { TZ: 'Pacific/Apia' }, isResumed: true }), 0);
  await runs.expectSame(run);
  expect(await runs.query('show timezone')).toEqual([{ TimeZone: 'Australia/Lord_Howe' }]);
});
