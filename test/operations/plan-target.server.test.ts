import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgres } from '../../connectors/postgres/connector.ts';
import { type CommandResult, waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';

const data = join(import.meta.dirname, '../../fixtures/marketplace/data');

let folder: string;
let database: TestDatabase;
/** May connect, and nothing else. */
let guest: string;

beforeAll(async () => {
  folder = await workFolder();
  database = await createPgDatabase();
  guest = `guest_${new URL(database.url).pathname.slice(1)}`;
  await execute(`create role ${guest} login`);
});

afterAll(async () => {
  await execute(`drop owned by ${guest}; drop role ${guest}`);
  await database.drop();
});

const source = ['--source', `jsonl:${data}`];

function plan(...options: readonly string[]): Promise<CommandResult> {
  return waybill(folder, ['plan', 'marketplace', ...source, ...options]);
}

test('a plan without a target does not look at one, and without a run has no measure', async () => {
  const { code, stdout } = await plan();
  expect(code).toBe(0);
  expect(stdout).not.toMatch(/^target: |the last run/m);
  expect(JSON.parse((await plan('--json')).stdout)).toMatchObject({ target: null, lastRun: null });
});

test('a plan says that the target is ready, and what the last run took', async () => {
  const dry = ['--target', database.url, '--max-rejects', '99', '--run', 'dry', '--dry-run', '--quiet'];
  expect((await waybill(folder, ['run', 'marketplace', ...source, ...dry])).code).toBe(0);
  const { code, stdout } = await plan('--target', database.url);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^target: postgres:\/\/\S+, schema marketplace_next: ready$/m);
  expect(stdout).toMatch(/^rows of the source: about [\d,]+$/m);
  expect(stdout).toMatch(/^the last run, dry, read [\d,]+ rows in .+; expect about .+$/m);
});

test('a plan refuses a target that holds rows, and names the run that loaded them', async () => {
  const into = ['--target', database.url, '--max-rejects', '99', '--run', 'first', '--quiet'];
  expect((await waybill(folder, ['run', 'marketplace', ...source, ...into])).code).toBe(0);
  const { code, stdout } = await plan('--target', database.url);
  expect(code).toBe(3);
  expect(stdout).toMatch(/^target: .+, schema marketplace_next: one problem$/m);
  expect(stdout).toMatch(
    /problem {2}target: The schema marketplace_next of \S+ already holds rows in \w+, loaded by run first\./,
  );
  expect(stdout).toContain('waybill drop first');
  expect((await plan('--target', database.url, '--target-schema', 'other')).code).toBe(0);
});

test('a plan names the rights that the user lacks, with what grants them', async () => {
  const { code, stdout } = await plan('--target', asGuest());
  expect(code).toBe(3);
  expect(stdout).toMatch(
    new RegExp(`problem {2}target: The user ${guest} may not create objects in the schema marketplace_next\\.`),
  );
  const elsewhere = await plan('--target', asGuest(), '--target-schema', 'other');
  expect(elsewhere.stdout).toContain(`The user ${guest} may not create schemas. Grant it: grant create on database`);
  await execute(`grant create on database "${new URL(database.url).pathname.slice(1)}" to ${guest};
    grant all on schema waybill to ${guest}`);
  expect((await plan('--target', asGuest(), '--target-schema', 'other')).code).toBe(0);
});

test('a role that is missing is a problem only for a user who may not create roles', async () => {
  for (const [url, missing] of [
    [asGuest(), [`The role nobody_here does not exist, and the user ${guest} may not create it.`]],
    [database.url, []],
  ] as const) {
    const target = await postgres.openTarget?.(url, { schema: 'other', settings: {} });
    const found = await target?.missingRights('nobody_here');
    await target?.close();
    expect(found?.map((text) => text.replace(/ Create it: .*/, ''))).toEqual(missing);
  }
});

function asGuest(): string {
  const url = new URL(database.url);
  url.username = guest;
  return url.href;
}

async function execute(sql: string): Promise<void> {
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
