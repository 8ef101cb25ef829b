import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reportOf, waybill } from '../../support/cli.ts';
import { mariadb, onPostgres, postgres } from '../../support/live-databases.ts';
import { folderWithPackage } from './target-from.ts';

async function hook(project: string, name: string, sql: string): Promise<void> {
  const path = join(project, 'hooks', name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, sql);
}

test('hooks run once each, in order, in the schema of the run; one that fails stops the run, and is corrected', async () => {
  const folder = await folderWithPackage();
  const source = await mariadb('create table a (id int primary key, n int)', 'insert into a values (1, 2), (3, 4)');
  const target = await postgres(
    'create schema log; create table log.seen (n int generated always as identity, at text, place text)',
  );
  const project = join(folder, 'shop');
  const init = await waybill(folder, ['init', source, 'shop', '--quiet']);
  expect([init.code, init.stderr]).toEqual([0, '']);
  const live = new URL(source).pathname.slice(1);
  const seen = (at: string) => `insert into log.seen (at, place) values ('${at}', current_schema());`;
  await hook(project, 'before-load.sql', seen('before-load'));
  await hook(project, 'after-load/2.sql', seen('second'));
  await hook(project, 'after-load/1.sql', seen('first'));
  await hook(project, 'after-constraints/1.sql', `${seen('failing')}\nselect 1;\nselect id from absent;`);
  await hook(
    project,
    'after-constraints/0.sql',
    `${seen('constraints')} do $$ begin if 'secret' = 'x' then raise 'secret'; end if; end $$`,
  );
  await hook(project, 'after-cutover.sql', `${seen('cutover')} grant select on a to absent_role`);
  await hook(project, 'after-lunch.sql', 'select 1');
  const place = ['--source', source, '--target', target, '--run', 'r1', '--quiet'];
  expect((await waybill(folder, ['plan', 'shop'])).stderr).toMatch(/hooks\/after-lunch.sql is not a hook/);
  await rm(join(project, 'hooks/after-lunch.sql'));
  const killed = await waybill(folder, ['run', 'shop', ...place], {
    WAYBILL_FAULTS: 'on',
    WAYBILL_FAILPOINT: 'parts-cut',
  });
  expect(killed.code).toBe(null);
  const failed = await waybill(folder, ['run', 'shop', ...place, '--resume']);
  expect([failed.code, failed.stderr]).toEqual([
    4,
    expect.stringMatching(/run the hook after-constraints\/1.sql, line 3: SQLSTATE 42P01/),
  ]);
  await hook(project, 'after-load/1.sql', 'select 2');
  const changed = await waybill(folder, ['run', 'shop', ...place, '--resume']);
  expect([changed.code, changed.stderr]).toEqual([3, expect.stringMatching(/Run r1 was begun with/)]);
  await hook(project, 'after-load/1.sql', seen('first'));
  await hook(project, 'after-constraints/1.sql', "do $$ begin raise 'secret %', (select max(n) from a); end $$");
  const raised = await waybill(folder, ['run', 'shop', ...place, '--resume']);
  expect([raised.code, raised.stderr]).toEqual([
    4,
    expect.stringMatching(/run the hook after-constraints\/1.sql: SQLSTATE P0001/),
  ]);
  expect(raised.stderr).not.toMatch(/secret/);
  await hook(project, 'after-constraints/1.sql', seen('corrected'));
  const run = await waybill(folder, ['run', 'shop', ...place, '--resume']);
  expect([run.code, run.stderr]).toEqual([0, '']);
  const order = ['before-load', 'first', 'second', 'constraints', 'corrected'];
  const all = () => onPostgres(target, 'select at, place from log.seen order by n');
  expect(await all()).toEqual(order.map((at) => ({ at, place: `${live}_next` })));
  const names = [
    'before-load.sql',
    'after-load/1.sql',
    'after-load/2.sql',
    'after-constraints/0.sql',
    'after-constraints/1.sql',
  ];
  expect((await reportOf(folder, 'r1')).hooks?.map(({ name }) => name)).toEqual(names);
  const manifest = JSON.parse(await readFile(join(folder, '.waybill/runs/r1/manifest.json'), 'utf8'));
  expect(manifest.hooks.map(({ name }: { name: string }) => name)).toEqual(names);
  const cutover = ['cutover', 'r1', '--target', target];
  const stopped = await waybill(folder, cutover);
  expect([stopped.code, stopped.stderr]).toEqual([
    4,
    expect.stringMatching(/run the hook after-cutover.sql: SQLSTATE 42704/),
  ]);
  await hook(project, 'after-cutover.sql', `${seen('cutover')} set search_path to log`);
  for (let n = 0; n < 2; n++) expect((await waybill(folder, cutover)).code).toBe(0);
  expect((await all()).slice(order.length)).toEqual([{ at: 'cutover', place: live }]);
  expect((await waybill(folder, ['verify', 'r1'])).code).toBe(0);
});

test('rows that a hook adds to a table without a mapping are known, and a file that ends its transaction is refused', async () => {
  const folder = await folderWithPackage();
  const source = await mariadb('create table a (id int primary key)', 'insert into a values (1)');
  const target = await postgres('create table a (id int primary key); create table totals (n int)');
  expect((await waybill(folder, ['init', source, 'shop', '--quiet', '--target-from', target])).code).toBe(0);
  const path = join(folder, 'shop/matches.ts');
  await writeFile(path, (await readFile(path, 'utf8')).replace(/\{ proposed: ('[^']*') \}/g, '$1'));
  await hook(join(folder, 'shop'), 'after-load.sql', 'insert into totals select count(*) from a; commit');
  const place = ['--source', source, '--target', target, '--run', 'r1', '--quiet'];
  const ended = await waybill(folder, ['run', 'shop', ...place]);
  expect([ended.code, ended.stderr]).toEqual([
    4,
    expect.stringMatching(/The hook after-load.sql begins or ends a transaction/),
  ]);
  await hook(join(folder, 'shop'), 'after-load.sql', 'insert into totals select count(*) from a');
  const run = await waybill(folder, ['run', 'shop', ...place, '--resume']);
  expect([run.code, run.stderr]).toEqual([0, '']);
  expect(await onPostgres(target, 'select n from public_next.totals')).toEqual([{ n: 1 }]);
});
