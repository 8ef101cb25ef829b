import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../../connectors/postgres/address.ts';
import { PostgresTarget } from '../../../connectors/postgres/target.ts';
import type { CatalogEntry } from '../../../core/ports/target.ts';
import { loadPipeline, pipelineNames } from '../../../operations/modules/load-pipeline.ts';
import { waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../../support/databases.ts';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createPgDatabase();
  folder = await workFolder();
});

afterEach(() => database.drop());

async function schema(...args: readonly string[]): ReturnType<typeof waybill> {
  return waybill(folder, ['schema', ...args], { WAYBILL_TARGET_URL: database.url });
}

async function execute(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function catalogOf(name: string): Promise<readonly CatalogEntry[]> {
  const target = await PostgresTarget.open(parseAddress(database.url, 'target'), { schema: name, settings: {} });
  return target.inspector
    .catalog()
    .then((found) => found ?? [])
    .finally(() => target.close());
}

describe.each(await pipelineNames())('the DDL of %s', (name) => {
  it('goes up and down one version at a time, to the same catalog on either way, and up again without a difference', async () => {
    const { target } = await loadPipeline(name);
    const onTheWayUp: (readonly CatalogEntry[])[] = [[]];
    for (let to = 1; to <= target.finalVersion; to++) {
      expect((await schema('up', name, '--to', String(to))).code).toBe(0);
      onTheWayUp.push(await catalogOf(target.schema));
    }
    expect(onTheWayUp.at(-1)?.length).toBeGreaterThan(Object.keys(target.contract).length);
    for (let to = target.finalVersion - 1; to >= 0; to--) {
      expect((await schema('down', name, '--to', String(to))).code).toBe(0);
      expect(await catalogOf(target.schema)).toEqual(onTheWayUp[to]);
    }
    expect((await schema('up', name)).code).toBe(0);
    expect(await catalogOf(target.schema)).toEqual(onTheWayUp.at(-1));
    const { code, stdout } = await schema('diff', name);
    expect([code, stdout]).toEqual([0, 'no difference\n']);
  });
});

const byHand: readonly (readonly [sql: string, named: string])[] = [
  ['alter table aries.customers add column note text', 'column customers.note: unexpected'],
  ['alter table aries.facilities drop column name cascade', 'column facilities.name: missing'],
  ['alter table aries.customers alter last_name type varchar(99)', 'column customers.last_name: changed'],
  ['alter table aries.customers alter tenant_id drop not null', 'column customers.tenant_id: changed'],
  ["alter table aries.customers alter first_name set default 'x'", 'column customers.first_name: changed'],
  ['create index by_hand on aries.customers (last_name)', 'index by_hand: unexpected'],
  ['alter table aries.orders drop constraint orders_pkey cascade', 'constraint orders.orders_pkey: missing'],
  ['alter table aries.customers disable row level security', 'table customers: changed'],
  ['create policy by_hand on aries.customers using (true)', 'policy customers.by_hand: unexpected'],
  ['grant delete on aries.customers to public', 'grant on customers: changed'],
  ['create view aries.hand_made as select 1 as one', 'view hand_made: unexpected'],
  [
    'create function aries.f() returns trigger language plpgsql as $$ begin return new; end $$',
    'function f(): unexpected',
  ],
  [
    'create trigger t before insert on aries.customers for each row execute function aries.f()',
    'trigger customers.t: unexpected',
  ],
];

it('manual changes of the live schema are named, and looking for them leaves nothing behind', async () => {
  expect((await schema('up', 'aries')).code).toBe(0);
  for (const [sql] of byHand) await execute(sql);
  const { code, stdout } = await schema('diff', 'aries');
  const lines = stdout.split('\n');
  expect(byHand.map(([, named]) => named).filter((named) => !lines.includes(named))).toEqual([]);
  expect(code).toBe(1);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query(
    `select nspname from pg_namespace where nspname !~ '^(pg_|information_schema$)' order by nspname`,
  );
  await client.end();
  expect(rows.map(({ nspname }) => nspname)).toEqual(['aries', 'public', 'waybill']);
});

it('shows which versions are applied', async () => {
  await schema('up', 'aries', '--to', '2');
  const { stdout } = await schema('status', 'aries', '--json');
  const versions = JSON.parse(stdout) as { number: number; isDone: boolean }[];
  expect(versions.map(({ number, isDone }) => [number, isDone])).toEqual([
    [1, true],
    [2, true],
    [3, false],
    [4, false],
  ]);
});

it('refuses an unknown version', async () => {
  const { code, stderr } = await schema('up', 'aries', '--to', '9');
  expect(code).toBe(2);
  expect(stderr).toContain('Version 9 does not exist.');
});

it('waits for another migration of the schema, and both succeed', async () => {
  const both = await Promise.all([schema('up', 'aries'), schema('up', 'aries')]);
  expect(both.map(({ code, stderr }) => (code === 0 ? '' : stderr))).toEqual(['', '']);
});

it('a schema that does not exist has no differences to show: schema diff refuses it', async () => {
  const { code, stdout, stderr } = await schema('diff', 'aries', '--target-schema', 'nowhere');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('The schema nowhere does not exist in postgres://');
  expect(stderr).toContain(
    'hint: Name another schema with --target-schema, or create it with: waybill schema up aries',
  );
});
