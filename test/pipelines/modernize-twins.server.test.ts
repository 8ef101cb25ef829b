import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ddlText } from '../../fixtures/ddl-text.ts';
import { recordsOf, reportOf, waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';

/** A readable key. */
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [FIRST, SECOND] = ['11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222'];
const SYSTEM = '00000000-0000-0000-0000-000000000000';
/** The rows of `ALPHA`, an odd account, move to the first test tenant when they are mock, and those of `BETA` to the second. */
const [ALPHA, BETA] = [id(11), id(22)];
const [EA, EB] = [id(101), id(102)];
const USER = id(1);
const AT = '2025-01-15 10:00:00';

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

beforeEach(async () => {
  await query(legacy, 'drop schema if exists public cascade; create schema public');
  await query(legacy, ddlText('modernize', 'tables.sql'));
  await insert('client_accounts', { id: FIRST, name: 'Test One', slug: 'test-1', is_mock: true, is_active: true });
  await insert('client_accounts', { id: SECOND, name: 'Test Two', slug: 'test-2', is_mock: true, is_active: true });
  await insert('client_accounts', { id: ALPHA, name: 'Alpha', slug: 'alpha', is_mock: false, is_active: true });
  await insert('client_accounts', { id: BETA, name: 'Beta', slug: 'beta', is_mock: false, is_active: true });
  await insert('users', { id: SYSTEM, email: 'system@x', is_mock: false });
  await insert('users', { id: USER, email: 'a@x', is_mock: false });
  await insert('engagements', { id: EA, name: 'EA', slug: 'ea', client_account_id: ALPHA, is_mock: false });
  await insert('engagements', { id: EB, name: 'EB', slug: 'eb', client_account_id: BETA, is_mock: false });
});

const alpha = { client_account_id: ALPHA, engagement_id: EA };
const beta = { client_account_id: BETA, engagement_id: EB };

const dataImport = (n: number, cells: Cells = {}) =>
  insert('data_imports', {
    ...{ id: id(n), ...alpha, is_mock: false, imported_by: USER, import_name: 'old', import_type: 'csv' },
    ...{ source_filename: 'old.csv', status: 'completed', ...cells },
  });
const v3Import = (n: number, cells: Cells = {}) =>
  insert('v3_data_imports', {
    ...{ id: id(n), ...alpha, filename: 'new.csv', status: 'done', created_at: AT, updated_at: AT, ...cells },
  });
const v3Record = (n: number, of: number) =>
  insert('v3_raw_import_records', {
    ...{ id: id(n), data_import_id: id(of), record_index: 2, raw_data: '{"a":1}', created_at: AT },
  });
const v3Mapping = (n: number, of: number, cells: Cells = {}) =>
  insert('v3_field_mappings', {
    ...{ id: id(n), data_import_id: id(of), client_account_id: ALPHA, source_field: 's', target_field: 't' },
    ...{ status: 'x', match_type: 'exact', created_at: AT, updated_at: AT, ...cells },
  });
const fieldMapping = (n: number, of: number) =>
  insert('import_field_mappings', {
    ...{ id: id(n), data_import_id: id(of), source_field: 's', target_field: 't', mapping_type: 'direct' },
  });

describe('rows below an import that both tables have', () => {
  it('follow the old import to its test tenant when it is mock', async () => {
    await dataImport(1, { is_mock: true });
    await v3Import(1);
    await v3Record(2, 1);
    await v3Mapping(3, 1);
    await fieldMapping(4, 1);
    expect(await run('mock_winner')).toBe(0);
    expect(await tenants('mock_winner')).toEqual({
      data_imports: [FIRST],
      raw_import_records: [FIRST],
      import_field_mappings: [FIRST],
    });
  });

  it('follow it to another account and engagement than those of the v3 import', async () => {
    await dataImport(1, beta);
    await v3Import(1);
    await v3Record(2, 1);
    expect(await run('other_account')).toBe(0);
    const [row] = await query(modern, 'select client_account_id, engagement_id from other_account.raw_import_records');
    expect(row).toEqual({ client_account_id: BETA, engagement_id: EB });
  });

  it('follow the v3 import when the old one is rejected', async () => {
    await dataImport(1, { ...beta, status: 'waiting-for-an-approval' });
    await v3Import(1);
    await v3Record(2, 1);
    await fieldMapping(4, 1);
    expect(await run('rejected_winner')).toBe(0);
    expect(await tenants('rejected_winner')).toEqual({
      data_imports: [ALPHA],
      raw_import_records: [ALPHA],
      import_field_mappings: [ALPHA],
    });
  });

  it('are counted as filtered with a mock import that is left out', async () => {
    await dataImport(1, { is_mock: true });
    await v3Import(1);
    await v3Record(2, 1);
    await v3Mapping(3, 1);
    expect(await run('left_out', '--param', 'mock=leave-out')).toBe(0);
    expect((await records('left_out')).filter((record) => !record.startsWith('public.client_accounts'))).toEqual([
      'public.data_imports 1 filter mock',
      'public.v3_data_imports 1 filter loses to public.data_imports',
      'public.v3_field_mappings 3 filter mock',
      'public.v3_raw_import_records 2 filter mock',
    ]);
  });
});

describe('a row that loses its key', () => {
  it('is recorded with the columns that differ and the values that were not loaded', async () => {
    await dataImport(1, { file_type: 'text/csv', total_records: 3 });
    await v3Import(1, { mime_type: 'text/csv', total_records: 4 });
    expect(await run('differs')).toBe(0);
    const [record] = (await recordsOf(folder, 'differs')).filter(({ kind }) => kind === 'filter');
    const differs = (record as unknown as { differs: { column: string; value: unknown }[] }).differs;
    expect(Object.fromEntries(differs.map(({ column, value }) => [column, value]))).toMatchObject({
      ...{ import_name: 'new.csv', filename: 'new.csv', status: 'done', total_records: '4' },
    });
    // Equal values, and columns that v3 tables do not have, are not differences.
    expect(differs.map(({ column }) => column)).not.toContain('mime_type');
    expect(differs.map(({ column }) => column)).not.toContain('imported_by');
  });

  it('is loaded when the winner is rejected by a rule, or for a parent that it requires', async () => {
    await dataImport(1, { status: 'waiting-for-an-approval' });
    await dataImport(2, { client_account_id: null, engagement_id: null });
    await dataImport(3, { imported_by: id(999) });
    await dataImport(4, { client_account_id: id(999) });
    for (const n of [1, 2, 3, 4, 5]) await v3Import(n);
    // The record that wins belongs to an import that is not loaded, and neither is that import's twin.
    await dataImport(6, { imported_by: id(999) });
    await insert('raw_import_records', { id: id(7), data_import_id: id(6), row_number: 1, raw_data: '{}' });
    await v3Record(7, 5);
    expect(await run('twin')).toBe(0);
    expect(await query(modern, 'select id, filename from twin.data_imports order by id')).toEqual(
      [1, 2, 3, 4, 5].map((n) => ({ id: id(n), filename: 'new.csv' })),
    );
    expect(await query(modern, 'select data_import_id from twin.raw_import_records')).toEqual([
      { data_import_id: id(5) },
    ]);
    expect((await records('twin')).filter((record) => record.includes(' reject '))).toEqual([
      'public.data_imports 1 reject too-long',
      'public.data_imports 2 reject no-tenant',
      'public.data_imports 3 reject orphan',
      'public.data_imports 4 reject orphan',
      'public.data_imports 6 reject orphan',
      'public.raw_import_records 7 reject parent-rejected',
    ]);
  });

  it('is filtered when the winner is adjusted, or loses an optional reference', async () => {
    await dataImport(1, { client_account_id: null, master_flow_id: id(999) });
    await v3Import(1);
    expect(await run('adjusted')).toBe(0);
    expect(await query(modern, 'select filename from adjusted.data_imports')).toEqual([{ filename: 'old.csv' }]);
  });
});

describe('a tenant that is not that of the engagement', () => {
  it('is a finding that names the row, and no other', async () => {
    await dataImport(1, { engagement_id: EB });
    await dataImport(2, { is_mock: true });
    expect(await run('disagree')).toBe(1);
    const { checks } = await reportOf(folder, 'disagree');
    const failed = checks.filter(({ verdict }) => verdict === 'fail');
    expect(failed.map(({ check, subject, sampleKeys }) => [check, subject, sampleKeys])).toEqual([
      ['tenant-agreement', 'data_imports(engagement_id) > engagements', [`id=${id(1)}`]],
    ]);
  });
});

describe('the rows that a source must have', () => {
  const plan = () => waybill(folder, ['plan', 'modernize', '--source', legacy.url]);

  it('are the test tenants, if it has mock rows', async () => {
    await query(legacy, `delete from client_accounts where slug like 'test-%'`);
    expect((await plan()).code).toBe(0);
    await dataImport(1, { is_mock: true });
    const { code, stdout } = await plan();
    expect(code).toBe(3);
    for (const tenant of [FIRST, SECOND]) expect(stdout).toContain(`Mock rows move to the test tenant ${tenant}`);
    const leftOut = await waybill(folder, [
      ...['plan', 'modernize', '--source', legacy.url, '--param', 'mock=leave-out'],
    ]);
    expect(leftOut.code).toBe(0);
  });

  it('are the system user, if rows name no user', async () => {
    await query(legacy, `delete from users where email = 'system@x'`);
    expect((await plan()).code).toBe(0);
    await v3Import(1);
    const { code, stdout } = await plan();
    expect([code, stdout.includes(`the system user ${SYSTEM}`)]).toEqual([3, true]);
    const args = ['plan', 'modernize', '--source', legacy.url, '--param', `system-user=${USER}`];
    expect((await waybill(folder, args)).code).toBe(0);
  });

  it('stop a run before it creates anything', async () => {
    await query(legacy, `delete from users where email = 'system@x'`);
    await v3Import(1);
    expect(await run('unfit')).toBe(3);
    expect(await query(modern, `select to_regnamespace('unfit') as schema`)).toEqual([{ schema: null }]);
  });
});

type Cells = Readonly<Record<string, unknown>>;

async function insert(table: string, cells: Cells): Promise<void> {
  const places = Object.keys(cells).map((_, i) => `$${i + 1}`);
  await query(legacy, `insert into ${table} (${Object.keys(cells)}) values (${places})`, Object.values(cells));
}

/** Runs into a schema named for the run. Returns the exit code. */
async function run(name: string, ...options: string[]): Promise<number | null> {
  await query(modern, `drop schema if exists ${name} cascade`);
  const args = ['run', 'modernize', '--source', legacy.url, '--target', modern.url, '--target-schema', name];
  const result = await waybill(folder, [...args, '--max-rejects', '100', '--run', name, ...options]);
  if (![0, 1, 3].includes(result.code ?? -1)) throw new Error(result.stderr);
  return result.code;
}

/** The tenants of the rows of each table below an import. */
async function tenants(schema: string): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const table of ['data_imports', 'raw_import_records', 'import_field_mappings']) {
    const rows = await query(modern, `select distinct client_account_id as tenant from ${schema}.${table}`);
    found[table] = rows.map((row) => (row as { tenant: string }).tenant);
  }
  return found;
}

/** The records of a run: source table, number of the key, kind and rule. */
async function records(name: string): Promise<string[]> {
  return (await recordsOf(folder, name))
    .map(({ mapping, key, kind, rule }) => `${mapping.split(' > ')[0]} ${Number(key.slice(-12))} ${kind} ${rule}`)
    .sort();
}

async function query(database: TestDatabase, sql: string, values: readonly unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    return (await client.query(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
