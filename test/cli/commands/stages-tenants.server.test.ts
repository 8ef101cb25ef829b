import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { generateAries } from '../../../fixtures/aries/generate.ts';
import { type CommandResult, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, mysqlUrl, type TestDatabase } from '../../support/databases.ts';

/** Two companies and their shared schemas. The second company has different rows, many of them with the same keys. */
const shared = { dmeworks: 'tenants_dmeworks', repository: 'tenants_repository' };
const companies = { c01: 'tenants_c01', c02: 'tenants_c02' };

let folder: string;
let database: TestDatabase;
let tables: readonly Table[];

interface Table {
  readonly name: string;
  readonly key: string;
  readonly isTenanted: boolean;
}

beforeAll(async () => {
  const url = inject('mysqlUrl');
  const common = { url, scale: 1, defects: true, replace: true };
  await generateAries({ ...common, seed: 6, databases: { c01: companies.c02, ...shared } });
  await generateAries({ ...common, seed: 5, databases: { c01: companies.c01, ...shared } });
  folder = await workFolder();
  database = await createPgDatabase();
  expectExit(await waybill(folder, ['run', 'aries', '--run', 'c01', ...from(companies.c01)]), 0);
  const second = ['--param', 'tenant=c02', '--target-schema', 'aries_c02'];
  expectExit(await waybill(folder, ['run', 'aries', '--run', 'c02', ...from(companies.c02), ...second]), 0);
  tables = await tablesOf('aries_next');
});

afterAll(() => database.drop());

describe('two companies in one database', () => {
  it('share no id in any tenant table, although their legacy keys are the same', async () => {
    const own = tables.filter((t) => t.isTenanted);
    expect(own.length).toBeGreaterThan(95);
    expect(await idsInCommon(own)).toEqual(own.map(({ name }) => ({ name, ids: 0 })));
  });

  it('share the ids of all shared rows', async () => {
    const common = tables.filter((t) => !t.isTenanted && t.name !== 'tenants');
    expect(common.length).toBeGreaterThan(10);
    const counts = common.map(({ name }) => `select '${name}' as name, count(*)::int as ids from aries_next.${name}`);
    const expected = await onPostgres(`${counts.join(' union all ')} order by 1`);
    expect(await idsInCommon(common)).toEqual(expected);
    expect(expected.every((row) => Number(row.ids) > 0)).toBe(true);
  });

  it('are separate tenants: every row of a company holds its tenant', async () => {
    for (const schema of ['aries_next', 'aries_c02']) {
      const strangers = tables
        .filter((t) => t.isTenanted)
        .map(({ name }) => `select 1 from ${schema}.${name} where tenant_id <> (select id from ${schema}.tenants)`);
      expect(await onPostgres(strangers.join(' union all '))).toEqual([]);
    }
    const names =
      'select a.name as first, b.name as second, a.id = b.id as same from aries_next.tenants a, aries_c02.tenants b';
    expect(await onPostgres(names)).toEqual([{ first: 'c01', second: 'c02', same: false }]);
  });

  it('are distinguished by waybill id, which knows the tenants of the runs in this folder', async () => {
    const [row] = await onPostgres('select id from aries_c02.customers order by id limit 1');
    const known = await waybill(folder, ['id', row?.id as string, '--json']);
    expect(JSON.parse(known.stdout)).toMatchObject({ tenant: 'c02', entity: 'customers' });
    const elsewhere = await workFolder();
    const unknown = await waybill(elsewhere, ['id', row?.id as string]);
    expect(unknown.stderr).toMatch(
      /^waybill: This id belongs to no entity .+\n {2}hint: Name the tenant with --tenant.\n$/,
    );
    expect(unknown.code).toBe(2);
    const named = await waybill(elsewhere, ['id', row?.id as string, '--tenant', 'c02', '--json']);
    expect(JSON.parse(named.stdout)).toMatchObject({ tenant: 'c02', entity: 'customers' });
  });

  it('keep the parameter of the run when it is validated again', async () => {
    const connections = from(companies.c02).slice(0, 8);
    expectExit(await waybill(folder, ['validate', 'aries', '--run', 'c02', ...connections, '--quiet']), 0);
  });
});

function from(company: string): string[] {
  const schemas = { c01: company, ...shared };
  const sources = Object.entries(schemas).flatMap(([s, name]) => ['--source', `${s}=${mysqlUrl(name)}`]);
  return [...sources, '--target', database.url, '--max-rejects', '100', '--quiet'];
}

async function tablesOf(schema: string): Promise<Table[]> {
  const rows = await onPostgres(
    `select c.relname as name,
       (select string_agg(attname, ', ') from pg_attribute where attrelid = c.oid and attnum = any (i.indkey)) as key,
       exists (select from pg_attribute where attrelid = c.oid and attname = 'tenant_id') as tenanted
     from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
     where c.relnamespace = '${schema}'::regnamespace
     order by 1`,
  );
  return rows.map((row) => ({ name: row.name as string, key: row.key as string, isTenanted: row.tenanted === true }));
}

/** Counts the primary keys that a table has in both schemas. */
async function idsInCommon(some: readonly Table[]): Promise<Record<string, unknown>[]> {
  const joins = some.map(
    ({ name, key }) =>
      `select '${name}' as name, count(*)::int as ids from aries_next.${name} join aries_c02.${name} using (${key})`,
  );
  return onPostgres(`${joins.join(' union all ')} order by 1`);
}

function expectExit({ code, stdout, stderr }: CommandResult, exitCode: number): void {
  if (code !== exitCode) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
}

async function onPostgres(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows;
}
