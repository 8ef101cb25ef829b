import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parsePostgresType } from '../../connectors/postgres/types.ts';
import { driftOf } from '../../core/mapping/plan/drift.ts';
import { tablesOfContract } from '../../core/model/schema.ts';
import type { Target } from '../../core/ports/target.ts';
import { openTarget } from '../../operations/connections.ts';
import mcpManager from '../../pipelines/mcp-manager/pipeline.ts';
import { openPart } from '../../testing/row-writer.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';

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

/** A list of what Drizzle's own migrations create: the lines after the header, in order of their code units. */
function drizzle(kind: 'constraints' | 'indexes'): string[] {
  const lines = readFileSync(`test/fixtures/drizzle-${kind}.tsv`, 'utf8').trimEnd().split('\n');
  return lines.slice(1).sort();
}

/** The one table that Drizzle does not have. */
const own = 'legacy_routing_rule';

async function lines(sql: string): Promise<string[]> {
  await client.query(`set search_path = ${schema}`);
  const { rows } = await client.query<{ line: string }>(sql, [schema, own]);
  return rows.map(({ line }) => line).sort();
}

test('every constraint has the name and the definition that Drizzle gives it', async () => {
  const found = await lines(`
    select concat_ws(chr(9), k.conrelid::regclass, k.conname,
      case k.contype when 'p' then 'primary key' when 'u' then 'unique constraint' when 'f' then 'foreign key' end,
      pg_get_constraintdef(k.oid)) as line
    from pg_constraint k
    where k.connamespace = $1::regnamespace and k.contype in ('p', 'u', 'f') and k.conrelid <> $2::regclass`);
  expect(found).toEqual(drizzle('constraints'));
});

test('every index has the name that Drizzle gives it, and is a constraint only where it is one there', async () => {
  const found = await lines(`
    select concat_ws(chr(9), t.relname, x.relname, case when i.indisunique then 'UNIQUE' else 'INDEX' end,
      (select string_agg(a.attname, ',' order by n.place) from unnest(i.indkey::int2[]) with ordinality n (attnum, place)
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = n.attnum)) as line
    from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    where x.relnamespace = $1::regnamespace and not i.indisprimary and i.indrelid <> $2::regclass`);
  expect(found).toEqual(drizzle('indexes'));
});

test('the schema has the enums of Drizzle, and nothing of waybill', async () => {
  expect(
    await lines(`select t.typname || ' ' || array_agg(e.enumlabel order by e.enumsortorder)::text as line
      from pg_type t join pg_enum e on e.enumtypid = t.oid
      where t.typnamespace = $1::regnamespace and $2::text is not null group by t.typname`),
  ).toEqual([
    'api_key_scope {read,write,admin,proxy,metrics,health}',
    'circuit_breaker_state {closed,open,half_open}',
    'server_status {healthy,unhealthy,degraded,unknown,maintenance}',
    'transport_type {http,websocket,stdio,sse}',
  ]);
  const tables = await lines(
    `select relname as line from pg_class where relnamespace = $1::regnamespace and relkind <> 'i' and relname <> $2`,
  );
  const wanted = Object.keys(contract).filter((name) => name !== own);
  expect(tables).toEqual(wanted.sort());
});
