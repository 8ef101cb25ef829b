import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { mysqlUrl } from '../../support/databases.ts';
import { isMariadb } from '../../support/server-versions.ts';
import { database, databaseOf, sql, structureOf } from './database.ts';

const objects = [
  'create table t (id int primary key, body text)',
  'create table parts (a int, b int) partition by list (a) (partition p0 values in (1, 2), partition `p 1` values in (3))',
  ...(isMariadb ? ['create sequence `my seq` start with 5'] : []),
  "create procedure pr(in a int) begin select 'é'; end",
  'create function fn(a int) returns int deterministic return a + 1',
  "create event ev on schedule at '2037-01-01 00:00:00' do select 1",
  'create trigger `tr g` before insert on t for each row set new.id = 1',
  "create view `v w` as select id from t where body = 'a' with check option",
];

test('views, routines, triggers, events, sequences and partitions are objects', async () => {
  const url = await database(...objects);
  const live = databaseOf(url);
  const found = (await structureOf(url)).objects;
  const [[user] = []] = await sql(url, "select concat('`', replace(current_user(), '@', '`@`'), '`')");
  const definer = `CREATE DEFINER=${user}`;
  const sequence = {
    ...{ kind: 'sequence', name: 'c01.my seq', table: null },
    definition: expect.stringMatching(/^CREATE SEQUENCE `my seq` start with 5 minvalue 1 /),
  };
  const body = `\`${live}\`.\`t\`.\`body\` = 'a'`;
  expect(found).toEqual([
    {
      ...{ kind: 'event', name: 'c01.ev', table: null },
      definition: `${definer} EVENT \`ev\` ON SCHEDULE AT '2037-01-01 00:00:00' ON COMPLETION NOT PRESERVE ENABLE DO select 1`,
    },
    {
      ...{ kind: 'function', name: 'c01.fn', table: null },
      definition: `${definer} FUNCTION \`fn\`(a int) RETURNS ${isMariadb ? 'int(11)' : 'int'}\n    DETERMINISTIC\nreturn a + 1`,
    },
    {
      ...{ kind: 'partition', name: 'p 1', table: 'c01.parts' },
      definition: 'partition by list (`a`) partition `p 1` values in (3)',
    },
    {
      ...{ kind: 'partition', name: 'p0', table: 'c01.parts' },
      definition: 'partition by list (`a`) partition `p0` values in (1,2)',
    },
    {
      ...{ kind: 'procedure', name: 'c01.pr', table: null },
      definition: `${definer} PROCEDURE \`pr\`(in a int)\nbegin select 'é'; end`,
    },
    ...(isMariadb ? [sequence] : []),
    {
      ...{ kind: 'trigger', name: 'tr g', table: 'c01.t' },
      definition: 'create trigger `tr g` before insert on `t` for each row set new.id = 1',
    },
    {
      ...{ kind: 'view', name: 'c01.v w', table: null },
      definition:
        `create view \`v w\` as select \`${live}\`.\`t\`.\`id\` AS \`id\` from \`${live}\`.\`t\` ` +
        `where ${isMariadb ? body : `(${body})`} with cascaded check option`,
    },
  ]);
});

test('a user who may only select and execute sees objects without their definitions', async () => {
  const url = await database(...objects);
  const user = `u_${randomBytes(6).toString('hex')}`;
  await sql(
    url,
    `create user ${user}@'%' identified by 'secret'`,
    `grant select, execute on \`${databaseOf(url)}\`.* to ${user}@'%'`,
  );
  onTestFinished(async () => void (await sql(mysqlUrl(), `drop user ${user}@'%'`)));
  const asUser = new URL(url);
  asUser.username = user;
  asUser.password = 'secret';
  const found = (await structureOf(asUser.href)).objects;
  expect(found.map(({ kind, name, definition }) => [kind, name, definition !== null])).toEqual([
    ['function', 'c01.fn', false],
    ['grant', 'c01', true],
    ['partition', 'p 1', true],
    ['partition', 'p0', true],
    ['procedure', 'c01.pr', false],
    ...(isMariadb ? [['sequence', 'c01.my seq', true]] : []),
    ['view', 'c01.v w', false],
  ]);
});

test('grants on the schema and on tables and their columns are objects', async () => {
  const url = await database('create table t (id int, body text)', 'create table other (id int)');
  const live = databaseOf(url);
  const user = `u_${randomBytes(6).toString('hex')}`;
  await sql(
    url,
    `create user ${user}@'%'`,
    `grant select, insert on \`${live.replaceAll('_', '\\_')}\`.* to ${user}@'%'`,
    `grant delete, update (body) on t to ${user}@'%' with grant option`,
  );
  onTestFinished(async () => void (await sql(mysqlUrl(), `drop user ${user}@'%'`)));
  expect((await structureOf(url)).objects).toEqual([
    {
      ...{ kind: 'grant', name: 'c01', table: null },
      definition: `grant insert, select on * to '${user}'@'%';`,
    },
    {
      ...{ kind: 'grant', name: 'c01.t', table: 'c01.t' },
      definition: `grant delete, update (\`body\`) on \`t\` to '${user}'@'%' with grant option;`,
    },
  ]);
});
