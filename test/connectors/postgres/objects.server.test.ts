import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { database, sql, structureOf } from './database.ts';

test('everything that is not a part of a table is an object, and what an extension brings is the extension', async () => {
  const role = `r_${randomBytes(6).toString('hex')}`;
  const url = await database(
    'create schema app',
    'create schema other',
    'create extension btree_gist schema app',
    `create role ${role}`,
    'create table app.t (id serial, c integer, constraint ex exclude using gist (c with =))',
    'create table app.parts (a integer, d date) partition by range (d)',
    "create table app.p1 partition of app.parts for values from ('2020-01-01') to ('2021-01-01')",
    'create table other.p2 partition of app.parts default',
    "create type app.mood as enum ('happy', 'it''s')",
    "create domain app.email as text check (value like '%@%')",
    'create type app.pair as (a integer, "B b" text)',
    'create type app.span as range (subtype = integer)',
    'create sequence app.free increment 2',
    'create view app.v with (security_barrier) as select id from app.t',
    'create materialized view app.mv as select 1 as x',
    'create unique index mvx on app.mv (x)',
    "create function app.fn(a integer) returns integer language sql as 'select 1'",
    "create function app.fn(a text) returns integer language sql as 'select 2'",
    "create procedure app.pr() language sql as 'select 1'",
    'create aggregate app.agg(integer) (sfunc = int4pl, stype = integer)',
    "create function app.tf() returns trigger language plpgsql as 'begin return new; end'",
    'create trigger "Tr g" before insert on app.t for each row execute function app.tf()',
    'create trigger "each" after insert on app.parts for each row execute function app.tf()',
    `create policy po on app.t for select to ${role} using (c > 0)`,
    'alter table app.t enable row level security',
    'create rule ru as on delete to app.t do instead nothing',
    `grant select, insert on app.t to ${role}`,
    'grant update (c) on app.t to public',
    'create foreign data wrapper w',
    'create server s foreign data wrapper w',
    "create foreign table app.ft (a integer) server s options (x 'y''z')",
  );
  onTestFinished(async () => void (await sql(url, `drop owned by ${role}; drop role ${role}`)));
  const object = (kind: string, name: string, definition: unknown, table: string | null = null) => ({
    ...{ kind, name, table, definition },
  });
  const body = (text: string): unknown => expect.stringContaining(text);
  expect((await structureOf(url)).objects).toEqual([
    object(
      'domain',
      'c01.email',
      body("CREATE DOMAIN email AS text CONSTRAINT email_check CHECK ((VALUE ~~ '%@%'::text))"),
    ),
    object('enum', 'c01.mood', "CREATE TYPE mood AS ENUM ('happy', 'it''s')"),
    object('exclusion constraint', 'ex', 'EXCLUDE USING gist (c WITH =)', 'c01.t'),
    object('extension', 'btree_gist', 'CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public'),
    object('foreign table', 'c01.ft', "CREATE FOREIGN TABLE ft (a integer) SERVER s OPTIONS (x 'y''z')"),
    object('function', 'c01.agg(integer)', 'CREATE AGGREGATE agg(integer) (SFUNC = int4pl, STYPE = integer)'),
    object('function', 'c01.fn(a integer)', body('select 1')),
    object('function', 'c01.fn(a text)', body('select 2')),
    object('function', 'c01.tf()', body('begin return new; end')),
    object('grant', 'c01.t', `GRANT UPDATE (c) ON t TO PUBLIC;\nGRANT INSERT, SELECT ON t TO ${role};`, 'c01.t'),
    object(
      'materialized view',
      'c01.mv',
      body('  WITH NO DATA;\nCREATE UNIQUE INDEX mvx ON mv USING btree (x);\nREFRESH MATERIALIZED VIEW mv;'),
    ),
    object(
      'partition',
      'c01.p1',
      body("CREATE TABLE p1 PARTITION OF parts FOR VALUES FROM ('2020-01-01')"),
      'c01.parts',
    ),
    object('partition', 'other.p2', 'CREATE TABLE p2 PARTITION OF parts DEFAULT', 'c01.parts'),
    object('policy', 'po', `CREATE POLICY po ON t AS PERMISSIVE FOR SELECT TO ${role} USING ((c > 0))`, 'c01.t'),
    object('policy', 'row level security', 'ALTER TABLE t ENABLE ROW LEVEL SECURITY;', 'c01.t'),
    object('procedure', 'c01.pr()', body('CREATE OR REPLACE PROCEDURE pr()')),
    object('rule', 'ru', body('DO INSTEAD NOTHING'), 'c01.t'),
    object('sequence', 'c01.free', body('CREATE SEQUENCE free AS bigint START 1 INCREMENT 2 MINVALUE 1')),
    object('trigger', 'Tr g', body('CREATE TRIGGER "Tr g" BEFORE INSERT ON t'), 'c01.t'),
    object('trigger', 'each', body('CREATE TRIGGER each AFTER INSERT ON parts'), 'c01.parts'),
    object('type', 'c01.pair', 'CREATE TYPE pair AS (a integer, "B b" text)'),
    object('type', 'c01.span', 'CREATE TYPE span AS RANGE (SUBTYPE = integer)'),
    object('view', 'c01.v', body('CREATE VIEW v WITH (security_barrier=true) AS')),
  ]);
});
