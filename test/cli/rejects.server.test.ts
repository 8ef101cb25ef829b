import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { entityIds } from '../../core/ids/uuid.ts';
import { generateAries } from '../../fixtures/aries/generate.ts';
import { type CommandResult, reportOf, waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, mysqlUrl, type TestDatabase } from '../support/databases.ts';

const databases = { c01: 'rejects_c01', dmeworks: 'rejects_dmeworks', repository: 'rejects_repository' };
let folder: string;
let database: TestDatabase;
let connections: readonly string[];

beforeAll(async () => {
  await generateAries({ url: inject('mysqlUrl'), scale: 1, seed: 3, defects: false, replace: true, databases });
  folder = await workFolder();
  database = await createPgDatabase();
  const sources = Object.entries(databases).flatMap(([s, name]) => ['--source', `${s}=${mysqlUrl(name)}`]);
  connections = [...sources, '--target', database.url];
});

afterAll(() => database.drop());

it('rows that a check refused are listed, replayed once after the fix, and the run is proved', async () => {
  expectExit(await waybill(folder, ['schema', 'up', 'aries', '--to', '1', '--target', database.url]), 0);
  await onPostgres(`alter table aries.customers add constraint planted check (id not in (${await threeIds()}))`);
  const run = await waybill(folder, ['run', 'aries', ...connections, '--run', 'r1', '--max-rejects', '100']);
  expectExit(run, 0);
  const before = (await reportOf(folder, 'r1')).totals;
  expect(before.rejected).toBeGreaterThanOrEqual(3);

  const list = await waybill(folder, ['rejects', 'list', 'aries', '--run', 'r1']);
  expectExit(list, 0);
  expect(list.stdout).toMatch(/1 {2}c01\.tbl_customer > customers {2}load {2}23514 planted {2}3\n/);
  const shown = await waybill(folder, ['rejects', 'show', 'aries', '--run', 'r1', '--cause', '1']);
  expect(shown.stdout).not.toContain('FirstName');
  const values = await waybill(folder, ['rejects', 'show', 'aries', '--run', 'r1', '--cause', '1', '--show-values']);
  expect(values.stdout).toContain('FirstName');

  await onPostgres('alter table aries.customers drop constraint planted');
  const replay = ['rejects', 'replay', 'aries', '--run', 'r1', '--all', '--target', database.url, '--json'];
  const first = await waybill(folder, replay);
  expectExit(first, 0);
  expect(JSON.parse(first.stdout)).toMatchObject({ loaded: before.rejected, refused: [] });
  const ledger = await onPostgres('select * from waybill.part order by run, mapping, part');
  const second = await waybill(folder, replay);
  expect(JSON.parse(second.stdout)).toMatchObject({ loaded: 0, refused: [] });
  expect(await onPostgres('select * from waybill.part order by run, mapping, part')).toEqual(ledger);

  expectExit(await waybill(folder, ['validate', 'aries', ...connections, '--run', 'r1']), 0);
  expect((await reportOf(folder, 'r1')).totals).toMatchObject({ loaded: before.read, rejected: 0 });
});

/** Ids of three customers, as SQL. */
async function threeIds(): Promise<string> {
  const connection = await mysql.createConnection(mysqlUrl(databases.c01));
  const [rows] = await connection.query('select ID from tbl_customer order by ID limit 3');
  await connection.end();
  const ids = entityIds('c01', 'customers');
  return (rows as { ID: number }[]).map(({ ID }) => `'${ids.ofInteger(String(ID))}'`).join(', ');
}

async function onPostgres(sql: string): Promise<unknown[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows;
}

function expectExit({ code, stdout, stderr }: CommandResult, exitCode: number): void {
  if (code !== exitCode) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
}
