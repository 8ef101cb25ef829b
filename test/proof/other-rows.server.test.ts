import { describe, expect, test } from 'vitest';
import { tenantId } from '../../core/mapping/ids/entity-ids.ts';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { constant } from '../../core/mapping/rules.ts';
import { type Carried, carried } from '../support/carried.ts';
import { onPostgres, postgres } from '../support/live-databases.ts';

const source = `create table orders (id int primary key, what text not null);
  insert into orders values (1, 'a'), (2, 'b')`;

describe('rows that nothing brought are a finding of a validation:', () => {
  const ddl = [
    `create table orders (id int primary key, what text not null);
     create table settings (name text primary key, value text); insert into settings values ('shipped', 'by the ddl');
     create table audit (id int generated always as identity primary key, note text);`,
  ];

  test('in a table without a mapping, where the DDL and the seed may bring some', async () => {
    const change = (pipeline: Pipeline): Pipeline => ({
      ...pipeline,
      seed: () => ({ settings: [{ name: 'seeded', value: 'by the pipeline' }] }),
    });
    const migration = await carried({ source: await postgres(source), dialect: 'postgres', ddl, change });
    const { verdict, of } = await migration.run();
    expect([verdict, of('other-rows')]).toMatchObject([
      'pass',
      [
        { subject: 'audit', verdict: 'pass', expected: 0, actual: 0 },
        { subject: 'settings', verdict: 'pass', expected: 2, actual: 2 },
      ],
    ]);
    await migration.query(`insert into audit (note) values ('stray'), ('stray')`);
    await migration.query(`delete from settings where name = 'shipped'`);
    const again = await migration.validate();
    expect([again.verdict, again.of('other-rows')]).toMatchObject([
      'fail',
      [
        { subject: 'audit', verdict: 'fail', expected: 0, actual: 2, note: '2 rows that nothing brought' },
        { subject: 'settings', verdict: 'fail', expected: 2, actual: 1, note: '1 row missing' },
      ],
    ]);
  });

  test('in a table elsewhere that inherits from a table of the target', async () => {
    const migration = await carried({ source: await postgres(source), dialect: 'postgres', ddl });
    await migration.run();
    await migration.query(
      `create schema elsewhere; create table elsewhere.more () inherits (orders); insert into elsewhere.more values (9, 'x')`,
    );
    const { verdict, of } = await migration.validate();
    expect([verdict, of('schema')[0]?.sampleKeys]).toEqual(['fail', ['child elsewhere.more']]);
  });
});

describe('where row-level security binds the owner', () => {
  const ddl = [
    'create table orders (id int primary key, what text not null, tenant_id uuid not null);',
    `do $$ begin execute format('grant usage on schema %I to rows_reader', current_schema()); end $$; grant select on orders to rows_reader;
     alter table orders enable row level security; alter table orders force row level security;
     create policy own on orders using (tenant_id::text = current_setting('app.tenant'));`,
  ];

  test('rows of a tenant that no run brought are a finding, though the session cannot see them', async () => {
    const migration = await bound(ddl);
    const { verdict, of } = await migration.run();
    expect([verdict, of('other-rows')]).toMatchObject([
      'pass',
      [{ subject: 'orders', verdict: 'pass', expected: 2, actual: 2 }],
    ]);
    await migration.query(`insert into orders values (3, 'c', '${tenantId('t2')}')`);
    const again = await migration.validate();
    expect([again.verdict, again.of('counts').map((check) => check.verdict), again.of('other-rows')]).toMatchObject([
      'fail',
      ['pass', 'pass'],
      [{ subject: 'orders', verdict: 'fail', expected: 2, actual: 3, note: '1 row that nothing brought' }],
    ]);
    expect(await migration.query(`select relforcerowsecurity from pg_class where oid = 'orders'::regclass`)).toEqual([
      { relforcerowsecurity: true },
    ]);
  });
});

/** A migration of one tenant whose user is an ordinary role. */
async function bound(ddl: readonly string[]): Promise<Carried> {
  const url = await postgres(source);
  await onPostgres(
    url,
    `drop role if exists rows_owner; drop role if exists rows_reader;
     create role rows_reader; create role rows_owner login in role rows_reader`,
  );
  const change = (pipeline: Pipeline): Pipeline => {
    const [mapping] = pipeline.mappings as readonly [Pipeline['mappings'][number]];
    const columns = { ...mapping.columns, tenant_id: constant('tenant', () => tenantId('t1')) };
    return {
      ...pipeline,
      mappings: [{ ...mapping, scope: 'tenant', columns }],
      params: { tenant: { default: 't1', describe: 'the tenant' } },
      tenantParam: 'tenant',
      rowSecurity: { role: 'rows_reader', setting: 'app.tenant', tenantColumn: 'tenant_id' },
    };
  };
  return carried({ source: url, dialect: 'postgres', ddl, change, owner: 'rows_owner' });
}
