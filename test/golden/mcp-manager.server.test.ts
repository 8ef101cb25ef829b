import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generate } from '../../fixtures/mcp-manager/generate.ts';
import { reportOf, waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';

/** `WAYBILL_UPDATE_GOLDEN=1` rewrites the expected results; CI never sets it. */
const isUpdating = process.env.WAYBILL_UPDATE_GOLDEN === '1' && process.env.CI === undefined;
const fixture = resolve(import.meta.dirname, '../../fixtures/mcp-manager');
const expectedPath = join(fixture, 'expected/tables.json');
let folder: string;
let target: TestDatabase;
let source: TestDatabase;

beforeAll(async () => {
  folder = await workFolder();
  [source, target] = [await createPgDatabase(), await createPgDatabase()];
});

afterAll(() => Promise.all([source.drop(), target.drop()]));

it('makes of the committed data set, table by table, what is expected', async () => {
  const ends = ['--source', `jsonl:${join(fixture, 'data')}`, '--target', target.url];
  const result = await waybill(folder, ['run', 'mcp-manager', ...ends, '--max-rejects', '100', '--run', 'golden']);
  expect([result.code, result.stderr.includes('FAIL')]).toEqual([0, false]);
  const { tables } = await reportOf(folder, 'golden');
  if (isUpdating) await writeFile(expectedPath, `${JSON.stringify(tables, null, 1)}\n`);
  expect(tables).toEqual(JSON.parse(await readFile(expectedPath, 'utf8')));
});

it('exports from PostgreSQL, byte by byte, the committed data set', async () => {
  await generate({ url: source.url, scale: 1, seed: 1, defects: true, replace: true });
  expect((await waybill(folder, ['export', 'mcp-manager', '--source', source.url, '--run', 'export'])).code).toBe(0);
  const manifest = await readFile(join(folder, '.waybill/runs/export/export/manifest.json'), 'utf8');
  expect(JSON.parse(manifest)).toEqual(JSON.parse(await readFile(join(fixture, 'data/manifest.json'), 'utf8')));
});
