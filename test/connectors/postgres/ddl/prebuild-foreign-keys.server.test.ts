import { expect, test } from 'vitest';
import { foreignKeyStatements } from '../../../../connectors/postgres/ddl/ddl-statements.ts';
import { markOf } from '../../../../connectors/postgres/ddl/parallel-ddl.ts';
import { database, ddl, openTarget, schema, sql } from '../database.ts';

const children = ['small', 'middle', 'large'];
const files = {
  '001.do.tables.sql': [
    'create table parent (id integer primary key);',
    ...children.map(
      (name) => `create table ${name} (id integer primary key, one integer, "Two" integer, word text default 'word');`,
    ),
  ].join('\n'),
  // In an order in which no table that a foreign key references could be dropped.
  '001.undo.tables.sql': `drop table parent;\n${children.map((name) => `drop table ${name};`).join('\n')}\n`,
  '002.do.keys.sql': `-- Foreign keys of all tables.
alter table small add constraint small_one foreign key (one) references parent (id);
alter table middle
  add constraint middle_one foreign key (one) references parent (id) on delete cascade,
  add constraint "Middle two" foreign key ("Two") references parent deferrable initially deferred;
alter table large add constraint large_one foreign key (one) references parent (id);
alter table large add constraint large_two foreign key ("Two") references large (id) not valid;
`,
  '002.undo.keys.sql': `alter table small drop constraint small_one;
alter table middle drop constraint middle_one, drop constraint "Middle two";
alter table large drop constraint large_one, drop constraint large_two;
`,
};

/** A database at version 1 with valid rows, which logs every ALTER TABLE with the session that ran it. */
async function filled(): Promise<{ url: string; directory: string }> {
  const [url, directory] = [await database(), await ddl(files)];
  await up(url, directory, 1, 1);
  await sql(url, `insert into ${schema}.parent select generate_series(1, 100)`);
  for (const [name, rows] of Object.entries({ small: 10, middle: 40_000, large: 60_000 })) {
    await sql(
      url,
      `insert into ${schema}.${name} select n, n % 100 + 1, n % 100 + 1 from generate_series(1, ${rows}) as n`,
    );
  }
  await sql(url, 'create table public.altered (place serial, pid integer, command text)');
  await sql(
    url,
    `create function public.note() returns event_trigger language plpgsql security definer as $$ begin
       insert into public.altered (pid, command) values (pg_backend_pid(), current_query());
     end $$`,
  );
  await sql(
    url,
    "create event trigger note on ddl_command_end when tag in ('ALTER TABLE') execute function public.note()",
  );
  return { url, directory };
}

async function up(url: string, directory: string, version: number, jobs: number): Promise<void> {
  const into = await openTarget(url, {}, jobs);
  try {
    await into.migrate(directory, version);
  } finally {
    await into.close();
  }
}

/** All foreign keys, with their definitions and comments. */
function keys(url: string): Promise<unknown> {
  return sql(
    url,
    `select conname, pg_get_constraintdef(oid), convalidated, obj_description(oid, 'pg_constraint') from pg_constraint
     where connamespace = '${schema}'::regnamespace and contype = 'f' order by 1`,
  );
}

/** How many times ALTER TABLE validated foreign keys, and on how many sessions. */
async function validations(url: string): Promise<unknown> {
  return (
    await sql(
      url,
      "select count(*), count(distinct pid) from public.altered where command like '%validate constraint%'",
    )
  )[0];
}

const orphan = (url: string, table: string) => sql(url, `update ${schema}.${table} set one = 0 where id = 7`);
const adopted = (url: string) => sql(url, `insert into ${schema}.parent values (0)`);

test('several sessions validate the foreign keys of large tables, with the same result as one session', async () => {
  const [alone, together] = [await filled(), await filled()];
  await up(alone.url, alone.directory, 2, 1);
  await up(together.url, together.directory, 2, 3);
  expect(await keys(together.url)).toEqual(await keys(alone.url));
  expect(await validations(alone.url)).toEqual(['0', '0']);
  expect(await validations(together.url)).toEqual(['2', '2']);
});

