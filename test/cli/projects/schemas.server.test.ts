import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { reportOf, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase } from '../../support/databases.ts';
import { mariadb, onPostgres, postgres } from '../../support/live-databases.ts';

const surface = resolve(import.meta.dirname, '../../../dist/public/index.js');

async function target(): Promise<string> {
  const { url, drop } = await createPgDatabase();
  onTestFinished(drop);
  return url;
}

/** Two databases of one server; orders of the second one refer to people of the first. */
async function twoDatabases(): Promise<{ readonly people: string; readonly shop: string; readonly url: string }> {
  const url = await mariadb(
    'create table people (id int auto_increment primary key, name varchar(40) not null)',
    "insert into people values (1, 'Ada'), (7, 'Émile')",
  );
  const people = new URL(url).pathname.slice(1);
  const second = await mariadb(
    `create table orders (id int primary key, person_id int not null, boss_id int,
      constraint buyer foreign key (person_id) references ${people}.people (id) on delete cascade,
      constraint boss foreign key (boss_id) references orders (id))`,
    'insert into orders values (1, 7, null), (2, 1, 1)',
  );
  return { people, shop: new URL(second).pathname.slice(1), url };
}

const foreignKeys = `select conrelid::regclass::text as child, confrelid::regclass::text as parent, conname
  from pg_constraint where contype = 'f' order by conname`;

