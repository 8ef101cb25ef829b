import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generate } from '../../fixtures/mcp-manager/generate.ts';
import { countsIn, reportOf, waybill, workFolder } from '../support/cli.ts';
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

it('migrates the committed data set to the expected tables', async () => {
  const ends = ['--source', `jsonl:${join(fixture, 'data')}`, '--target', target.url];
  const result = await waybill(folder, ['run', 'mcp-manager', ...ends, '--max-rejects', '100', '--run', 'golden']);
  expect([result.code, result.stderr.includes('FAIL')]).toEqual([0, false]);
  const tables = countsIn(await reportOf(folder, 'golden'));
  if (isUpdating) await writeFile(expectedPath, `${JSON.stringify(tables, null, 1)}\n`);
  expect(tables).toEqual(JSON.parse(await readFile(expectedPath, 'utf8')));
});

it('exports the committed data set from PostgreSQL byte for byte', async () => {
  await generate({ url: source.url, scale: 1, seed: 1, defects: true, replace: true });
  expect((await waybill(folder, ['export', 'mcp-manager', '--source', source.url, '--run', 'export'])).code).toBe(0);
  const exported = join(folder, '.waybill/runs/export/export');
  if (isUpdating) await cp(exported, join(fixture, 'data'), { recursive: true });
  const manifest = await readFile(join(exported, 'manifest.json'), 'utf8');
  expect(JSON.parse(manifest)).toEqual(JSON.parse(await readFile(join(fixture, 'data/manifest.json'), 'utf8')));
});

it('migrates one large JSON document to the same tables', async () => {
  const document = join(folder, 'backend.json');
  await writeFile(document, await documentOfData());
  const into = ['--target', target.url, '--target-schema', 'from_document'];
  const args = [
    'run',
    'mcp-manager',
    '--source',
    `json:${document}`,
    ...into,
    '--max-rejects',
    '100',
    '--run',
    'document',
  ];
  expect((await waybill(folder, args)).code).toBe(0);
  const tables = countsIn(await reportOf(folder, 'document'));
  expect(tables).toEqual(JSON.parse(await readFile(expectedPath, 'utf8')));
});

/** `{ "users": [ { … } ], … }`, as the backend exports it, with one array per table. */
async function documentOfData(): Promise<string> {
  const data = join(fixture, 'data');
  const folders = (await readdir(data)).filter((name) => name.includes('.') && !name.endsWith('.json'));
  const tables = folders.map(async (name) => {
    const [header = '', ...rows] = (await readFile(join(data, name, '000001.jsonl'), 'utf8')).trimEnd().split('\n');
    const columns = (JSON.parse(header) as { columns: [string, string][] }).columns.map(([column]) => column);
    const objects = rows.map((row) =>
      Object.fromEntries((JSON.parse(row) as unknown[]).map((v, i) => [columns[i], v])),
    );
    return [name.replace('public.', ''), objects] as const;
  });
  return JSON.stringify(Object.fromEntries(await Promise.all(tables)), null, 2);
}
