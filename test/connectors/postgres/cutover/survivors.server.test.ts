import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { postgresMajor } from '../../../support/server-versions.ts';
import { type Clinic, openClinic, swapOf } from './clinic.ts';

let clinic: Clinic;

beforeEach(async () => {
  clinic = await openClinic();
  await clinic.query('create schema report; drop role if exists clinic_reader; create role clinic_reader nologin');
});

afterEach(async () => {
  await clinic.query('drop owned by clinic_reader cascade; drop role clinic_reader');
  await clinic.drop();
});

const swap = (carries: string[] = []): Promise<void> => clinic.schemas.swap({ cutover: swapOf, carries, proved: null });
const swapBack = (): Promise<void> => clinic.schemas.swapBack(swapOf);

/** Returns what a statement gives before the swap, after it, and after the rollback. */
async function thrice(sql: string): Promise<unknown[]> {
  const seen: unknown[] = [await clinic.query(sql)];
  await swap();
  seen.push(await clinic.query(sql));
  await swapBack();
  seen.push(await clinic.query(sql));
  return seen;
}

const labels = (...names: string[]): unknown[] => names.map((name) => [{ name }]);

describe('objects of other schemas survive the swap and the rollback', () => {
  it('views, and views of views, with grants, options and comments', async () => {
    await clinic.query(`
      create view report.names with (security_barrier = true) as select distinct name from clinic.customers;
      create view report.upper as select upper(name) as name from report.names;
      grant select on report.upper to clinic_reader; comment on view report.names is 'kept'`);
    expect(await thrice('select name from report.upper')).toEqual(labels('OLD', 'NEW', 'OLD'));
    const facts = `select c.relname, c.reloptions::text as options, obj_description(c.oid) as comment,
      has_table_privilege('clinic_reader', c.oid, 'select') as may
      from pg_class c where c.relnamespace = 'report'::regnamespace and relkind = 'v' order by 1`;
    expect(await clinic.query(facts)).toEqual([
      { relname: 'names', options: '{security_barrier=true}', comment: 'kept', may: false },
      { relname: 'upper', options: null, comment: null, may: true },
    ]);
  });

  it('materialized views with rows, indexes, grants and dependent views', async () => {
    await clinic.query(`
      create materialized view report.stored as select distinct name from clinic.customers;
      create unique index stored_name on report.stored (name);
      create view report.over_stored as select name from report.stored;
      grant select on report.stored to clinic_reader`);
    expect(await thrice('select name from report.over_stored')).toEqual(labels('old', 'new', 'old'));
    const objects = `select relname::text, relkind::text from pg_class where relnamespace = 'report'::regnamespace order by 1`;
    expect(await clinic.query(objects)).toEqual([
      { relname: 'over_stored', relkind: 'v' },
      { relname: 'stored', relkind: 'm' },
      { relname: 'stored_name', relkind: 'i' },
    ]);
    const [may] = await clinic.query(`select has_table_privilege('clinic_reader', 'report.stored', 'select') as may`);
    expect(may).toEqual({ may: true });
    await clinic.query('refresh materialized view concurrently report.stored');
  });

  it('foreign keys with unchanged names, actions and deferrability', async () => {
    await clinic.query(`create table report.visits (customer_id integer constraint to_customer
      references clinic.customers (id) on delete cascade deferrable); insert into report.visits values (1)`);
    const key = `select conname as name, confrelid::regclass::text as parent, convalidated as valid, pg_get_constraintdef(oid) as text
      from pg_constraint where conrelid = 'report.visits'::regclass and contype = 'f'`;
    const seen = await thrice(key);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(seen[0]).toMatchObject([{ name: 'to_customer', parent: 'clinic.customers', valid: true }]);
    await clinic.query('delete from clinic.orders; delete from clinic.customers');
    expect(await clinic.query('select from report.visits')).toHaveLength(0);
  });

  it('defaults that use a sequence of the live schema, which continues where it was', async () => {
    await clinic.query(`create table report.tickets (number bigint default nextval('clinic.number_seq'), note text);
      select setval('clinic.number_seq', 5000)`);
    const next = `insert into report.tickets (note) values ('x') returning number::int`;
    expect(await thrice(next)).toEqual([[{ number: 5001 }], [{ number: 5002 }], [{ number: 5003 }]]);
  });

  it('policies that refer to the live schema', async () => {
    await clinic.query(`create table report.secrets (label text); insert into report.secrets values ('old'), ('new');
      alter table report.secrets enable row level security; grant usage on schema report, clinic, clinic_next to clinic_reader;
      grant select on report.secrets, clinic.customers, clinic_next.customers to clinic_reader;
      create policy by_name on report.secrets using (label in (select name from clinic.customers))`);
    const seen = async (): Promise<unknown> => {
      const rows = await clinic.query('set role clinic_reader; select label as name from report.secrets');
      await clinic.query('reset role');
      return rows;
    };
    expect(await seen()).toEqual([{ name: 'old' }]);
    await swap();
    expect(await seen()).toEqual([{ name: 'new' }]);
    await swapBack();
    expect(await seen()).toEqual([{ name: 'old' }]);
  });

  it('functions with late-bound and early-bound table references', async () => {
    await clinic.query(`
      create function report.late() returns text language sql as 'select max(name) from clinic.customers';
      create function report.bound() returns text language sql begin atomic select max(name) from clinic.customers; end`);
    const both = 'select report.late() as late, report.bound() as bound';
    expect(await thrice(both)).toEqual(['old', 'new', 'old'].map((name) => [{ late: name, bound: name }]));
  });

  it.runIf(postgresMajor >= 15)('publications of tables, with columns and filters, and of the schema', async () => {
    await clinic.query(`create publication of_some for table clinic.customers (id, name) where (id > 7);
      create publication of_all for tables in schema clinic`);
    const published = `select p.pubname::text as name, p.schemaname || '.' || p.tablename as table, attnames::text as columns, rowfilter
      from pg_publication_tables p where tablename = 'customers' order by 1`;
    const seen = await thrice(published);
    expect(seen[0]).toHaveLength(2);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });

  it('statements that a session prepared before', async () => {
    await clinic.query('prepare names as select distinct name from clinic.customers');
    expect(await thrice('execute names')).toEqual(labels('old', 'new', 'old'));
  });
});

