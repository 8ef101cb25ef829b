import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { postgres } from '../../../../connectors/postgres/connector.ts';
import type { Blueprint } from '../../../../core/ports/blueprint.ts';
import type { Target } from '../../../../core/ports/target.ts';
import { database, sql } from '../database.ts';

/** Every kind of object that a tool makes, in an order that is not the one in which they can be made. */
const everything = `
  create extension citext;
  create type mood as enum ('sad', 'it''s ok');
  create domain positive as integer default 1 constraint over_zero check (value > 0);
  create type pair as (a integer, b text collate "C");
  create sequence "Invoice No" as integer start 7 increment 3 cache 2 cycle;
  create table "User" (
    id serial primary key, "fullName" varchar(40) not null, email citext not null, mood mood not null default 'sad', moods mood[],
    code text default 'x' collate "C", pairs pair[], rank positive, invoice integer default nextval('"Invoice No"'), shout text generated always as (upper(code)) stored,
    made timestamptz(3) not null default current_timestamp, body text, constraint "code is short" check (length(code) < 9), check (rank <> 13)
  ) with (fillfactor = 70);
  alter table "User" alter body set storage external, alter code set statistics 50;
  create table posts (
    id bigint generated always as identity (start with 5 increment 5), author_id integer, parent_id bigint, title text, during tstzrange,
    constraint "PK_posts" primary key (id), constraint once unique (title, author_id) deferrable initially deferred, exclude using gist (during with &&)
  );
  create unlogged table logs (at timestamp default now(), line text);
  create function late() returns text language sql as $$ select 'a; b' || chr(10) from public.posts limit 1 $$;
  create function posts_of(integer) returns setof posts language plpgsql stable as $f$ begin return query select * from posts where author_id = $1; end $f$;
  create function counted(out n bigint) language sql begin atomic select count(*) from posts; end;
  create procedure tidy() language sql as 'delete from public.logs';
  alter table posts add column label text default late();
  alter table posts add constraint "FK_author" foreign key (author_id) references "User" (id) on delete cascade on update restrict,
    add constraint "FK_parent" foreign key (parent_id) references posts (id) deferrable;
  alter table posts add constraint later check (title <> '') not valid;
  create unique index "User_email_key" on "User" (email);
  create index lower_name on "User" (lower("fullName") desc) include (id) where mood = 'sad';
  create index on posts using gist (during);
  create statistics names on "fullName", code from "User";
  create view happy as select id, "fullName" from "User" where mood <> 'sad';
  create view happier with (security_barrier) as select * from happy where id > 1 with local check option;
  create function most() returns setof happier language sql as 'select * from public.happier';
  create materialized view counts as select author_id, count(*) from posts group by 1;
  create unique index on counts (author_id);
  create function stamp() returns trigger language plpgsql as 'begin new.title := upper(new.title); return new; end';
  create trigger stamp before insert or update of title on posts for each row when (new.title is not null) execute function stamp();
  create trigger silent after insert on posts for each statement execute function stamp(); alter table posts disable trigger silent;
  create constraint trigger checked after insert on posts deferrable for each row execute function stamp();
  create rule protect as on delete to logs do instead nothing;
  alter table posts enable row level security; create policy own on posts for select to public using (author_id = current_setting('app.user', true)::integer);
  alter table posts cluster on "PK_posts"; alter table logs replica identity full;
  comment on table posts is 'it''s; all'; comment on column posts.title is 'the title'; comment on constraint once on posts is 'once';
  comment on index lower_name is 'names'; comment on function stamp() is 'stamps'; comment on type mood is 'how'; comment on trigger stamp on posts is 'fires';
  comment on view happy is 'glad'; comment on policy own on posts is 'mine'; comment on sequence "Invoice No" is 'numbers'; comment on domain positive is 'over zero';
  create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
    logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0);
  insert into _prisma_migrations values ('b', 'c''s', '2024-01-02 03:04:05.678901+02', '1; init', null, null, '2024-01-02 03:04:05+00', 1), ('a', 'd', null, '2', E'x\\ny', null, '2024-01-02 03:04:05+00', 0);`;

async function open(url: string, schema: string): Promise<Target> {
  const target = await postgres.openTarget?.(url, { schema, settings: {} });
  onTestFinished(() => target?.close());
  return target as Target;
}

async function folderOf({ files }: Blueprint): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-blueprint-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/** All objects of a schema without what a cutover copies, and without the name of the schema that has the extension. */
async function objectsOf(target: Target): Promise<readonly string[]> {
  const all = (await target.inspector.catalog()) ?? [];
  return all
    .filter(({ object }) => !object.startsWith('grant on '))
    .map(
      ({ object, definition }) =>
        `${object}: ${definition.replaceAll('public.', '').replace(/(?:^|, )owner [^,]*/, '')}`,
    );
}

describe('a blueprint', () => {
  test('makes every object of a schema again under another name, with its own names and its kept rows', async () => {
    const url = await database(everything);
    const made = await open(url, 'public');
    const kept = ['_prisma_migrations', 'absent'];
    const blueprint = await made.blueprint(kept);
    expect(blueprint).toMatchObject({ kept: [{ table: '_prisma_migrations', rows: 2 }], refused: [] });
    const folder = await folderOf(blueprint);
    const copy = await open(url, 'public_next');
    await copy.migrate(folder, 1);
    expect((await copy.inspector.constraints()).map(({ kind }) => kind)).not.toContain('foreign');
    await copy.migrate(folder, 4);
    expect(await objectsOf(copy)).toEqual(await objectsOf(made));
    const again = await copy.blueprint(kept);
    expect(JSON.parse(JSON.stringify(again).replaceAll('public.citext', 'citext'))).toEqual(blueprint);
    expect(await made.changedSinceBlueprint(folder, kept)).toEqual([]);
    const rows = 'select * from _prisma_migrations order by id';
    expect(await sql(url, `set search_path to public_next; ${rows}`)).toEqual(
      await sql(url, `set search_path to public; ${rows}`),
    );
    await copy.migrate(folder, 0);
    expect(await objectsOf(copy)).toEqual([]);
  });

  test('names what changed in the schema since it was made', async () => {
    const url = await database(
      'create table a (id integer primary key, b text); create index by_b on a (b); create table v (n integer); insert into v values (1)',
    );
    const made = await open(url, 'public');
    const folder = await folderOf(await made.blueprint(['v']));
    await sql(url, 'alter table a add c text; drop index by_b; insert into v values (2)');
    expect(await made.changedSinceBlueprint(folder, ['v'])).toEqual([
      'table a',
      'rows of v',
      'what 002.do.indexes.sql makes',
    ]);
  });

  test('refuses by name what it cannot make', async () => {
    const url =
      await database(`create table parted (a integer) partition by list (a); create table one partition of parted default;
      create table base (a integer); create table heir () inherits (base); create type span as range (subtype = integer);
      create aggregate total (integer) (sfunc = int4pl, stype = integer); create table big as select n from generate_series(1, 10001) n`);
    const { refused } = await (await open(url, 'public')).blueprint(['big']);
    expect(refused.map(({ object, why }) => `${object}: ${why}`)).toEqual([
      'function total: it is an aggregate',
      'table base: it inherits, or is inherited from',
      'table heir: it inherits, or is inherited from',
      'table one: it is partitioned, or a partition',
      'table parted: it is partitioned, or a partition',
      'type span: it is a range',
      'table big: it has more than 10000 rows of its own',
    ]);
  });
});
