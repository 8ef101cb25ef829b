import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareSchemas } from '../drill/compare-schemas.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createPgDatabase();
  await execute(`
    create schema waybill;
    create table waybill.part (run text, mapping text, part int, read bigint, loaded bigint, rejected bigint,
      filtered bigint, adjusted bigint, digest text);
    create schema whole;
    create table whole.notes (line text, more json);
    insert into whole.notes values ('a', '{}'), ('a', '{}'), ('b', null);
    insert into waybill.part values ('whole', 'm > notes', 1, 3, 3, 0, 0, 0, 'd1')`);
});

afterAll(() => database.drop());

/** Changes a copy of the reference schema and returns the differences found. */
async function found(run: string, change: string): Promise<unknown> {
  await execute(`create schema ${run};
    create table ${run}.notes as select line, more from whole.notes;
    insert into waybill.part select '${run}', mapping, part, read, loaded, rejected, filtered, adjusted, digest
      from waybill.part where run = 'whole';
    ${change}`);
  return compareSchemas(database.url, 'whole', run);
}

async function execute(sql: string): Promise<void> {
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

test('the drill finds no difference where there is none', async () => {
  expect(await found('same', '')).toEqual({ lost: 0, doubled: 0, differences: [] });
});

test('the drill finds a lost row, even one of two equal rows', async () => {
  const change = 'delete from lost.notes where ctid = (select min(ctid) from lost.notes)';
  expect(await found('lost', change)).toMatchObject({ lost: 1, doubled: 0, differences: [expect.any(String)] });
});

test('the drill finds a duplicate row without a key', async () => {
  const change = "insert into doubled.notes values ('b', null)";
  expect(await found('doubled', change)).toMatchObject({ lost: 0, doubled: 1, differences: [expect.any(String)] });
});

test('the drill finds a changed digest of a part, and a part missing from the ledger', async () => {
  const differences = ['other: the ledger of m > notes has other parts, counts or digests'];
  const change = "update waybill.part set digest = 'd2' where run = 'other'";
  expect(await found('other', change)).toEqual({ lost: 0, doubled: 0, differences });
  expect(await found('bare', "delete from waybill.part where run = 'bare'")).toMatchObject({
    differences: [expect.stringContaining('bare')],
  });
});
