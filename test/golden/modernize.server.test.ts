import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generate } from '../../fixtures/modernize/generate.ts';
import { waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';
import { provedTables } from '../support/modernize.ts';

/** `WAYBILL_UPDATE_GOLDEN=1` rewrites the expected results; CI never sets it. */
const isUpdating = process.env.WAYBILL_UPDATE_GOLDEN === '1' && process.env.CI === undefined;
const fixture = resolve(import.meta.dirname, '../../fixtures/modernize');
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

it('exports the committed data set from PostgreSQL byte for byte', async () => {
  expect((await waybill(folder, ['export', 'modernize', '--source', legacy.url, '--run', 'export'])).code).toBe(0);
  const exported = join(folder, '.waybill/runs/export/export');
  if (isUpdating) await cp(exported, join(fixture, 'data'), { recursive: true });
  const manifest = await readFile(join(exported, 'manifest.json'), 'utf8');
  expect(JSON.parse(manifest)).toEqual(JSON.parse(await readFile(join(fixture, 'data/manifest.json'), 'utf8')));
});

/** The tables of the report of a run that passes; the target schema is named for the run. */
async function tablesOf(run: string, source: string, ...options: string[]) {
  const args = ['run', 'modernize', '--source', source, '--target', modern.url, '--target-schema', run];
  const result = await waybill(folder, [...args, '--max-rejects', '100', '--run', run, ...options]);
  return provedTables(folder, run, result);
}
