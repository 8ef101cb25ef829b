import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase } from '../../support/databases.ts';
import { mariadb, onPostgres } from '../../support/live-databases.ts';

const surface = resolve(import.meta.dirname, '../../../dist/public/index.js');

const shop = [
  `create table users (
    email varchar(40) character set utf8mb4 collate utf8mb4_general_ci primary key,
    nick varchar(20) character set utf8mb4 collate utf8mb4_bin,
    age smallint unsigned not null,
    total decimal(10,2) unsigned,
    state enum('new','it''s') not null default 'new',
    mood enum('good','bad'),
    bio text, doc json,
    changed timestamp(3) not null default current_timestamp(3) on update current_timestamp(3),
    fulltext key words (email, bio)
  ) character set utf8mb4 collate utf8mb4_general_ci`,
  `create table logins (id int auto_increment primary key, email varchar(40) not null,
    constraint of_user foreign key (email) references users (email)) character set utf8mb4 collate utf8mb4_general_ci`,
  "set sql_mode = ''",
  `insert into users (email, nick, age, total, state, mood, bio, doc, changed) values
    ('Ada@x.de', 'ada', 36, 1.50, 'new', 'good', 'likes engines', '{"a": 1}', '2024-01-01'),
    ('bob@x.de', 'Bob', 65535, null, 'it''s', 'wrong', null, null, '2024-01-02')`,
  "insert into logins (email) values ('ada@x.de'), ('bob@x.de')",
];

const choices: Readonly<Record<'citext' | 'collation', string>> = {
  citext: `enums: 'type', ignoreCase: 'citext', unsigned: 'checked', onUpdate: 'trigger', fullText: 'gin',
    stamp: { tool: 'alembic', version: '9c1f' }`,
  collation: `enums: 'type', ignoreCase: 'collation', unsigned: 'checked', onUpdate: 'trigger', fullText: 'gin',
    stamp: { tool: 'flyway', version: '7' }`,
};

test.for(['citext', 'collation'] as const)('what a person chooses is made and proved: %s', async (ignoreCase) => {
  const [folder, source] = [await workFolder(), await mariadb(...shop)];
  const { url: into, drop } = await createPgDatabase();
  onTestFinished(drop);
  expect((await waybill(folder, ['init', source, 'shop', '--quiet'])).code).toBe(0);
  const module = join(folder, 'shop/pipeline.ts');
  const text = (await readFile(module, 'utf8'))
    .replace("'waybill'", `'${surface}'`)
    .replace('types: {}', `types: {}, ${choices[ignoreCase]}`);
  await writeFile(module, text);
  const place = ['--source', `${new URL(source).pathname.slice(1)}=${source}`];
  const pulled = await waybill(folder, ['pull', 'shop', '--source', source]);
  expect([pulled.code, pulled.code === 0 ? '' : pulled.stderr]).toEqual([0, '']);
  const run = await waybill(folder, ['run', 'shop', ...place, '--target', into, '--run', 'r']);
  expect([run.code, run.code === 0 ? '' : run.stdout + run.stderr]).toEqual([0, '']);
  expect(run.stdout).toMatch(/^PASS/m);
  for (const command of ['cutover', 'rollback']) {
    const done = await waybill(folder, [command, 'r', '--target', into]);
    expect([command, done.code, done.code === 0 ? '' : done.stderr]).toEqual([command, 0, '']);
  }

  const schema = `${new URL(source).pathname.slice(1)}_next`;
  const ask = (sql: string) => onPostgres(into, `set search_path to "${schema}", public`, sql);
  const code = (sql: string) =>
    ask(sql).then(
      () => 'accepted',
      (error: { code?: string }) => error.code,
    );
  expect(await ask(`select nick, state::text, mood::text from users where email = 'ADA@X.DE' or nick = 'ADA'`)).toEqual(
    [{ nick: 'ada', state: 'new', mood: 'good' }],
  );
  expect(await ask(`select mood from users where email = 'bob@x.de'`)).toEqual([{ mood: null }]);
  expect(await code(`insert into users (email, age) values ('ADA@x.DE', 1)`)).toBe('23505');
  expect(await code(`insert into users (email, age) values ('c', -1)`)).toBe('23514');
  expect(await code(`insert into users (email, age, state) values ('c', 1, 'old')`)).toBe('22P02');
  expect(await code(`insert into users (email, age) values ('${'x'.repeat(41)}', 1)`)).toMatch(/23514|22001/);
  expect(await code(`insert into logins (email) values ('BOB@X.de')`)).toBe('accepted');
  const isStamped = "select changed > now() - interval '1 day' as stamped from users where email = 'ada@x.de'";
  await ask(`update users set age = age where email = 'ada@x.de'`);
  expect(await ask(isStamped)).toEqual([{ stamped: false }]);
  await ask(`update users set age = 37 where email = 'ada@x.de'`);
  expect(await ask(isStamped)).toEqual([{ stamped: true }]);
  await ask(`update users set changed = '2020-01-01', age = 38 where email = 'ada@x.de'`);
  expect(await ask(isStamped)).toEqual([{ stamped: false }]);
  const stamped = ignoreCase === 'citext' ? 'version_num from alembic_version' : 'version from flyway_schema_history';
  expect(Object.values((await ask(`select ${stamped}`))[0] ?? {})).toEqual([ignoreCase === 'citext' ? '9c1f' : '7']);
  const [found] = await ask(`select indexdef from pg_indexes where schemaname = '${schema}' and indexname = 'words'`);
  expect(found?.indexdef).toMatch(/USING gin \(to_tsvector\('simple'::regconfig/);
  const types = await ask(
    `select column_name, data_type, collation_name from information_schema.columns
     where table_schema = '${schema}' and column_name in ('email', 'nick', 'bio') order by table_name, column_name`,
  );
  const held = ignoreCase === 'citext' ? ['USER-DEFINED', null] : ['character varying', 'ignore_case_and_accents'];
  expect(types.map((row) => [row.column_name, row.data_type, row.collation_name])).toEqual([
    ['email', ...held],
    ['bio', ...(ignoreCase === 'citext' ? held : ['text', held[1]])],
    ['email', ...held],
    ['nick', 'character varying', null],
  ]);
});