describe('properties of the live schema are transferred', () => {
  it('grants on schema, tables, columns, sequences and default privileges', async () => {
    await clinic.query(`grant usage on schema clinic to clinic_reader; grant select on clinic.customers to clinic_reader;
      grant update (label) on clinic.orders to clinic_reader; grant usage on sequence clinic.number_seq to clinic_reader;
      alter default privileges in schema clinic grant select on tables to clinic_reader`);
    await swap();
    await clinic.query('create table clinic.later (id integer)');
    const rights = `select has_schema_privilege(r, 'clinic', 'usage') as schema, has_table_privilege(r, 'clinic.customers', 'select') as table,
      has_column_privilege(r, 'clinic.orders', 'label', 'update') as column, has_column_privilege(r, 'clinic.orders', 'id', 'update') as other,
      has_sequence_privilege(r, 'clinic.number_seq', 'usage') as sequence, has_table_privilege(r, 'clinic.later', 'select') as later
      from (select 'clinic_reader' as r) who`;
    const all = { schema: true, table: true, column: true, other: false, sequence: true, later: true };
    expect(await clinic.query(rights)).toEqual([all]);
  });

  it('owners, comments and replica identities', async () => {
    await clinic.query(`alter table clinic.orders owner to clinic_reader; alter table clinic.orders replica identity full;
      comment on table clinic.orders is 'by hand'; comment on column clinic.orders.label is 'too'; comment on schema clinic is 'all'`);
    await swap();
    const facts = `select pg_get_userbyid(c.relowner)::text as owner, obj_description(c.oid, 'pg_class') as comment, c.relreplident::text as identity,
      col_description(c.oid, 3) as column, obj_description('clinic'::regnamespace, 'pg_namespace') as schema
      from pg_class c where c.oid = 'clinic.orders'::regclass`;
    expect(await clinic.query(facts)).toEqual([
      { owner: 'clinic_reader', comment: 'by hand', identity: 'f', column: 'too', schema: 'all' },
    ]);
  });

  it('manual changes, on request', async () => {
    await clinic.query(`create view clinic.by_hand as select name from clinic.customers;
      create index by_label on clinic.orders (label);
      create policy extra on clinic.orders for select to clinic_reader using (id > 0);
      create function clinic.stop() returns trigger language plpgsql as $$ begin return null; end $$;
      create trigger stops before insert on clinic.orders for each row execute function clinic.stop();
      grant select on clinic.by_hand to clinic_reader`);
    await swap(['view by_hand', 'index by_label', 'policy orders.extra', 'function stop()', 'trigger orders.stops']);
    expect(await clinic.query('select distinct name from clinic.by_hand')).toEqual([{ name: 'new' }]);
    expect(await clinic.query(`insert into clinic.orders values (0, 1, 'x') returning id`)).toEqual([]);
    const made = `select (select count(*)::int from pg_indexes where schemaname = 'clinic' and indexname = 'by_label') as index,
      (select count(*)::int from pg_policies where schemaname = 'clinic' and policyname = 'extra') as policy,
      has_table_privilege('clinic_reader', 'clinic.by_hand', 'select') as may`;
    expect(await clinic.query(made)).toEqual([{ index: 1, policy: 1, may: true }]);
  });
});

describe('an external dependency that the swap would break is refused by name, and nothing changes', () => {
  const refused: readonly (readonly [string, string, RegExp])[] = [
    ['a table of its row type', 'create table report.copies (one clinic.customers)', /table report\.copies/],
    ['a table that inherits', 'create table report.more () inherits (clinic.customers)', /table report\.more/],
    [
      'a trigger with its function',
      `create function clinic.f() returns trigger language plpgsql as $$ begin return new; end $$;
       create table report.t (id integer); create trigger by_f before insert on report.t execute function clinic.f()`,
      /trigger by_f on table report\.t/,
    ],
  ];

  it.each(refused)('%s', async (_, sql, name) => {
    await clinic.query(sql);
    expect((await clinic.schemas.obstacles('clinic', 'clinic_next')).join('\n')).toMatch(name);
    await expect(swap()).rejects.toMatchObject({ code: 'cutover-refused', message: expect.stringMatching(name) });
    expect(await clinic.query('select distinct name from clinic.customers')).toEqual([{ name: 'old' }]);
  });

  it('a foreign key with a row that would lose its parent', async () => {
    await clinic.query(`create table report.visits (customer_id integer constraint to_customer references clinic.customers (id));
      insert into clinic.customers values (900, 'old'); insert into report.visits values (900), (1), (null)`);
    expect(await clinic.schemas.obstacles('clinic', 'clinic_next')).toEqual([
      'constraint to_customer on table report.visits: 1 rows would have no parent',
    ]);
    await expect(swap()).rejects.toMatchObject({
      code: 'target-refused',
      message: expect.stringMatching(/to_customer/),
    });
    expect(await clinic.query('select distinct name from clinic.customers')).toEqual([{ name: 'old' }]);
  });
});
