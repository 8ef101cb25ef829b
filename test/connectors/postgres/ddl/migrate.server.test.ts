import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import type { Target } from '../../../../core/ports/target.ts';
import { database, ddl, openTarget, schema, sql, target, terminate } from '../database.ts';

const files = {
  '001.do.tables.sql':
    'create table customers (id integer primary key);\ncreate table orders (id integer, customer integer);\n',
  '001.undo.tables.sql': 'drop table orders;\ndrop table customers;\n',
  '002.do.keys.sql':
    'alter table orders add constraint of_customer foreign key (customer) references customers (id);\n',
  '002.undo.keys.sql': 'alter table orders drop constraint of_customer;\n',
};

async function shape(into: Target): Promise<unknown> {
  const tables = (await into.inspector.tables([''])).map(({ name }) => name);
  return [tables, (await into.inspector.constraints()).map(({ name }) => name)];
}

const bare = [['customers', 'orders'], ['customers_pkey']];
const keyed = [
  ['customers', 'orders'],
  ['customers_pkey', 'of_customer'],
];

test('the DDL goes up to a version, all the way down, and up again, and creates the schema', async () => {
  const [into, directory] = [await openTarget(await database()), await ddl(files)];
  await into.migrate(directory, 1);
  expect(await shape(into)).toEqual(bare);
  await into.migrate(directory, 2);
  expect(await shape(into)).toEqual(keyed);
  await into.migrate(directory, 0);
  expect(await shape(into)).toEqual([[], []]);
  await into.migrate(directory, 2);
  expect(await shape(into)).toEqual(keyed);
  await into.close();
});

test('going up to a version that is already passed undoes nothing', async () => {
  const [into, directory] = [await target(await database()), await ddl(files)];
  await into.migrate(directory, 2);
  await into.migrate(directory, 1);
  expect(await shape(into)).toEqual(keyed);
});

test('two migrations at once do the work once', async () => {
  const url = await database();
  const slow = { ...files, '001.do.tables.sql': `select pg_sleep(0.3);\n${files['001.do.tables.sql']}` };
  const [one, two, directory] = [await openTarget(url), await openTarget(url), await ddl(slow)];
  await Promise.all([one.migrate(directory, 2), two.migrate(directory, 2), one.migrate(directory, 1)]);
  expect(await shape(two)).toEqual(keyed);
  expect(await sql(url, 'select version from waybill.version order by 1')).toEqual([['1'], ['2']]);
  await Promise.all([one.close(), two.close()]);
});

test('a file that changed after it ran is drift, and different line endings are not', async () => {
  const [into, directory] = [await target(await database()), await ddl(files)];
  await into.migrate(directory, 1);
  const first = join(directory, '001.do.tables.sql');
  await writeFile(first, files['001.do.tables.sql'].replaceAll('\n', '\r\n'));
  await into.migrate(directory, 2);
  await writeFile(first, `${files['001.do.tables.sql']}-- one more line\n`);
  await expect(into.migrate(directory, 2)).rejects.toMatchObject({
    code: 'drift',
    message: expect.stringMatching(/^File 1 of .* changed/),
  });
});

test('a file with Windows line endings and a byte order mark runs', async () => {
  const into = await target(await database());
  const text = '\uFEFFcreate table a (id integer);\r\ncreate table b (id integer);\r\n';
  await into.migrate(await ddl({ '001.do.tables.sql': text }), 1);
  expect((await into.inspector.tables([''])).map(({ name }) => name)).toEqual(['a', 'b']);
});

test('a file that fails leaves nothing, and the error names its line', async () => {
  const url = await database();
  const into = await target(url);
  const directory = await ddl({
    ...files,
    '002.do.keys.sql': 'create table more (id integer);\n\ncreate tabel x ();\n',
  });
  await expect(into.migrate(directory, 2)).rejects.toMatchObject({
    code: 'target-refused',
    message: expect.stringMatching(/did not run 002\.do\.keys\.sql, line 3: SQLSTATE 42601/),
  });
  expect(await shape(into)).toEqual(bare);
  await writeFile(join(directory, '002.do.keys.sql'), files['002.do.keys.sql']);
  await into.migrate(directory, 2);
  expect(await shape(into)).toEqual(keyed);
});

test('a file that ran and could not be recorded leaves nothing', async () => {
  const into = await target(await database());
  const unrecorded = 'create table more (id integer);\ndrop table waybill.version cascade;\n';
  const directory = await ddl({ ...files, '002.do.keys.sql': unrecorded });
  await expect(into.migrate(directory, 2)).rejects.toMatchObject({ code: 'target-refused' });
  expect(await shape(into)).toEqual(bare);
  await writeFile(join(directory, '002.do.keys.sql'), files['002.do.keys.sql']);
  await into.migrate(directory, 2);
  expect(await shape(into)).toEqual(keyed);
});

