import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTarget } from '../../cli/connections.ts';
import { parsePostgresType } from '../../connectors/postgres/types.ts';
import { driftOf } from '../../core/mapping/plan/drift.ts';
import { tablesOfContract } from '../../core/model/schema.ts';
import type { Target } from '../../core/ports/target.ts';
import mcpManager from '../../pipelines/mcp-manager/pipeline.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';
import { openPart } from '../support/row-writer.ts';

const schema = 'mcp_manager_next';
const { migrations, loadVersion, finalVersion, contract } = mcpManager.target;
let database: TestDatabase;
let client: pg.Client;
let target: Target;

beforeAll(async () => {
  database = await createPgDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  target = await openTarget(database.url, schema, mcpManager, { owner: '' });
});

afterAll(async () => {
  await target.close();
  await client.end();
  await database.drop();
});

test('the load version is exactly the target contract, including the tables "user" and "apiKey"', async () => {
  await target.migrate(migrations, loadVersion);
  const wanted = tablesOfContract('', contract, parsePostgresType);
  expect(driftOf(wanted, await target.inspector.tables(['']), 'target')).toEqual([]);
});

test('a table whose name is an SQL keyword is loaded, counted and read', async () => {
  const writer = await openPart(target, 'user', ['id', 'name', 'email', 'email_verified', 'created_at', 'updated_at']);
  const moment = '2024-01-01 00:00:00+00';
  expect(await writer.writeIsolating([['u1', 'Ada', 'ada@example.com', 'f', moment, moment]])).toEqual([]);
  const counts = { read: 1, loaded: 1, rejected: 0, filtered: 0, adjusted: 0, digest: '0'.repeat(16) };
  const part = { number: 1, after: null, upTo: null };
  await writer.commit({ run: 'r', mapping: 'a > user', part, ...counts });
  expect(await target.inspector.count('user')).toBe(1);
  const lines: string[] = [];
  for await (const some of target.inspector.lines('user', ['id', 'role'])) lines.push(...some);
  expect(lines).toEqual(['u1\tuser']);
});

test('the final version has 31 foreign keys and 24 unique keys', async () => {
  await target.migrate(migrations, finalVersion);
  const kinds = (await target.inspector.constraints()).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'foreign')).toHaveLength(31);
  expect(kinds.filter((kind) => kind === 'unique')).toHaveLength(24);
});

test('every unique key of the contract is a constraint of the final version', async () => {
  const made = (await target.inspector.constraints()).filter(({ kind }) => kind === 'unique');
  const wanted = Object.entries(contract).flatMap(([table, { unique = [] }]) =>
    unique.map((key) => `${table}(${key})`),
  );
  expect(made.map(({ table, columns }) => `${table}(${columns})`).sort()).toEqual(wanted.sort());
});
