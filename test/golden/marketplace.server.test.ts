import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generate } from '../../fixtures/marketplace/generate.ts';
import { countsIn, reportOf, waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';

/** `WAYBILL_UPDATE_GOLDEN=1` rewrites the expected results; CI never sets it. */
const isUpdating = process.env.WAYBILL_UPDATE_GOLDEN === '1' && process.env.CI === undefined;
const fixture = resolve(import.meta.dirname, '../../fixtures/marketplace');
const expectedPath = join(fixture, 'expected/tables.json');
let folder: string;
let legacy: TestDatabase;
let modern: TestDatabase;

beforeAll(async () => {
  folder = await workFolder();
  [legacy, modern] = [await createPgDatabase(), await createPgDatabase()];
});

afterAll(async () => {
  await legacy.drop();
  await modern.drop();
});

it('migrates the committed data set to the expected tables', async () => {
  const tables = await tablesOf('golden', `jsonl:${join(fixture, 'data')}`);
  if (isUpdating) await writeFile(expectedPath, `${JSON.stringify(tables, null, 1)}\n`);
  expect(tables).toEqual(JSON.parse(await readFile(expectedPath, 'utf8')));
});

it('migrates a generated PostgreSQL database to the same tables, with one part per table and with parts of ten rows', async () => {
  const expected = JSON.parse(await readFile(expectedPath, 'utf8'));
  await generate({ url: legacy.url, scale: 1, seed: 1, defects: true });
  expect(await tablesOf('live', legacy.url)).toEqual(expected);
  expect(await tablesOf('parts', legacy.url, '--part-rows', '10')).toEqual(expected);
});

/** The tables of the report of a run that passes; the target schema is named for the run. */
async function tablesOf(run: string, source: string, ...options: string[]) {
  const args = ['run', 'marketplace', '--source', source, '--target', modern.url, '--target-schema', run];
  const { code, stderr } = await waybill(folder, [...args, '--max-rejects', '100', '--run', run, ...options]);
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  return countsIn(await reportOf(folder, run));
}
