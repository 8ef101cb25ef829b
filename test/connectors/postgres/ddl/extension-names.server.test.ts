import { expect, test } from 'vitest';
import { database, ddl, openTarget, schema, sql, target } from '../database.ts';

/** An extension in `public`, next to tables that have the names of the target's. */
const before = [
  'create extension citext schema public',
  'create extension "uuid-ossp" schema public',
  "create table customers (id integer primary key, email text); insert into customers values (1, 'live')",
  'create table orders (id integer primary key)',
];

const live = `select (select string_agg(email, ',') from public.customers), (select count(*)::text from public.orders)`;

const columnTypes = `
  select attname, atttypid::regtype::text from pg_attribute
  where attrelid = '${schema}.customers'::regclass and attnum > 0 order by attnum`;

test('DDL names types and functions of an extension without its schema', async () => {
  const url = await database(...before);
  const directory = await ddl({
    '001.do.tables.sql': `
      -- 😀 é, to the server one character each
      drop table if exists customers, orders cascade;
      create domain address as citext check (value <> '');
      create table customers (
        id uuid default uuid_generate_v4() primary key, "citext" CITEXT not null, emails "citext"[], a address,
        constraint text check ("citext" <> 'A'::citext), constraint folded check ("citext" operator(public.<>) 'Z')
      );
      create function whisper(x citext) returns text language sql as $$ select lower(x::citext::text) $$;
    `,
    '001.undo.tables.sql': 'drop function whisper; drop table customers; drop domain address;',
    '002.do.more.sql': 'alter table customers add column more citext; create unique index on customers (more);',
    '002.undo.more.sql': 'alter table customers drop column more;',
  });
  const into = await target(url);
  await into.migrate(directory, 2);
  expect(await sql(url, columnTypes)).toEqual([
    ['id', 'uuid'],
    ['citext', 'citext'],
    ['emails', 'citext[]'],
    ['a', `${schema}.address`],
    ['more', 'citext'],
  ]);
  // An operator of an extension is found only with its schema.
  await sql(url, `insert into ${schema}.customers ("citext", more) values ('a', 'x')`);
  await expect(sql(url, `insert into ${schema}.customers ("citext") values ('z')`)).rejects.toThrow(/folded/);
  await expect(sql(url, `insert into ${schema}.customers ("citext", more) values ('B', 'X')`)).rejects.toThrow(
    /unique/,
  );
  expect((await into.ddlState(directory, 2)).objects).toEqual(await into.inspector.catalog());
  await into.migrate(directory, 0);
  expect(await sql(url, live)).toEqual([['live', '0']]);
});

test('an extension that the same file creates is found', async () => {
  const into = await target(await database());
  const directory = await ddl({
    '001.do.a.sql': `
      create schema if not exists "Ext ""x""";
      create extension if not exists citext schema "Ext ""x""";
      create table customers (id integer, e citext, f citext);
    `,
    '001.undo.a.sql': 'drop table customers',
  });
  const { objects } = await into.ddlState(directory, 1);
  expect(objects.map(({ definition }) => definition)).toContain('"Ext ""x""".citext');
  await into.migrate(directory, 1);
  expect(await into.inspector.catalog()).toEqual(objects);
});

test('a table of the schema of an extension is never taken for one of the target', async () => {
  const url = await database(...before);
  const statements = [
    'alter table customers add column more citext',
    "insert into customers values (2, 'x'::citext)",
    "update customers set email = 'x'::citext",
    'create table a (e citext, c integer references customers)',
    'drop table orders; create table a (e citext)',
    'create table a (e citext); truncate orders',
    'create view a as select email::citext from customers',
  ];
  for (const statement of statements) {
    const into = await openTarget(url);
    const directory = await ddl({ '001.do.a.sql': statement, '001.undo.a.sql': 'select 1' });
    await expect(into.migrate(directory, 1), statement).rejects.toMatchObject({
      code: 'target-refused',
      reason: '42P01',
    });
    await expect(into.ddlState(directory, 1), statement).rejects.toMatchObject({
      code: 'target-refused',
      reason: '42P01',
    });
    await into.close();
  }
  expect(await sql(url, live)).toEqual([['live', '0']]);
});

test('a drop that finds nothing in the target drops nothing elsewhere', async () => {
  const url = await database(...before);
  const into = await target(url);
  const directory = await ddl({
    '001.do.a.sql': 'drop table if exists customers; drop view if exists orders; create table a (e citext)',
    '001.undo.a.sql': 'drop table if exists a, customers, orders',
  });
  await into.migrate(directory, 1);
  await into.migrate(directory, 0);
  expect(await sql(url, live)).toEqual([['live', '0']]);
});

test('a type that no extension has is refused with its line', async () => {
  const url = await database(...before, "create type mood as enum ('a')");
  const into = await target(url);
  const directory = await ddl({
    '001.do.a.sql': 'create table a (e citext);\n\ncreate table b (m mood)',
    '001.undo.a.sql': '',
  });
  await expect(into.migrate(directory, 1)).rejects.toMatchObject({
    message: expect.stringMatching(/run 001\.do\.a\.sql, line 3: SQLSTATE 42704/),
    hint: expect.stringContaining('public.citext'),
  });
  expect(await into.inspector.tables([''])).toEqual([]);
});

test('an operator class of an extension is found', async () => {
  const url = await database('create extension pg_trgm schema public');
  const into = await target(url);
  const directory = await ddl({
    '001.do.a.sql': `create table a (name text, other text);
      create index of_names on a using gin (lower(name) gin_trgm_ops, other gin_trgm_ops)`,
    '001.undo.a.sql': 'drop table a',
  });
  await into.migrate(directory, 1);
  const [[definition] = []] = await sql(url, `select pg_get_indexdef('${schema}.of_names'::regclass)`);
  expect(definition).toContain('lower(name) gin_trgm_ops, other gin_trgm_ops');
});

test('a type that the server does not point at is found by its name, and else the hint says what to write', async () => {
  const url = await database(...before);
  const into = await target(url);
  const found = await ddl({
    '001.do.a.sql': 'create function a() returns citext language sql as $$ select null $$',
    '001.undo.a.sql': 'drop function a()',
  });
  await into.migrate(found, 1);
  await into.migrate(found, 0);
  const directory = await ddl({
    '001.do.a.sql': 'create type texts as range (subtype = citext)',
    '001.undo.a.sql': '',
  });
  await expect(into.migrate(directory, 1)).rejects.toMatchObject({
    message: expect.stringMatching(/run 001\.do\.a\.sql: SQLSTATE 42704/),
    hint: expect.stringContaining('public.citext'),
  });
});

test('a file that ends its transaction reports its own error', async () => {
  const url = await database(...before);
  const into = await target(url);
  const directory = await ddl({ '001.do.a.sql': 'commit; create table a (e citext)', '001.undo.a.sql': '' });
  await expect(into.migrate(directory, 1)).rejects.toMatchObject({ reason: '42704' });
});

test('a type of the target itself comes before one of an extension', async () => {
  const url = await database(...before);
  const into = await target(url);
  const directory = await ddl({
    '001.do.a.sql': 'create domain citext as text; create table customers (e citext, f public.citext);',
    '001.undo.a.sql': 'drop table customers; drop domain citext',
  });
  await into.migrate(directory, 1);
  expect(await sql(url, columnTypes)).toEqual([
    ['e', `${schema}.citext`],
    ['f', 'citext'],
  ]);
});