describe('several databases of a MariaDB server', () => {
  test('are copied into one schema, with the foreign keys between them', async () => {
    const [folder, into, { people, shop, url }] = [await workFolder(), await target(), await twoDatabases()];
    const server = new URL(url);
    server.pathname = '';
    const copy = ['copy', server.href, into, '--schemas', `${people},${shop}`, '--one-schema', '--run', 'c', '--live'];
    const { code, stdout, stderr } = await waybill(folder, copy);
    expect([code, code === 0 ? '' : stdout + stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^PASS/m);
    const { inventory } = await reportOf(folder, 'c');
    expect(inventory?.map(({ kind, name, outcome }) => `${outcome} ${kind} ${name}`)).toEqual(
      expect.arrayContaining([
        `carried table ${people}.people`,
        `carried table ${shop}.orders`,
        `carried foreign key ${shop}.orders.buyer`,
      ]),
    );
    const set = `set search_path to "${people}_${shop}"`;
    expect(await onPostgres(into, set, foreignKeys)).toEqual([
      { child: 'orders', parent: 'orders', conname: 'boss' },
      { child: 'orders', parent: 'people', conname: 'buyer' },
    ]);
    expect(await onPostgres(into, set, "insert into people (name) values ('Zoë') returning id")).toEqual([{ id: 8 }]);
  });

  test('go to schemas of the same names, each in a run of its own, and the foreign key between them is named', async () => {
    const [folder, into, { people, shop, url }] = [await workFolder(), await target(), await twoDatabases()];
    const copy = ['copy', url, into, '--schemas', `${people},${shop}`, '--run', 'c', '--live', '--json'];
    const { code, stdout, stderr } = await waybill(folder, copy);
    expect([code, code === 0 ? '' : stdout + stderr]).toEqual([0, '']);
    const reports = JSON.parse(stdout) as {
      runId: string;
      verdict: string;
      inventory: { name: string; outcome: string }[];
    }[];
    expect(reports.map(({ runId, verdict }) => [runId, verdict])).toEqual([
      [`c-${people}`, 'pass'],
      [`c-${shop}`, 'pass'],
    ]);
    expect(reports[1]?.inventory.filter(({ outcome }) => outcome === 'left behind')).toEqual([
      expect.objectContaining({ kind: 'foreign key', name: `${shop}.orders.buyer` }),
    ]);
    expect(await onPostgres(into, foreignKeys)).toEqual([
      { child: `${shop}.orders`, parent: `${shop}.orders`, conname: 'boss' },
    ]);
    const counts = `select (select count(*)::int from ${people}.people) as people, (select count(*)::int from ${shop}.orders) as orders`;
    expect(await onPostgres(into, counts)).toEqual([{ people: 2, orders: 2 }]);
    const inOne = await waybill(folder, [...copy, '--target-schema', 'one']);
    expect([inOne.code, inOne.stderr]).toEqual([2, expect.stringContaining('names one schema, and 2 are copied')]);
  });

  test('go live only when all are proved', async () => {
    const [folder, into, { people, url }] = [await workFolder(), await target(), await twoDatabases()];
    const days = await mariadb(
      "set sql_mode = ''",
      'create table days (day date primary key)',
      "insert into days values ('2024-02-00')",
    );
    const names = `${people},${new URL(days).pathname.slice(1)}`;
    const { code, stderr } = await waybill(folder, ['copy', url, into, '--schemas', names, '--run', 'c', '--live']);
    expect([code, stderr]).toEqual([
      4,
      expect.stringMatching(/resume: waybill run .*--run c-\S+ --resume(?!.*--live)/),
    ]);
    const schemas = `select string_agg(nspname, ' ') as names from pg_namespace where nspname in ('${people}', '${people}_next')`;
    expect(await onPostgres(into, schemas)).toEqual([{ names: `${people}_next` }]);
  });

  test('with tables of one name are refused by name, until a project keeps them apart', async () => {
    const [folder, into, { people, shop, url }] = [await workFolder(), await target(), await twoDatabases()];
    const third = await mariadb('create table orders (id int primary key)');
    const other = new URL(third).pathname.slice(1);
    const three = ['--schemas', people, '--schemas', `${shop},${other}`];
    const refused = await waybill(folder, ['copy', url, into, '--one-schema', ...three]);
    expect(refused.code).toBe(2);
    const [one, two] = [`${shop}.orders`, `${other}.orders`].sort();
    expect(refused.stderr).toContain(`${one} and ${two} are both called orders in the target`);
    expect((await waybill(folder, ['init', url, 'p', '--schemas', `${people},${shop}`])).code).toBe(0);
    const module = join(folder, 'p/pipeline.ts');
    const text = (await readFile(module, 'utf8')).replace("'waybill'", `'${surface}'`);
    await writeFile(module, text);
    expect((await waybill(folder, ['pull', 'p', '--source', url])).stdout).toBe('no difference\n');
    const names = `names: (name, schema) => schema === '${other}' && name === 'orders' ? 'other_orders' : name, schema: 'all_of_it'`;
    await writeFile(module, text.replace("names: 'same'", names));
    const pulled = await waybill(folder, ['pull', 'p', '--source', url, ...three]);
    expect([pulled.code, pulled.stdout]).toEqual([0, expect.stringContaining('create table "other_orders"')]);
    const run = await waybill(folder, ['run', 'p', '--source', url, '--target', into, '--run', 'r']);
    expect([run.code, run.code === 0 ? '' : run.stdout + run.stderr]).toEqual([0, '']);
    const tables = `select string_agg(relname, ' ' order by relname) as names from pg_class
      where relnamespace = 'all_of_it_next'::regnamespace and relkind = 'r'`;
    expect(await onPostgres(into, tables)).toEqual([{ names: 'orders other_orders people' }]);
  });

  test('one of which is empty or named twice is refused', async () => {
    const [folder, into, { people, url }] = [await workFolder(), await target(), await twoDatabases()];
    const copy = (schemas: string) => waybill(folder, ['copy', url, into, '--schemas', schemas]);
    expect((await copy(`${people},nowhere`)).stderr).toContain('has no tables in the schema nowhere');
    expect((await copy(`${people},${people}`)).stderr).toContain(
      `Two of these schemas would be called ${people} in the target`,
    );
    expect((await copy(',')).stderr).toContain('--schemas names no schema.');
  });
});

describe('several schemas of a PostgreSQL database', () => {
  const people = `create schema hr; create schema "Sales 1"; create type hr.mood as enum ('ok');
    create table hr.people (id int primary key, mood hr.mood default 'ok');
    create table "Sales 1".orders (id serial primary key, person_id int references hr.people (id), moods hr.mood[]);
    insert into hr.people values (3); insert into "Sales 1".orders (person_id, moods) values (3, '{ok}')`;

  test('are copied into one schema, with the foreign keys between them', async () => {
    const [folder, into, source] = [await workFolder(), await target(), await postgres(people)];
    const names = ['--schemas', 'hr,Sales 1', '--one-schema', '--target-schema', 'joined', '--run', 'c'];
    const { code, stdout, stderr } = await waybill(folder, ['copy', source, into, ...names]);
    expect([code, code === 0 ? '' : stdout + stderr]).toEqual([0, '']);
    const set = 'set search_path to joined';
    expect(await onPostgres(into, set, foreignKeys)).toEqual([
      { child: 'orders', parent: 'people', conname: 'orders_person_id_fkey' },
    ]);
    expect(await onPostgres(into, set, 'insert into orders (person_id) values (3) returning id')).toEqual([{ id: 2 }]);
  });

  test('with types of one name are refused by name', async () => {
    const [folder, into] = [await workFolder(), await target()];
    const source = await postgres(`${people}; create type "Sales 1".mood as enum ('sad')`);
    const { code, stderr } = await waybill(folder, ['copy', source, into, '--schemas', 'hr,Sales 1', '--one-schema']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/Sales_1\.mood and hr\.mood are both called mood/)]);
  });
});
