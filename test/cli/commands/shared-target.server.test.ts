import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ddlText } from '../../../fixtures/ddl-text.ts';
import { recordsOf, reportOf, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../../support/databases.ts';

/**
 * `data_imports` and `v3_data_imports` feed one table of the target. Each has an import whose engagement does not exist; import 3 is in
 * both, so that the one of v3 is filtered.
 */
const rows = `
  insert into client_accounts (id, name, slug, is_mock, is_active) values
    ('11111111-1111-1111-1111-111111111111', 'One', 'one', true, true),
    ('22222222-2222-2222-2222-222222222222', 'Two', 'two', true, true),
    ('${id(90)}', 'Real', 'real', false, true);
  insert into users (id, email, is_mock) values ('00000000-0000-0000-0000-000000000000', 'system@x', false);
  insert into engagements (id, name, slug, client_account_id, is_mock, start_date, created_by)
    values ('${id(80)}', 'E', 'e', '${id(90)}', false, '2024-03-10', '00000000-0000-0000-0000-000000000000');
  insert into data_imports (id, client_account_id, engagement_id, import_name, import_type, source_filename, status, imported_by, is_mock) values
    ('${id(1)}', '${id(90)}', '${id(77)}', 'a', 't', 'a.csv', 'done', '00000000-0000-0000-0000-000000000000', false),
    ('${id(3)}', '${id(90)}', '${id(80)}', 'c', 't', 'c.csv', 'done', '00000000-0000-0000-0000-000000000000', false);
  insert into v3_data_imports (id, client_account_id, engagement_id, filename, status, created_at, updated_at) values
    ('${id(2)}', '${id(90)}', '${id(78)}', 'b.csv', 'done', '2025-01-15', '2025-01-15'),
    ('${id(3)}', '${id(90)}', '${id(80)}', 'c.csv', 'done', '2025-01-15', '2025-01-15');`;

let folder: string;
let legacy: TestDatabase;
let modern: TestDatabase;

beforeAll(async () => {
  folder = await workFolder();
  [legacy, modern] = [await createPgDatabase(), await createPgDatabase()];
  const client = new pg.Client({ connectionString: legacy.url });
  await client.connect();
  await client.query(ddlText('modernize', 'tables.sql'));
  await client.query("set session_replication_role = 'replica'");
  await client.query(rows);
  await client.end();
});

afterAll(async () => {
  await legacy.drop();
  await modern.drop();
});

function id(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

it.each(['direct', 'staged'])('a record is kept under the mapping that loaded its row (%s)', async (run) => {
  const to = ['--target', modern.url, '--target-schema', run, '--run', run];
  const options = run === 'staged' ? ['--staged'] : [];
  const { code, stdout, stderr } = await waybill(folder, [
    'run',
    'modernize',
    '--source',
    legacy.url,
    ...to,
    ...options,
  ]);
  expect([code, code === 0 ? '' : stdout + stderr]).toEqual([0, '']);
  const resolved = (await recordsOf(folder, run)).filter(({ rule }) => rule === 'orphan');
  expect(resolved.map(({ mapping, key }) => `${mapping} ${key}`).sort()).toEqual([
    `public.data_imports > data_imports id=${id(1)}`,
    `public.v3_data_imports > data_imports id=${id(2)}`,
  ]);
  const { tables } = await reportOf(folder, run);
  const tallies = tables.filter(({ target }) => target === 'data_imports');
  expect(tallies.map(({ source, loaded, filtered, adjusted }) => [source, loaded, filtered, adjusted])).toEqual([
    ['public.data_imports', 2, 0, expect.any(Number)],
    ['public.v3_data_imports', 1, 1, expect.any(Number)],
  ]);
  for (const { adjustments } of tallies) {
    expect(adjustments.filter(({ rule }) => rule === 'orphan').map(({ count }) => count)).toEqual([1]);
  }
});
