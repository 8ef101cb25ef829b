import { expect, onTestFinished, test } from 'vitest';
import type { Target } from '../../../core/ports.ts';
import { openPart } from '../../support/row-writer.ts';
import { database, ddl, entryOf, openTarget, schema, sql } from './database.ts';

const tables = ['parents', 'children'];
const files = {
  '001.do.tables.sql': tables.map((name) => `create table ${name} (id integer primary key);`).join('\n'),
  '001.undo.tables.sql': `drop table ${tables.join(', ')};`,
};

async function claimed(): Promise<{ url: string; into: Target; directory: string }> {
  const [url, directory] = [await database(), await ddl(files)];
  const into = await openTarget(url, {}, 2);
  onTestFinished(() => into.close());
  await into.claim('r1');
  await into.migrate(directory, 1);
  return { url, into, directory };
}

async function loadPart(into: Target, table: string, part: number, ids: readonly string[]): Promise<void> {
  const writer = await openPart(into, table, ['id']);
  await writer.write(ids.map((id) => [id]));
  await writer.finish();
  await writer.commit({ ...entryOf(part, ids.length, [ids.at(-1) as string]), mapping: table });
}

/** Tables that a vacuum which waits for nobody, as autovacuum does not, passes by. */
async function passedBy(url: string): Promise<string[]> {
  for (const name of tables) await sql(url, `vacuum (skip_locked) ${schema}.${name}`);
  await sql(url, 'select pg_stat_force_next_flush()');
  const rows = await sql(
    url,
    `select relname from pg_stat_user_tables where schemaname = '${schema}' and relname = any($1) and vacuum_count = 0
     order by 1`,
    [tables],
  );
  return rows.map(([name]) => name as string);
}

test('autovacuum passes by the tables that are being loaded, parts side by side too, and readers and writers do not', async () => {
  const { url, into } = await claimed();
  await Promise.all([loadPart(into, 'parents', 1, ['1', '2']), loadPart(into, 'parents', 2, ['3'])]);
  expect(await passedBy(url)).toEqual(['parents']);
  await sql(url, `insert into ${schema}.parents values (9)`);
  await loadPart(into, 'children', 1, ['1']);
  expect(await sql(url, `select count(*) from ${schema}.parents`)).toEqual([['4']]);
  await into.finish(tables);
  expect(await passedBy(url)).toEqual([]);
});

test('the lock holds back no cleaning elsewhere: its session keeps no snapshot', async () => {
  const { url, into } = await claimed();
  await loadPart(into, 'parents', 1, ['1']);
  const holders = `
    select a.backend_xmin, a.backend_xid from pg_locks l join pg_stat_activity a using (pid)
    where l.relation = '${schema}.parents'::regclass and l.mode = 'ShareUpdateExclusiveLock'`;
  expect(await sql(url, holders)).toEqual([[null, null]]);
});

test.each([
  ['further DDL', (into: Target, directory: string) => into.migrate(directory, 1)],
  ['taking the DDL down', (into: Target, directory: string) => into.migrate(directory, 0)],
  ['dropping the schema', (into: Target) => into.drop()],
])('%s does not wait for the lock of its own process', async (_, work) => {
  const { url, into, directory } = await claimed();
  await loadPart(into, 'parents', 1, ['1']);
  await work(into, directory);
  expect(await sql(url, "select 1 from pg_locks where mode = 'ShareUpdateExclusiveLock' and pid <> 0")).toEqual([]);
});

test('where another session has the table locked, the load goes on without', async () => {
  const { url, into } = await claimed();
  const other = await openTarget(url);
  onTestFinished(() => other.close());
  await other.claim('r2');
  await loadPart(other, 'parents', 1, ['1']);
  await loadPart(into, 'parents', 2, ['2']);
  await loadPart(into, 'children', 1, ['1']);
  await other.finish([]);
  expect(await passedBy(url)).toEqual([]);
  await into.finish(tables);
});

test('the lock ends with the connection of a killed process', async () => {
  const { url, into } = await claimed();
  await loadPart(into, 'parents', 1, ['1']);
  await sql(
    url,
    `select pg_terminate_backend(pid, 5000) from pg_locks where relation = '${schema}.parents'::regclass and mode = 'ShareUpdateExclusiveLock'`,
  );
  expect(await passedBy(url)).toEqual([]);
  await loadPart(into, 'children', 1, ['1']);
  await into.finish(tables);
});
