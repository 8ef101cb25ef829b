import { expect, onTestFinished, test, vi } from 'vitest';
import { startPostgres } from '../../../../servers/embedded-postgres.ts';
import { database, schema, sql, target } from '../database.ts';

const settings = `select relname, reloptions from pg_class where relnamespace = '${schema}'::regnamespace
  and relkind in ('r', 'p') order by relname`;

test('autovacuum is off for tables that are being loaded and on again afterwards, and settings made by users stay', async () => {
  const url = await database(
    `create schema ${schema}`,
    `create table ${schema}.bare (id integer)`,
    `create table ${schema}.filled (id integer) with (fillfactor = 70)`,
    `create table ${schema}.kept_off (id integer) with (autovacuum_enabled = off)`,
    `create table ${schema}.kept_on (id integer) with (autovacuum_enabled = 'true')`,
    `create table ${schema}.months (month integer) partition by range (month)`,
    `create table ${schema}.months_1 partition of ${schema}.months for values from (1) to (2)`,
    'create table public.outside (id integer)',
  );
  const before = await sql(url, settings);
  const loading = await target(url);
  await loading.beginLoad();
  await loading.beginLoad();
  expect(await sql(url, settings)).toEqual([
    ['bare', '{autovacuum_enabled=of}'],
    ['filled', '{fillfactor=70,autovacuum_enabled=of}'],
    ['kept_off', '{autovacuum_enabled=off}'],
    ['kept_on', '{autovacuum_enabled=true}'],
    ['months', null],
    ['months_1', '{autovacuum_enabled=of}'],
  ]);
  expect(await sql(url, "select reloptions from pg_class where relname = 'outside'")).toEqual([[null]]);
  // By the process that resumes the run.
  const resumed = await target(url);
  await resumed.finish(['bare']);
  expect(await sql(url, settings)).toEqual(before);
});

test('PostgreSQL applies the setting', async () => {
  vi.stubEnv('WAYBILL_POSTGRES_URL', ''); // a separate server, because autovacuum_naptime applies to the whole server
  const server = await startPostgres({ settings: { autovacuum_naptime: '1s', autovacuum_analyze_threshold: '1' } });
  onTestFinished(() => server.stop());
  await sql(server.url, `create schema ${schema}`);
  await sql(server.url, `create table ${schema}.loading (id integer)`);
  const loading = await target(server.url);
  await loading.beginLoad();
  await sql(server.url, `create table ${schema}.other (id integer)`);
  // In the order in which autovacuum processes them.
  for (const table of ['loading', 'other'])
    await sql(server.url, `insert into ${schema}.${table} values (1), (2), (3)`);
  const analyzed = `select relname from pg_stat_user_tables where autoanalyze_count > 0 order by relname`;
  await expect.poll(() => sql(server.url, analyzed), { timeout: 20_000, interval: 200 }).toEqual([['other']]);
  await loading.finish([]);
  await sql(server.url, `insert into ${schema}.loading values (4)`);
  await expect
    .poll(() => sql(server.url, analyzed), { timeout: 20_000, interval: 200 })
    .toEqual([['loading'], ['other']]);
});

test('tables of another role are skipped', async () => {
  const url = await database(
    `create schema ${schema}`,
    `create table ${schema}.theirs (id integer)`,
    'do $$ begin create role vacuum_owner; exception when duplicate_object then null; end $$',
    'do $$ begin create role vacuum_loader; exception when duplicate_object then null; end $$',
    `alter table ${schema}.theirs owner to vacuum_owner`,
    `grant usage on schema ${schema} to vacuum_loader`,
  );
  const loading = await target(url, { role: 'vacuum_loader' });
  await loading.beginLoad();
  expect(await sql(url, settings)).toEqual([['theirs', null]]);
});
