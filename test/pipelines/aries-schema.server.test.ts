import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAddress } from '../../connectors/postgres/address.ts';
import { PostgresTarget } from '../../connectors/postgres/target.ts';
import { entityIds, tenantId } from '../../core/mapping/ids/entity-ids.ts';
import aries from '../../pipelines/aries/pipeline.ts';
import { target } from '../../pipelines/aries/target.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';

const schema = 'aries_next';
let database: TestDatabase;
let client: pg.Client;

/** Migrates the DDL up or down to a version; 0 undoes everything. */
async function migrateTo(version: number): Promise<void> {
  const into = await PostgresTarget.open(parseAddress(database.url, 'target'), { schema, settings: {} });
  await into.migrate(aries.target.migrations, version);
  await into.close();
}

async function rows<T>(sql: string, values: unknown[] = []): Promise<T[]> {
  return (await client.query(sql, values)).rows as T[];
}

/** Runs a test in a transaction that is always rolled back. */
function inTransaction(run: () => Promise<void>): () => Promise<void> {
  return async () => {
    await client.query('begin');
    try {
      await run();
    } finally {
      await client.query('rollback');
    }
  };
}

/** Expects a statement to fail with this SQLSTATE, and rolls it back. */
async function expectRefusal(code: string, sql: string, values: unknown[] = []): Promise<void> {
  await client.query('savepoint before');
  await expect(client.query(sql, values)).rejects.toMatchObject({ code });
  await client.query('rollback to before');
}