test('the error names a violated foreign key with its file, and the next attempt continues', async () => {
  const { url, directory } = await filled();
  await orphan(url, 'middle');
  await expect(up(url, directory, 2, 3)).rejects.toMatchObject({
    code: 'target-refused',
    message: expect.stringMatching(/002\.do\.keys\.sql.*23503/s),
  });
  expect(await sql(url, 'select max(version) from waybill.version')).toEqual([['1']]);
  expect(await keys(url)).toMatchObject([
    ['large_one', 'FOREIGN KEY (one) REFERENCES aries_next.parent(id)', 't', /./],
  ]);
  await adopted(url);
  await sql(url, 'truncate public.altered');
  await up(url, directory, 2, 3);
  // The earlier one counts as validated.
  expect(await validations(url)).toEqual(['1', '1']);
  const other = await filled();
  await up(other.url, other.directory, 2, 1);
  expect(await keys(url)).toEqual(await keys(other.url));
});

test('keys that a killed process left are reused, dropped for a single session, and dropped if their text has changed', async () => {
  for (const [jobs, edit, expected] of [
    [3, '', ['1', '1']],
    [1, '', ['0', '0']],
    [3, 'on update cascade', ['2', '2']],
  ] as const) {
    const { url, directory } = await filled();
    await orphan(url, 'middle');
    await expect(up(url, directory, 2, 3)).rejects.toThrow();
    await adopted(url);
    await sql(url, 'truncate public.altered');
    const changed = await ddl({
      ...files,
      '002.do.keys.sql': files['002.do.keys.sql'].replace(
        'large_one foreign key (one) references parent (id)',
        `$& ${edit}`,
      ),
    });
    await up(url, changed, 2, jobs);
    expect(await validations(url)).toEqual(expected);
    expect(await sql(url, `select count(*) from pg_constraint where contype = 'f' and convalidated`)).toEqual([['4']]);
  }
});

test('keys that a killed process left without validating are validated by the next one', async () => {
  const [whole, left] = [await filled(), await filled()];
  await up(whole.url, whole.directory, 2, 3);
  for (const { table, keys: all } of foreignKeyStatements(files['002.do.keys.sql']).slice(1)) {
    const statements = all.flatMap(({ name, sql: clause }) => [
      `alter table ${table} ${clause} not valid`,
      `comment on constraint ${name} on ${table} is '${markOf(clause)}'`,
    ]);
    await sql(left.url, `set search_path to ${schema}; ${statements.join('; ')}`);
  }
  expect(await sql(left.url, 'select count(*) from pg_constraint where not convalidated')).toEqual([['3']]);
  await sql(left.url, 'truncate public.altered');
  await up(left.url, left.directory, 2, 3);
  expect(await validations(left.url)).toEqual(['2', '2']);
  expect(await keys(left.url)).toEqual(await keys(whole.url));
  expect(
    await sql(
      left.url,
      "select count(*) from public.altered where command like '%not valid%' and command not like '%Foreign keys of all%'",
    ),
  ).toEqual([['0']]);
});

test('on the way down, leftover keys are dropped before the tables', async () => {
  const { url, directory } = await filled();
  await orphan(url, 'middle');
  await expect(up(url, directory, 2, 3)).rejects.toThrow();
  await up(url, directory, 0, 3);
  expect(await keys(url)).toEqual([]);
});

test('an unmanaged key with the same name is not mistaken for a prebuilt one', async () => {
  const { url, directory } = await filled();
  await sql(
    url,
    `alter table ${schema}.large add constraint large_one foreign key (id) references ${schema}.large (id)`,
  );
  await expect(up(url, directory, 2, 3)).rejects.toThrow(/002\.do\.keys\.sql/);
  expect(await sql(url, 'select max(version) from waybill.version')).toEqual([['1']]);
});
