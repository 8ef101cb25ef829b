import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { generateAries } from '../../fixtures/aries/generate.ts';
import { countsIn, reportOf, waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';

/** `WAYBILL_UPDATE_GOLDEN=1` rewrites the expected results; CI never sets it. */
const isUpdating = process.env.WAYBILL_UPDATE_GOLDEN === '1' && process.env.CI === undefined;
const fixture = resolve(import.meta.dirname, '../../fixtures/aries');
const expectedPath = join(fixture, 'expected/tables.json');
const databases = { c01: 'golden_c01', dmeworks: 'golden_dmeworks', repository: 'golden_repository' };
let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  folder = await workFolder();
  database = await createPgDatabase();
});

afterAll(() => database.drop());

it('migrates the committed data set to the expected tables', async () => {
  const tables = await tablesOf('golden');
  if (isUpdating) await writeFile(expectedPath, `${JSON.stringify(tables, null, 1)}\n`);
  expect(tables).toEqual(JSON.parse(await readFile(expectedPath, 'utf8')));
});

it('migrates it to the same tables without kernels', async () => {
  const expected = JSON.parse(await readFile(expectedPath, 'utf8'));
  expect(await tablesOf('golden_reference', '--reference')).toEqual(expected);
});

it('exports the committed data set from MariaDB byte for byte', async () => {
  const url = inject('mysqlUrl');
  await generateAries({ url, scale: 1, seed: 1, defects: true, databases });
  const source = Object.entries(databases).flatMap(([name, live]) => [
    '--source',
    `${name}=${new URL(live, url).href}`,
  ]);
  expect((await waybill(folder, ['export', 'aries', ...source, '--run', 'export'])).code).toBe(0);
  const exported = join(folder, '.waybill/runs/export/export');
  if (isUpdating) await cp(exported, join(fixture, 'data'), { recursive: true });
  const manifest = await readFile(join(exported, 'manifest.json'), 'utf8');
  expect(JSON.parse(manifest)).toEqual(JSON.parse(await readFile(join(fixture, 'data/manifest.json'), 'utf8')));
});

/** The tables of the report of a run that passes; the target schema is named for the run. */
async function tablesOf(run: string, ...options: string[]) {
  const source = `jsonl:${join(fixture, 'data')}`;
  const args = ['run', 'aries', '--source', source, '--target', database.url, '--target-schema', run];
  const { code, stderr } = await waybill(folder, [...args, '--max-rejects', '100', '--run', run, ...options]);
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  return countsIn(await reportOf(folder, run));
}