beforeAll(async () => {
  database = await createPgDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`create schema ${schema}; set search_path to ${schema}`);
  await migrateTo(aries.target.finalVersion);
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

test('the DDL makes exactly the tables, columns, types and primary keys of the target contract', async () => {
  const found = await rows<{ table: string; columns: Record<string, string>; key: string[] }>(`
    select c.relname as table,
      json_object_agg(a.attname, format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
        order by a.attnum) as columns,
      (select json_agg(k.attname order by array_position(i.indkey::int2[], k.attnum))
        from pg_index i
        join pg_attribute k on k.attrelid = i.indrelid and k.attnum = any (i.indkey::int2[])
        where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
    where c.relnamespace = '${schema}'::regnamespace and c.relkind = 'r'
    group by c.oid, c.relname`);
  const made = found.map(({ table, columns, key }) => [table, key, ...Object.entries(columns)]);
  const wanted = Object.entries(target).map(([table, { key, columns }]) => [table, key, ...Object.entries(columns)]);
  expect(made.sort()).toEqual(wanted.sort());
});

test('every reference of the mappings and every tenant column has a foreign key', async () => {
  const found = await foreignKeys();
  const wanted = aries.mappings.flatMap((m) =>
    Object.entries(m.columns).flatMap(([column, { reference }]) => {
      if (column === 'tenant_id') return [`${m.to}(tenant_id) > tenants(id)`];
      return reference === undefined ? [] : [`${m.to}(${column}) > ${reference.entity}(id)`];
    }),
  );
  expect(found.filter((key) => !key.includes(',')).sort()).toEqual(wanted.sort());
});

test('every relation declared as a foreign key is one, including composite ones', async () => {
  const found = await foreignKeys();
  const wanted = aries.relations.flatMap((r) =>
    r.decision === 'foreign-key' && r.target !== undefined
      ? [`${r.target.child}(${r.target.columns}) > ${r.target.parent}(${r.target.parentColumns})`]
      : [],
  );
  expect(wanted.filter((key) => !found.includes(key))).toEqual([]);
  expect(wanted.filter((key) => key.includes(','))).toHaveLength(8);
});

test('every foreign key has an index that starts with its columns', async () => {
  const unindexed = await rows(`
    select k.conname
    from pg_constraint k
    where k.connamespace = '${schema}'::regnamespace and k.contype = 'f' and not exists (
      select from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = any (k.conkey)
    )`);
  expect(unindexed).toEqual([]);
});

test('row-level security is forced on every company table and on no shared table', async () => {
  const found = await rows<{ table: string }>(`
    select c.relname as table
    from pg_class c
    join pg_policy p on p.polrelid = c.oid and p.polqual is not null and p.polwithcheck is not null
    where c.relnamespace = '${schema}'::regnamespace and c.relrowsecurity and c.relforcerowsecurity`);
  const wanted = aries.mappings.filter((m) => m.scope === 'tenant').map((m) => m.to);
  expect(found.map((row) => row.table).sort()).toEqual([...wanted, 'tenants'].sort());
});

test(
  'the application role sees only its tenant, sees nothing when unset, and cannot write for another tenant',
  inTransaction(async () => {
    const one = await insertTenant('one');
    const other = await insertTenant('other');
    const insertType = `insert into customer_types (tenant_id, id, name) values ($1, gen_random_uuid(), 'x')`;
    for (const tenant of [one, other]) await client.query(insertType, [tenant]);
    await client.query('set local role aries_app');
    const visible = 'select tenant_id from customer_types';
    expect(await rows(visible)).toEqual([]);
    await client.query(`select set_config('app.tenant_id', $1, true)`, [one]);
    expect(await rows(visible)).toEqual([{ tenant_id: one }]);
    expect(await rows('select id from tenants')).toEqual([{ id: one }]);
    await expectRefusal('42501', insertType, [other]);
  }),
);

test(
  'the application role reads shared data and cannot change it',
  inTransaction(async () => {
    await client.query('set local role aries_app');
    expect(await rows('select id from icd10_codes')).toEqual([]);
    await expectRefusal('42501', 'delete from icd10_codes');
    await expectRefusal('42501', 'delete from tenants');
  }),
);

test(
  'a label that is not in the legacy enum and a member that is not in the legacy set are refused',
  inTransaction(async () => {
    await insert('insurance_companies', { basis: 'Allowed', missing_information: ['MedicareNumber'] });
    await expectRefusal('23514', `update insurance_companies set basis = 'allowed'`);
    await expectRefusal('23514', `update insurance_companies set missing_information = '{MedicareNumber,Elsewhere}'`);
  }),
);

test(
  'a text that was unique in the legacy schema is unique regardless of case and trailing spaces',
  inTransaction(async () => {
    const tenant = await insertTenant('one');
    const insertUser = `insert into users (tenant_id, id, login, email) values ($1, gen_random_uuid(), $2, '')`;
    await client.query(insertUser, [tenant, 'Mary']);
    await expectRefusal('23505', insertUser, [tenant, 'MARY ']);
    await client.query(insertUser, [await insertTenant('other'), 'Mary']);
  }),
);

test(
  'an order line whose customer differs from that of its order is refused',
  inTransaction(async () => {
    const tenant = await insertTenant('one');
    const ids = entityIds('one', 'customers');
    const [buyer, stranger] = [ids.ofInteger('1'), ids.ofInteger('2')];
    await insert('customers', { tenant_id: tenant, id: buyer, account_number: '1' });
    await insert('customers', { tenant_id: tenant, id: stranger, account_number: '2' });
    await insert('warehouses', { tenant_id: tenant, id: tenant });
    await insert('orders', { tenant_id: tenant, id: tenant, customer_id: buyer });
    const line = { tenant_id: tenant, id: tenant, order_id: tenant, warehouse_id: tenant };
    await insert('order_details', { ...line, customer_id: buyer });
    await expectRefusal('23503', 'update order_details set customer_id = $1', [stranger]);
  }),
);

test(
  'a cycle of references can be loaded in one transaction with the constraints deferred',
  inTransaction(async () => {
    await client.query('set constraints all deferred');
    const tenant = await insertTenant('one');
    const ids = entityIds('one', 'users');
    const [first, second] = [ids.ofInteger('1'), ids.ofInteger('2')];
    await insert('users', { tenant_id: tenant, id: first, login: 'a', last_update_user_id: second });
    await insert('users', { tenant_id: tenant, id: second, login: 'b', last_update_user_id: first });
    await client.query('set constraints all immediate');
  }),
);

test('the undo files remove everything, and the schema can be built again', async () => {
  const relations = `select relname from pg_class where relnamespace = '${schema}'::regnamespace`;
  await migrateTo(0);
  expect(await rows(relations)).toEqual([]);
  await migrateTo(aries.target.finalVersion);
  expect((await rows(`${relations} and relkind = 'r'`)).length).toBe(119);
});

test('the role remains after one schema is dropped while another one uses it', async () => {
  await client.query('create schema other; grant usage on schema other to aries_app');
  await migrateTo(0);
  expect(await rows(`select rolname from pg_roles where rolname = 'aries_app'`)).toHaveLength(1);
  await client.query('drop schema other');
  await migrateTo(aries.target.finalVersion);
});

async function foreignKeys(): Promise<string[]> {
  const names = (oid: string, columns: string) =>
    `(select string_agg(a.attname, ',' order by array_position(${columns}, a.attnum))
      from pg_attribute a where a.attrelid = ${oid} and a.attnum = any (${columns}))`;
  const found = await rows<{ key: string }>(`
    select format('%s(%s) > %s(%s)', c.relname, ${names('k.conrelid', 'k.conkey')}, p.relname, ${names('k.confrelid', 'k.confkey')}) as key
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_class p on p.oid = k.confrelid
    where k.connamespace = '${schema}'::regnamespace and k.contype = 'f' and k.convalidated and k.condeferrable`);
  return found.map((row) => row.key);
}

async function insertTenant(name: string): Promise<string> {
  await client.query('insert into tenants (id, name) values ($1, $2)', [tenantId(name), name]);
  return tenantId(name);
}

type Values = Readonly<Record<string, unknown>>;
type TargetTable = keyof typeof target;

/** Inserts these values, with a simple value in every other required column. */
async function insert(table: TargetTable, values: Values): Promise<void> {
  const required = Object.entries(target[table].columns).filter(([, type]) => type.endsWith(' not null'));
  const row = { ...Object.fromEntries(required.map(([name, type]) => [name, plain(type)])), ...values };
  const names = Object.keys(row);
  const places = names.map((_, i) => `$${i + 1}`);
  await client.query(`insert into ${table} (${names.join(', ')}) values (${places.join(', ')})`, Object.values(row));
}

function plain(type: string): unknown {
  if (type.startsWith('text[]')) return [];
  if (type.startsWith('text')) return '';
  if (type.startsWith('boolean')) return false;
  return type.startsWith('uuid') ? tenantId('anything') : 0;
}
