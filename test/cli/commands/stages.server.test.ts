import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { generateAries } from '../../../fixtures/aries/generate.ts';
import { parseReport } from '../../../reports/model.ts';
import { type CommandResult, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, mysqlUrl, type TestDatabase } from '../../support/databases.ts';

const databases = { c01: 'stages_c01', dmeworks: 'stages_dmeworks', repository: 'stages_repository' };
const quiet = ['--quiet', '--max-rejects', '100'];

let here: string;
let database: TestDatabase;
let connections: Readonly<Record<string, string>>;

beforeAll(async () => {
  await generateAries({ url: inject('mysqlUrl'), scale: 1, seed: 3, defects: true, replace: true, databases });
  here = await workFolder();
  database = await createPgDatabase();
  const sources = Object.entries(databases).map(([s, name]) => [
    `WAYBILL_SOURCE_${s.toUpperCase()}_URL`,
    mysqlUrl(name),
  ]);
  connections = { ...Object.fromEntries(sources), WAYBILL_TARGET_URL: database.url };
  expectExit(await waybill(here, ['run', 'aries', '--run', 'direct', ...quiet], connections), 0);
});

afterAll(() => database.drop());

describe('export, transform, import and validate', () => {
  it('give the same as run, although the run folder moves after the export', async () => {
    const exported = await waybill(here, ['export', 'aries', '--run', 'staged', '--quiet', '--json'], connections);
    expectExit(exported, 0);
    expect(JSON.parse(exported.stdout)).toEqual({ run: 'staged', path: '.waybill/runs/staged/export' });
    const there = await workFolder();
    await cp(join(here, '.waybill/runs/staged'), join(there, '.waybill/runs/staged'), { recursive: true });
    await rm(join(here, '.waybill/runs/staged'), { recursive: true });
    expectExit(await waybill(there, ['transform', 'aries', '--run', 'staged', ...quiet]), 0); // needs no database
    const target = ['--target-schema', 'moved'];
    expectExit(await waybill(there, ['import', 'aries', '--run', 'staged', ...target, ...quiet], connections), 0);
    expectExit(await waybill(there, ['validate', 'aries', '--run', 'staged', '--quiet'], connections), 0);
    expect(await ledgerOf('staged')).toEqual(await ledgerOf('direct'));
    expect(await contentOf('moved')).toEqual(await contentOf('aries_next'));
  });

  it('each print the next command, which works as typed', async () => {
    const folder = await workFolder();
    const environment = { ...connections, WAYBILL_SOURCE_URL: '' };
    let next = 'waybill export aries --tables tbl_company';
    for (const stage of ['export', 'transform', 'import']) {
      expect(next).toContain(`waybill ${stage} aries`);
      const schema = stage === 'import' ? ['--target-schema', 'step_by_step'] : [];
      const { stdout, stderr, code } = await waybill(folder, [...next.split(' ').slice(1), ...schema], environment);
      if (code !== 0) throw new Error(stderr);
      next = /^next {2}(.+)$/m.exec(stdout)?.[1] ?? '';
    }
    const validated = await waybill(folder, next.split(' ').slice(1), environment);
    expectExit(validated, 6); // one table never proves the whole
  });

  it('are refused out of order, with the command that must come first', async () => {
    const folder = await workFolder();
    expectExit(
      await waybill(folder, ['export', 'aries', '--run', 'e', '--quiet', '--tables', 'tbl_company'], connections),
      0,
    );
    const early = await waybill(folder, ['import', 'aries', '--run', 'e', '--quiet'], connections);
    expect(early.stderr).toBe(
      'waybill: Run e has no finished transform.\n  hint: Finish it first: waybill transform aries --run e\n',
    );
    expect(early.code).toBe(2);
    const earlier = await waybill(folder, ['validate', 'aries', '--run', 'e', '--quiet'], connections);
    expect(earlier.stderr).toContain('hint: Load it first: waybill import aries --run e\n');
    expect(earlier.code).toBe(2);
  });
});

describe('a JSON Lines directory as the source', () => {
  it('is transformed without an earlier run, and gives the same rows', async () => {
    expectExit(await waybill(here, ['export', 'aries', '--run', 'dir', '--gzip', '--quiet'], connections), 0);
    const there = await workFolder();
    await cp(join(here, '.waybill/runs/dir/export'), join(there, 'data'), { recursive: true });
    const transformed = await waybill(there, ['transform', 'aries', '--source', 'jsonl:data', '--json', ...quiet]);
    expectExit(transformed, 0);
    const { run } = JSON.parse(transformed.stdout) as { run: string };
    const target = ['--target', database.url, '--target-schema', 'from_directory'];
    expectExit(await waybill(there, ['import', 'aries', '--run', run, ...target, ...quiet]), 0);
    const sources = ['--source', 'jsonl:data', '--target', database.url];
    expectExit(await waybill(there, ['validate', 'aries', '--run', run, ...sources, '--quiet']), 0);
    expect(await ledgerOf(run)).toEqual(await ledgerOf('direct'));
    expect(await contentOf('from_directory')).toEqual(await contentOf('aries_next'));
  });
});

