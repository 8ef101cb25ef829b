import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postgres } from '../../connectors/postgres/connector.ts';
import { parsePostgresType } from '../../connectors/postgres/types.ts';
import { driftOf } from '../../core/mapping/plan/drift.ts';
import { tablesOfContract } from '../../core/model/schema.ts';
import type { Target } from '../../core/ports/target.ts';
import modernize from '../../pipelines/modernize/pipeline.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';

const { migrations, finalVersion, contract } = modernize.target;
let database: TestDatabase;
let client: pg.Client;
let target: Target;

beforeAll(async () => {
  database = await createPgDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  target = (await postgres.openTarget?.(database.url, { schema: 'shop', settings: {} })) as Target;
  await target.migrate(migrations, finalVersion);
});

afterAll(async () => {
  await target.close();
  await client.end();
  await database.drop();
});

test('the DDL makes exactly the tables, columns, types and keys of the target contract', async () => {
  const live = await target.inspector.tables(['']);
  const wanted = tablesOfContract('', contract, parsePostgresType);
  expect(driftOf(wanted, live, 'target')).toEqual([]);
  const shape = (table: (typeof live)[number] | undefined) => [
    table?.columns.map(({ name, hasDefault = false }) => [name, hasDefault]),
    table?.unique,
  ];
  for (const table of wanted) expect(shape(live.find(({ name }) => name === table.name))).toEqual(shape(table));
});

test('every relation declared as a foreign key is one; the others belong to joined references', async () => {
  const found = (await target.inspector.constraints())
    .filter(({ kind }) => kind === 'foreign')
    .map(({ table, columns, parent, parentColumns }) => `${table}(${columns}) > ${parent}(${parentColumns})`);
  const wanted = modernize.relations
    .filter(({ decision }) => decision === 'foreign-key')
    .map(({ target: side }) => `${side?.child}(${side?.columns}) > ${side?.parent}(${side?.parentColumns})`);
  expect(wanted.filter((key) => !found.includes(key))).toEqual([]);
  expect(found.filter((key) => !wanted.includes(key)).sort()).toEqual([
    'assessments(master_flow_id) > crewai_flow_state_extensions(flow_id)',
    'assets(raw_import_records_id) > raw_import_records(id)',
    'crewai_flow_state_extensions(client_account_id) > client_accounts(id)',
    'crewai_flow_state_extensions(engagement_id) > engagements(id)',
    'crewai_flow_state_extensions(parent_flow_id) > crewai_flow_state_extensions(flow_id)',
    'import_field_mappings(engagement_id) > engagements(id)',
    'import_field_mappings(master_flow_id) > crewai_flow_state_extensions(flow_id)',
  ]);
});

test('row-level security is enabled, but not forced, on exactly the tables of revision 019', async () => {
  const { rows } = await client.query(
    `select relname, relforcerowsecurity as is_forced from pg_class
     where relnamespace = 'shop'::regnamespace and relrowsecurity order by 1`,
  );
  expect(rows).toEqual(
    [
      ...['assessments', 'assets', 'client_accounts', 'crewai_flow_state_extensions', 'data_imports'],
      ...['discovery_flows', 'import_field_mappings', 'user_profiles'],
    ].map((relname) => ({ relname, is_forced: false })),
  );
});

describe('the application role', () => {
  const tenants = ['7d1f1a52-6b0e-4f2a-9a57-2f8a4b9f0c31', '7d1f1a52-6b0e-4f2a-9a57-2f8a4b9f0c32'] as const;
  const insertImport = `insert into data_imports (id, client_account_id, import_name, import_type, filename, imported_by)
    values (gen_random_uuid(), $1, 'x', 'x', 'x', '${tenants[0]}')`;

  beforeEach(async () => {
    await client.query('begin; set local search_path to shop');
    await client.query(`insert into users (id, email) values ('${tenants[0]}', 'x')`);
    await client.query(`insert into user_profiles (user_id) values ('${tenants[0]}')`);
    for (const [i, id] of tenants.entries()) {
      await client.query('insert into client_accounts (id, name, slug) values ($1, $2, $2)', [id, `t${i}`]);
      await client.query(insertImport, [id]);
    }
    await client.query('set local role application_role');
  });

  afterEach(async () => {
    await client.query('rollback');
  });

  const visible = async (): Promise<unknown[]> =>
    (await client.query('select client_account_id as id from data_imports union all select id from client_accounts'))
      .rows;
  const be = (tenant: string) => client.query(`select set_config('app.client_id', $1, true)`, [tenant]);

  test('sees only the rows of its tenant', async () => {
    for (const id of tenants) {
      await be(id);
      expect(await visible()).toEqual([{ id }, { id }]);
    }
  });

  test('sees nothing while the setting is missing or empty', async () => {
    expect(await visible()).toEqual([]);
    await be('');
    expect(await visible()).toEqual([]);
  });

  test('writes for its tenant and for no other', async () => {
    await be(tenants[0]);
    await client.query(insertImport, [tenants[0]]);
    await expect(client.query(insertImport, [tenants[1]])).rejects.toMatchObject({ code: '42501' });
  });

  test('sees no user profile but all users', async () => {
    await be(tenants[0]);
    expect((await client.query('select from user_profiles')).rowCount).toBe(0);
    expect((await client.query('select from users')).rowCount).toBe(1);
  });
});
