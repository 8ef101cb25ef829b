import { afterEach, beforeEach, expect, it } from 'vitest';
import { appendOf, type Clinic, openClinic } from './clinic.ts';

let clinic: Clinic;

/** Tenants, their shared tables, and two tables with circular foreign keys that are checked immediately. */
const tables = (schema: string): string => `
  drop schema ${schema} cascade; create schema ${schema}; set search_path to ${schema};
  update waybill.version set version = 4 where target_schema = '${schema}';
  create table tenants (id text primary key);
  create table codes (code text primary key, meaning json);
  create table doctors (tenant_id text references tenants, id bigint generated always as identity primary key, chief bigint);
  create table wards (tenant_id text references tenants, id integer primary key, doctor bigint references doctors, code text references codes,
    place integer, twice integer generated always as (place * 2) stored);
  alter table doctors add ward integer references wards;
  set search_path to public;`;

/** Ids start at `from`. A doctor and his ward refer to each other. */
const rows = (schema: string, tenant: string, from: number): string => `
  set search_path to ${schema};
  insert into tenants values ('${tenant}');
  insert into doctors (tenant_id, id) overriding system value select '${tenant}', n from generate_series(${from}, ${from + 9}) n;
  insert into wards select '${tenant}', id, id, 'a', 1 from doctors;
  update doctors set ward = id, chief = id;
  set search_path to public;`;

beforeEach(async () => {
  clinic = await openClinic();
  await clinic.query(tables('clinic') + tables('clinic_next'));
  await clinic.query(
    `insert into clinic.codes values ('a', '{"x": 1}'); insert into clinic_next.codes values ('a', '{"x": 1}'), ('b', '2')`,
  );
  await clinic.query(rows('clinic', '1', 100) + rows('clinic_next', '2', 200));
});

afterEach(() => clinic.drop());

/** All rows of the live schema for these tenants. */
async function content(...tenants: string[]): Promise<unknown> {
  const list = tenants.map((t) => `'${t}'`).join(', ');
  return clinic.query(`select 'd' as t, d::text as row from clinic.doctors d where tenant_id in (${list})
    union all select 'w', w::text from clinic.wards w where tenant_id in (${list})
    union all select 't', t::text from clinic.tenants t where id in (${list})
    union all select 'c', c::text from clinic.codes c order by 1, 2`);
}

const append = (): Promise<void> => clinic.schemas.append(appendOf);

it('adds the tenant in one transaction and removes it again, and nothing else', async () => {
  const before = await content('1', '2');
  await append();
  expect(await clinic.query('select tenant_id, count(*)::int as n from clinic.wards group by 1 order by 1')).toEqual([
    { tenant_id: '1', n: 10 },
    { tenant_id: '2', n: 10 },
  ]);
  expect(await clinic.query('select code from clinic.codes order by 1')).toEqual([{ code: 'a' }, { code: 'b' }]);
  expect(await clinic.query("insert into clinic.doctors (tenant_id) values ('1') returning id::int")).toEqual([
    { id: 210 },
  ]);
  await clinic.query('delete from clinic.doctors where id = 210');
  const keys = `select count(*)::int as n from pg_constraint where connamespace = 'clinic'::regnamespace and contype = 'f' and convalidated`;
  expect(await clinic.query(keys)).toEqual([{ n: 5 }]);
  await clinic.schemas.takeOut(appendOf);
  expect(await content('1', '2')).toEqual(before);
  expect(await clinic.query(keys)).toEqual([{ n: 5 }]);
  expect((await clinic.schemas.cutovers()).map(({ state, tenant }) => [state, tenant])).toEqual([
    ['rolled-back', 'second'],
  ]);
});

it('refuses shared rows that differ, naming table and key but not their values', async () => {
  await clinic.query(`update clinic_next.codes set meaning = '"canary"' where code = 'a'`);
  const before = await content('1', '2');
  const error = await append().catch((caught: Error) => caught);
  expect(error).toMatchObject({ code: 'shared-differs', message: expect.stringMatching(/\n {2}codes: 1 \(code=a\)$/) });
  expect((error as Error).message).not.toContain('canary');
  expect(await content('1', '2')).toEqual(before);
});

it('keeps a shared row that two appended tenants brought until the last of them is removed', async () => {
  await append();
  await clinic.query(`${tables('clinic_next')} insert into clinic_next.codes values ('a', '{"x": 1}'), ('b', '2')`);
  await clinic.query(rows('clinic_next', '3', 300));
  const third = {
    cutover: { ...appendOf.cutover, run: 'r3', tenant: 'third' },
    tenancy: { column: 'tenant_id', id: '3' },
  };
  await clinic.schemas.append(third);
  await clinic.schemas.takeOut(appendOf);
  expect(await clinic.query('select code from clinic.codes order by 1')).toEqual([{ code: 'a' }, { code: 'b' }]);
  await clinic.schemas.takeOut(third);
  expect(await clinic.query('select code from clinic.codes order by 1')).toEqual([{ code: 'a' }]);
});

it('refuses an existing tenant, another version of the DDL, and a shared table without a key', async () => {
  await append();
  await expect(append()).rejects.toMatchObject({ code: 'target-not-empty' });
  await clinic.schemas.takeOut(appendOf);
  await clinic.query('create table clinic.loose (id integer); create table clinic_next.loose (id integer)');
  await expect(append()).rejects.toMatchObject({ message: expect.stringMatching(/loose has no primary key/) });
  await clinic.query(`update waybill.version set version = 3 where target_schema = 'clinic_next'`);
  await expect(append()).rejects.toMatchObject({ message: expect.stringMatching(/different versions of the DDL/) });
});

it('knows whether the tenant has written since', async () => {
  await append();
  const { cutover, tenancy } = appendOf;
  await clinic.query("update clinic.wards set place = 2 where tenant_id = '1'");
  expect(await clinic.schemas.writtenSince(cutover, tenancy)).toEqual([]);
  await clinic.query('update clinic.wards set place = 2 where id = 205');
  expect(await clinic.schemas.writtenSince(cutover, tenancy)).toEqual(['wards']);
  await clinic.query('drop schema clinic_next cascade');
  expect(await clinic.schemas.writtenSince(cutover, tenancy)).toBeNull();
});