test('rows that break a foreign key stop its file, without a value in the message', async () => {
  const url = await database();
  const [into, directory] = [await target(url), await ddl(files)];
  await into.migrate(directory, 1);
  await sql(url, `insert into ${schema}.orders values (1, 4711)`);
  const error = await into.migrate(directory, 2).catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    code: 'target-refused',
    message: expect.stringMatching(/SQLSTATE 23503.*constraint of_customer/),
  });
  expect(String(error)).not.toContain('4711');
});

test('a session that ends during a file loses both the file and its record', async () => {
  const url = await database();
  const slow = { ...files, '002.do.keys.sql': `${files['002.do.keys.sql']}select pg_sleep(30);` };
  const [into, directory] = [await target(url), await ddl(slow)];
  const migrating = expect(into.migrate(directory, 2)).rejects.toMatchObject({ code: 'target-interrupted' });
  await expect.poll(() => terminate(url, "query like '%pg_sleep%'"), { timeout: 10_000 }).toBe(1);
  await migrating;
  expect(await shape(into)).toEqual(bare);
  await writeFile(join(directory, '002.do.keys.sql'), files['002.do.keys.sql']);
  await into.migrate(directory, 2);
  expect(await shape(into)).toEqual(keyed);
});

test('a version without an undo file, an empty folder and a duplicate number are errors', async () => {
  const into = await target(await database());
  const { '001.undo.tables.sql': _, ...noUndo } = files;
  const directory = await ddl(noUndo);
  await into.migrate(directory, 2);
  await expect(into.migrate(directory, 0)).rejects.toMatchObject({
    code: 'target-refused',
    message: expect.stringMatching(/Version 1 .* undo/),
  });
  await expect(into.migrate(await ddl({}), 1)).rejects.toMatchObject({ code: 'configuration' });
  const doubled = await ddl({ ...files, '001.do.again.sql': 'select 1' });
  await expect(into.migrate(doubled, 1)).rejects.toMatchObject({ code: 'configuration' });
});

test('the folder name may contain glob characters', async () => {
  const into = await target(await database());
  const directory = await ddl({});
  const odd = join(directory, 'schema [v2] (copy) {a}');
  await import('node:fs/promises').then(({ mkdir }) => mkdir(odd));
  await writeFile(join(odd, '001.do.a.sql'), 'create table a (id integer);');
  await into.migrate(odd, 1);
  expect((await into.inspector.tables([''])).length).toBe(1);
});

test('a file waits for a vacuum of its tables before its first statement, so they cannot deadlock', async () => {
  const url = await database();
  const granting = {
    ...files,
    '002.do.keys.sql': 'grant select on customers to public;\nalter table customers enable row level security;\n',
  };
  const [into, directory] = [await target(url), await ddl(granting)];
  await into.migrate(directory, 1);
  const vacuum = new pg.Client({ connectionString: url });
  await vacuum.connect();
  onTestFinished(() => vacuum.end());
  // As autovacuum does. It holds the table, and writes to its catalog row at the end.
  await vacuum.query(`begin; lock table ${schema}.customers in share update exclusive mode`);
  const migrated = into.migrate(directory, 2);
  await expect
    .poll(() => sql(url, 'select count(*) from pg_locks where not granted and relation is not null and pid <> 0'))
    .toEqual([['1']]);
  await vacuum.query(`analyze ${schema}.customers`);
  await vacuum.query('commit');
  await migrated;
  expect(await sql(url, 'select max(version) from waybill.version')).toEqual([['2']]);
});

test("a table of another role, which waybill's role may not lock, does not block the migration", async () => {
  const url = await database(`create schema ${schema}`, `create table ${schema}.theirs (id integer)`);
  const role = `builder_${randomUUID().slice(0, 8)}`;
  const { pathname } = new URL(url);
  await sql(url, `create role ${role} login; grant create on database "${pathname.slice(1)}" to ${role}`);
  await sql(url, `grant create, usage on schema ${schema} to ${role}`);
  onTestFinished(() => sql(url, `drop owned by ${role}; drop role ${role}`).then(() => undefined));
  const own = new URL(url);
  own.username = role;
  const [into, directory] = [await openTarget(own.href), await ddl(files)];
  await into.migrate(directory, 2).finally(() => into.close());
  expect(await sql(url, 'select max(version) from waybill.version')).toEqual([['2']]);
});
