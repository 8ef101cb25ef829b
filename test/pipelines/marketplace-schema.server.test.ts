import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgres } from '../../connectors/postgres/connector.ts';
import { parsePostgresType } from '../../connectors/postgres/types.ts';
import { driftOf } from '../../core/mapping/plan/drift.ts';
import { tablesOfContract } from '../../core/model/schema.ts';
import type { Target } from '../../core/ports/target.ts';
import marketplace from '../../pipelines/marketplace/pipeline.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';

const { migrations, finalVersion, contract } = marketplace.target;
let database: TestDatabase;
let client: pg.Client;
let target: Target;

beforeAll(async () => {
  database = await createPgDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  target = (await postgres.openTarget?.(database.url, { schema: 'shop', settings: {} })) as Target;
  await target.migrate(migrations, finalVersion);
});

afterAll(async () => {
  await target.close();
  await client.end();
  await database.drop();
});

test('the DDL makes exactly the tables, columns, types and keys of the target contract', async () => {
  const live = await target.inspector.tables(['']);
  const wanted = tablesOfContract('', contract, parsePostgresType);
  expect(driftOf(wanted, live, 'target')).toEqual([]);
  const shape = (table: (typeof live)[number] | undefined) => [
    table?.columns.map(({ name, hasDefault = false }) => [name, hasDefault]),
    table?.unique,
  ];
  for (const table of wanted) expect(shape(live.find(({ name }) => name === table.name))).toEqual(shape(table));
});

test('exactly the relations declared as foreign keys are foreign keys', async () => {
  const found = (await target.inspector.constraints())
    .filter(({ kind }) => kind === 'foreign')
    .map(({ table, columns, parent, parentColumns }) => `${table}(${columns}) > ${parent}(${parentColumns})`);
  const wanted = marketplace.relations
    .filter(({ decision }) => decision === 'foreign-key')
    .map(({ target: side }) => `${side?.child}(${side?.columns}) > ${side?.parent}(${side?.parentColumns})`);
  expect(found.sort()).toEqual(wanted.sort());
});

test('the constraints have the names from the DDL of the models', async () => {
  const names = (await target.inspector.constraints()).map(({ table, name, kind, columns }) => [
    name,
    { primary: `${table}_pkey`, unique: `${table}_${columns}_key`, foreign: `${table}_${columns}_fkey` }[
      kind as 'primary'
    ],
  ]);
  expect(names).toHaveLength(19);
  for (const [name, wanted] of names) expect(name).toBe(wanted);
});