describe('what is printed', () => {
  it('report prints the same as run, as text and as JSON', async () => {
    const text = await waybill(here, ['report', 'aries', '--run', 'direct']);
    expect(text.stdout).toMatch(/^PASS {2}aries: /m);
    expect(text.stdout).toContain('.waybill/runs/direct/report.html');
    const json = await waybill(here, ['report', 'aries', '--run', 'direct', '--json']);
    expect(parseReport(JSON.parse(json.stdout))).toMatchObject({ runId: 'direct', verdict: 'pass' });
    expect([text.code, json.code, text.stderr, json.stderr]).toEqual([0, 0, '', '']);
  });

  it('plan --json counts tables, columns and relations', async () => {
    const { stdout, code } = await waybill(
      here,
      ['plan', 'aries', '--json', '--target-schema', 'planned'],
      connections,
    );
    const plan = JSON.parse(stdout);
    expect(plan).toMatchObject({
      tables: 118,
      columns: { accounted: 1497, unaccounted: 0 },
      source: 'matches',
      problems: [],
    });
    expect(plan.relations.foreignKeys + plan.relations.lookups + plan.relations.none).toBe(413);
    expect(plan.mappings).toHaveLength(118);
    expect(code).toBe(0);
  });

  it('lineage --json names the source of each column and the reason why a password is left behind', async () => {
    const { stdout, code } = await waybill(here, ['lineage', 'aries', '--json', '--tables', 'tbl_user']);
    const [users] = JSON.parse(stdout);
    expect(users).toMatchObject({ source: 'c01.tbl_user', target: 'users' });
    expect(users.columns).toContainEqual({ column: 'id', reads: ['ID'], rule: expect.any(String) });
    expect(users.drops).toContainEqual({ column: 'Password', why: expect.stringContaining('never carried') });
    expect(code).toBe(0);
    const all = await waybill(here, ['lineage', 'aries', '--json']);
    expect(JSON.parse(all.stdout)).toHaveLength(118);
  });

  it('id reads the legacy key back from the ids of a company and of shared rows', async () => {
    const [customer] = await onMysql(
      databases.c01,
      'select ID, AccountNumber as name from tbl_customer order by ID limit 7, 1',
    );
    const [doctor] = await onMysql(
      databases.dmeworks,
      'select ID, LastName as name from tbl_doctor order by ID limit 1',
    );
    const customerId = await uuidOf('select id from aries_next.customers where account_number = $1', customer?.name);
    const doctorId = await uuidOf(
      'select id from aries_next.doctors where last_name = $1 order by id limit 1',
      doctor?.name,
    );
    const facts = await waybill(here, ['id', customerId, '--json']);
    expect(JSON.parse(facts.stdout)).toEqual({
      uuid: customerId,
      tenant: 'c01',
      entity: 'customers',
      key: `${customer?.ID}`,
    });
    const text = await waybill(here, ['id', doctorId.toUpperCase()]);
    expect(text.stdout).toBe(`tenant  (shared)\nentity  doctors\nkey     ${doctor?.ID}\n`);
    expect([facts.code, text.code]).toEqual([0, 0]);
  });

  it('id reports that a version 5 id, or a text that is not an id, carries no key', async () => {
    const tenant = await uuidOf('select id from aries_next.tenants', undefined);
    for (const id of [tenant, 'nonsense']) {
      const { stdout, stderr, code } = await waybill(here, ['id', id]);
      expect(stderr).toMatch(/^waybill: This id carries no legacy key: .+\n {2}hint: .+\n$/);
      expect([stdout, code]).toEqual(['', 2]);
    }
  });
});

function expectExit({ code, stdout, stderr }: CommandResult, exitCode: number): void {
  if (code !== exitCode) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
}

/** Returns counts and digest of every part of a run, from the ledger. */
async function ledgerOf(run: string): Promise<unknown[]> {
  const columns = 'mapping, part, after, up_to, read, loaded, rejected, filtered, adjusted, digest';
  return onPostgres(`select ${columns} from waybill.part where run = $1 order by mapping, part`, [run]);
}

/** Returns a digest of every table of a schema, computed by PostgreSQL. */
async function contentOf(schema: string): Promise<Record<string, string>> {
  const tables = await onPostgres(
    `select table_name as name from information_schema.tables
     where table_schema = $1 order by 1`,
    [schema],
  );
  const digest = ({ name }: Record<string, unknown>): string =>
    `select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest from ${schema}.${name} t`;
  const rows = await onPostgres(tables.map(digest).join(' union all '), []);
  expect(rows.length).toBeGreaterThan(118);
  return Object.fromEntries(rows.map((row) => [row.name, row.digest as string]));
}

async function uuidOf(sql: string, value: unknown): Promise<string> {
  const [row] = await onPostgres(sql, value === undefined ? [] : [value]);
  return row?.id as string;
}

async function onPostgres(sql: string, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  const { rows } = await client.query(sql, [...values]).finally(() => client.end());
  return rows;
}

async function onMysql(name: string, sql: string): Promise<RowDataPacket[]> {
  const connection = await mysql.createConnection(mysqlUrl(name));
  const [rows] = await connection.query<RowDataPacket[]>(sql).finally(() => connection.end());
  return rows;
}
