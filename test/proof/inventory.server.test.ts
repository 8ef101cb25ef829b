import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { InventoryEntry } from '../../core/model/inventory.ts';
import { runPipeline } from '../../engine/stages/run.ts';
import { generate as marketplace } from '../../fixtures/marketplace/generate.ts';
import { generate as mcpManager } from '../../fixtures/mcp-manager/generate.ts';
import { generate as modernize } from '../../fixtures/modernize/generate.ts';
import { type AriesDatabases, createAries, readTsv } from '../fixtures/aries-databases.ts';
import { carried, outcomeOf } from '../support/carried.ts';
import { reportOf, waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, mysqlUrl, type TestDatabase } from '../support/databases.ts';
import { mariadb, onPostgres, postgres } from '../support/live-databases.ts';

/** The names of the objects of one kind with an outcome. */
function named(inventory: readonly InventoryEntry[] | null, kind: string, outcome?: string): string[] {
  return (inventory ?? [])
    .filter((entry) => entry.kind === kind && (outcome === undefined || entry.outcome === outcome))
    .map(({ name }) => name);
}

describe('the objects of aries on MariaDB', () => {
  let aries: AriesDatabases;
  let target: TestDatabase;
  let folder: string;
  let source: readonly string[];

  beforeAll(async () => {
    aries = await createAries();
    target = await createPgDatabase();
    folder = await workFolder();
    source = Object.entries(aries.databases).flatMap(([name, live]) => ['--source', `${name}=${mysqlUrl(live)}`]);
  });

  afterAll(async () => {
    await aries.drop();
    await target.drop();
  });

  /** `c01 procedure name` of every view, routine and trigger of DMEWorks. */
  const legacy = readTsv('aries-objects.tsv').map(([schema, kind, name]) => `${kind} ${schema}.${name}`);

  test('a plan counts them, and declares each view, routine and trigger by name with a reason', async () => {
    const { code, stdout } = await waybill(folder, ['plan', 'aries', ...source, '--json', '--strict']);
    const { objects } = JSON.parse(stdout) as { objects: InventoryEntry[] };
    expect(code).toBe(0);
    const kinds = ['view', 'procedure', 'function', 'trigger'];
    const found = objects.filter(({ kind }) => kinds.includes(kind));
    expect(found.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual(legacy.toSorted());
    expect(found.filter(({ outcome, why }) => outcome === 'undeclared' || why === '')).toEqual([]);
    expect(kinds.map((kind) => named(objects, kind).length)).toEqual([19, 65, 16, 1]);
    expect(named(objects, 'foreign key', 'carried')).toHaveLength(10);
    expect(named(objects, 'primary key', 'carried')).toHaveLength(117);
  });

  test('a run reports each, and warns of a view that was added since by its name', async () => {
    const odd = '<script>alert(1)</script>';
    const connection = await mysql.createConnection(mysqlUrl());
    await connection.query(`create view ${aries.table(`c01.${odd}`)} as select 1 as one`);
    await connection.end();
    const ends = [...source, '--target', target.url, '--max-rejects', '100'];
    const run = await waybill(folder, ['run', 'aries', ...ends, '--run', 'r1']);
    expect([run.code, run.code === 0 ? '' : run.stderr]).toEqual([0, '']);
    expect(run.stderr).toContain(`warning: one object of the source is undeclared: view c01.${odd}`);
    expect(run.stdout).toMatch(/^ {2}objects {3}\d+ carried, \d+ replaced, \d+ left behind, 1 undeclared$/m);
    expect(run.stdout).toContain(`Undeclared objects of the source\n  view c01.${odd}: `);
    const { inventory } = await reportOf(folder, 'r1');
    expect(named(inventory, 'view')).toHaveLength(20);
    expect(named(inventory, 'procedure', 'left behind')).toHaveLength(65);
    const html = await readFile(join(folder, '.waybill/runs/r1/report.html'), 'utf8');
    for (const one of legacy) expect(html).toContain(`<code>${one.slice(one.indexOf(' ') + 1)}`);
    for (const { why } of inventory ?? []) expect(html).toContain(why);
    expect(html).toContain('<code>c01.&lt;script>alert(1)&lt;/script></code>');
    expect(html.match(/<script/g)).toHaveLength(1);
    expect((await waybill(folder, ['verify', 'r1'])).code).toBe(0);
  });

  test('a strict plan and a strict run refuse the undeclared view by name, and nothing is left of the run', async () => {
    for (const command of ['plan', 'run']) {
      const ends = command === 'run' ? ['--target', target.url, '--target-schema', 'strict', '--run', 'r2'] : [];
      const { code, stdout, stderr } = await waybill(folder, [command, 'aries', ...source, ...ends, '--strict']);
      expect([command, code]).toEqual([command, 3]);
      expect(stdout + stderr).toContain(
        'view c01.<script>alert(1)</script>: The pipeline does not say what becomes of this object of the source.',
      );
    }
    expect((await waybill(folder, ['report', 'r2'])).stderr).toContain('r2');
    expect(await onPostgres(target.url, "select 1 from pg_namespace where nspname = 'strict'")).toEqual([]);
  });

  test('files have no objects, and the report says so', async () => {
    const data = join(import.meta.dirname, '../../fixtures/aries/data');
    const { stdout } = await waybill(folder, ['plan', 'aries', '--source', `jsonl:${data}`]);
    expect(stdout).toContain('objects of the source: none, files have rows only');
    const ends = ['--source', `jsonl:${data}`, '--target', target.url, '--target-schema', 'filed'];
    const run = await waybill(folder, ['run', 'aries', ...ends, '--max-rejects', '100', '--run', 'r3', '--strict']);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('  objects   files have rows only');
    expect((await reportOf(folder, 'r3')).inventory).toBeNull();
    expect(await readFile(join(folder, '.waybill/runs/r3/report.html'), 'utf8')).toContain(
      'files have no objects to list',
    );
  });
});

describe('the objects of the other pipelines', () => {
  const sources = [
    ['marketplace', marketplace, ['default', 'foreign key', 'identity', 'index', 'primary key', 'table']],
    ['mcp-manager', mcpManager, ['enum', 'foreign key', 'index', 'primary key', 'table']],
    ['modernize', modernize, ['default', 'enum', 'foreign key', 'index', 'primary key', 'table']],
  ] as const;

  test.each(sources)('%s declares all of them: a strict plan passes', async (name, generate, kinds) => {
    const database = await createPgDatabase();
    onTestFinished(database.drop);
    await generate({ url: database.url, scale: 1, seed: 1, defects: false });
    const plan = ['plan', name, '--source', database.url, '--json'];
    const { code, stdout } = await waybill(await workFolder(), [...plan, '--strict']);
    const { objects } = JSON.parse(stdout) as { objects: InventoryEntry[] };
    expect(objects.filter(({ outcome }) => outcome === 'undeclared')).toEqual([]);
    expect(code).toBe(0);
    expect([...new Set(objects.map(({ kind }) => kind))]).toEqual(kinds);
  });
});

test('a routine whose definition the user may not read is listed, and says so', async () => {
  const source = await mariadb(
    'create table orders (id int primary key)',
    'create procedure tidy() delete from orders where id < 0',
    "create or replace user inventory_reader identified by 'reader'",
  );
  const database = new URL(source).pathname.slice(1);
  const connection = await mysql.createConnection(source);
  onTestFinished(() => connection.end());
  await connection.query(`grant select, execute on ${database}.* to inventory_reader`);
  const reader = new URL(source);
  [reader.username, reader.password] = ['inventory_reader', 'reader'];
  const ddl = ['create table orders (id int primary key);'];
  const migration = await carried({ source: reader.href, dialect: 'mysql', ddl });
  const { facts } = await migration.run();
  expect(facts.inventory?.find(({ kind }) => kind === 'procedure')).toEqual({
    kind: 'procedure',
    name: 'c01.tidy',
    outcome: 'undeclared',
    why: 'the pipeline does not say what becomes of it; this user may not read its definition',
  });
});

describe('the objects of a PostgreSQL source', () => {
  const ddl = 'create table orders (id int primary key, state text);';
  const objects = `create type mood as enum ('good', 'bad'); create sequence tickets;
    create table orders (id int primary key, state text default 'new', check (id > 0));
    comment on table orders is 'all of them'; create index by_state on orders (state);
    create unique index one_open on orders (state) where state = 'open';
    create view open_orders as select id from orders; create materialized view old_orders as select id from orders;
    create function stamp() returns trigger language plpgsql as 'begin return new; end';
    create trigger stamped before insert on orders for each row execute function stamp();
    alter table orders enable row level security; create policy own on orders using (true);
    create schema other; create view other.secret as select 1 as one; create table other.elsewhere (id int primary key)`;

  test('each is listed with its outcome, and none of another schema', async () => {
    const source = await postgres(objects, "insert into orders values (1, 'open')");
    const migration = await carried({ source, dialect: 'postgres', ddl: [ddl] });
    const { facts } = await migration.run();
    expect(facts.inventory?.map(({ kind, name, outcome }) => `${outcome} ${kind} ${name}`)).toEqual([
      'undeclared check public.orders.orders_id_check',
      'undeclared comment public.orders',
      'undeclared default public.orders.state',
      'undeclared enum public.mood',
      'undeclared function public.stamp()',
      'undeclared index public.orders.by_state',
      'undeclared index public.orders.one_open',
      'undeclared materialized view public.old_orders',
      'undeclared policy public.orders.own',
      'undeclared policy public.orders.row level security',
      'carried primary key public.orders.orders_pkey',
      'undeclared sequence public.tickets',
      'carried table public.orders',
      'undeclared trigger public.orders.stamped',
      'undeclared view public.open_orders',
    ]);
  });

  test('a pipeline declares them by name or by pattern, and a strict run then passes', async () => {
    const source = await postgres(
      'create table orders (id int primary key, state text); create view v as select 1 as one',
    );
    const change = { outcome: 'left behind', why: 'a report that nobody reads' } as const;
    const migration = await carried({
      ...{ source, dialect: 'postgres', ddl: [ddl] },
      change: (pipeline) => ({ ...pipeline, objects: [{ kind: 'view', name: 'public.*', ...change }] }),
    });
    const options = { ...(await migration.options('r1')), isStrict: true };
    const { facts } = await outcomeOf(options, runPipeline);
    expect(facts.inventory?.find(({ kind }) => kind === 'view')).toEqual({ kind: 'view', name: 'public.v', ...change });
  });
});
