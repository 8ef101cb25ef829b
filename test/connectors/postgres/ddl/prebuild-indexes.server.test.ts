import { expect, test } from 'vitest';
import type { Target } from '../../../../core/ports/target.ts';
import { database, ddl, openTarget, schema, sql } from '../database.ts';

const tables = ['small', 'middle', 'large'];
const files = {
  '001.do.tables.sql': `${tables.map((name) => `create table ${name} (id integer primary key, word text);`).join('\n')}\n`,
  '001.undo.tables.sql': `drop table ${tables.join(', ')};\n`,
  '002.do.indexes.sql': `-- Indexes of all tables.
create index small_word on small (word);
create index middle_word on middle (word);
create unique index large_word
  on large (word);
create index large_both on large (word, id);
alter table middle add constraint middle_unique unique (word);
`,
  '002.undo.indexes.sql': `alter table middle drop constraint middle_unique;
drop index small_word, middle_word, large_word, large_both;
`,
};

const open = (url: string, jobs: number): Promise<Target> => openTarget(url, {}, jobs);

/** A database at version 1 with rows, which logs every index build with the session that ran it. */
async function filled(): Promise<{ url: string; directory: string }> {
  const [url, directory] = [await database(), await ddl(files)];
  const into = await open(url, 1);
  await into.migrate(directory, 1);
  await into.close();
  for (const [name, rows] of Object.entries({ small: 10, middle: 30_000, large: 60_000 })) {
    await sql(url, `insert into ${schema}.${name} select n, md5(n::text) from generate_series(1, ${rows}) as n`);
  }
  await sql(url, 'create table public.built (place serial, pid integer, name text)');
  await sql(
    url,
    `create function public.note() returns event_trigger language plpgsql security definer as $$ begin
       insert into public.built (pid, name)
         select pg_backend_pid(), split_part(object_identity, '.', 2) from pg_event_trigger_ddl_commands();
     end $$`,
  );
  await sql(
    url,
    `create event trigger note on ddl_command_end when tag in ('CREATE INDEX') execute function public.note()`,
  );
  return { url, directory };
}

/** All indexes, with their definitions and comments. */
function indexes(url: string): Promise<unknown> {
  return sql(
    url,
    `select pg_get_indexdef(indexrelid), obj_description(indexrelid, 'pg_class') from pg_index
     where indrelid::regclass::text ~ '^${schema}[.](${tables.join('|')})$' order by 1`,
  );
}

async function up(url: string, directory: string, jobs: number): Promise<void> {
  const into = await open(url, jobs);
  try {
    await into.migrate(directory, 2);
  } finally {
    await into.close();
  }
}

test('several sessions build the indexes of large tables, with the same result as one session', async () => {
  const [alone, together] = [await filled(), await filled()];
  await up(alone.url, alone.directory, 1);
  await up(together.url, together.directory, 3);
  expect(await indexes(together.url)).toEqual(await indexes(alone.url));
  const sessions = 'select count(distinct pid) from public.built';
  expect([await sql(alone.url, sessions), await sql(together.url, sessions)]).toEqual([[['1']], [['4']]]);
  const names = await sql(together.url, 'select name from public.built order by place');
  expect(names.slice(0, 3).flat().sort()).toEqual(['large_both', 'large_word', 'middle_word']);
  expect(names.slice(3)).toEqual([['small_word']]);
});

test.each([3, 1])(
  'the error names an index that cannot be built with its file and line, and the next attempt with %i sessions continues',
  async (jobs) => {
    const { url, directory } = await filled();
    await sql(url, `update ${schema}.large set word = 'twice' where id < 3`);
    await expect(up(url, directory, 3)).rejects.toThrow(/002\.do\.indexes\.sql/);
    expect(await sql(url, 'select max(version) from waybill.version')).toEqual([['1']]);
    await sql(url, `update ${schema}.large set word = id::text where id < 3`);
    await sql(url, 'truncate public.built');
    await up(url, directory, jobs);
    const { url: alone, directory: again } = await filled();
    await up(alone, again, 1);
    expect(await indexes(url)).toEqual(await indexes(alone));
    // The earlier indexes count as built.
    expect((await sql(url, 'select name from public.built')).flat().sort()).toEqual(['large_word', 'small_word']);
  },
);

test('an unmanaged index with the same name is not mistaken for a prebuilt one', async () => {
  const { url, directory } = await filled();
  await sql(url, `create index large_both on ${schema}.large (id)`);
  await expect(up(url, directory, 3)).rejects.toThrow(/002\.do\.indexes\.sql/);
  expect(await sql(url, 'select max(version) from waybill.version')).toEqual([['1']]);
});

test('prebuilt indexes are dropped with their tables', async () => {
  const { url, directory } = await filled();
  await sql(url, `update ${schema}.large set word = 'twice' where id < 3`);
  await expect(up(url, directory, 3)).rejects.toThrow();
  const into = await open(url, 3);
  await into.migrate(directory, 0);
  await into.close();
  expect(await indexes(url)).toEqual([]);
});
