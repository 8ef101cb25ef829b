import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgres } from '../../connectors/postgres/connector.ts';
import { parsePostgresType } from '../../connectors/postgres/types.ts';
import { driftOf } from '../../core/drift.ts';
import type { Target } from '../../core/ports.ts';
import { tablesOfContract } from '../../core/schema.ts';
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

test('every relation that is decided to be a foreign key is one, and no other', async () => {
  const found = (await target.inspector.constraints())
    .filter(({ kind }) => kind === 'foreign')
    .map(({ table, columns, parent, parentColumns }) => `${table}(${columns}) > ${parent}(${parentColumns})`);
  const wanted = marketplace.relations
    .filter(({ decision }) => decision === 'foreign-key')
    .map(({ target: side }) => `${side?.child}(${side?.columns}) > ${side?.parent}(${side?.parentColumns})`);
  expect(found.sort()).toEqual(wanted.sort());
});

test('the constraints have the names that the DDL of the models gives them', async () => {
  const names = (await target.inspector.constraints()).map(({ table, name, kind, columns }) => [
    name,
    { primary: `${table}_pkey`, unique: `${table}_${columns}_key`, foreign: `${table}_${columns}_fkey` }[
      kind as 'primary'
    ],
  ]);
  expect(names).toHaveLength(19);
  for (const [name, wanted] of names) expect(name).toBe(wanted);
});

test('down takes everything away, and up again gives the same catalog', async () => {
  const before = await catalog();
  expect(before.length).toBeGreaterThan(100);
  await target.migrate(migrations, 0);
  expect(await catalog()).toEqual([]);
  await target.migrate(migrations, finalVersion);
  expect(await catalog()).toEqual(before);
});

test('each undo file takes away exactly what its do file made', async () => {
  await client.query('create schema steps; set search_path to steps');
  const steps: (() => Promise<void>)[] = [];
  for (let version = 1; version <= finalVersion; version++) {
    const before = await catalog('steps');
    await client.query(ddlOf(version, 'do'));
    expect(await catalog('steps')).not.toEqual(before);
    steps.unshift(async () => {
      await client.query(ddlOf(version, 'undo'));
      expect(await catalog('steps')).toEqual(before);
    });
  }
  for (const undo of steps) await undo();
});

function ddlOf(version: number, direction: 'do' | 'undo'): string {
  const file = readdirSync(migrations).find((name) => name.startsWith(`00${version}.${direction}.`));
  return readFileSync(`${migrations}/${file}`, 'utf8');
}

/** Every column, default, constraint, index and sequence of the schema, one text each. */
async function catalog(schema = 'shop'): Promise<string[]> {
  const { rows } = await client.query(`
    select format('%s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
      pg_get_expr(d.adbin, d.adrelid)) as line
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = '${schema}'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_version'
    union all
    select format('%s %s', conname, pg_get_constraintdef(oid)) from pg_constraint
    where connamespace = '${schema}'::regnamespace and conrelid::regclass::text !~ 'schema_version'
    union all
    select indexdef from pg_indexes where schemaname = '${schema}' and tablename <> 'schema_version'
    union all
    select format('%s %s', sequencename, data_type) from pg_sequences where schemaname = '${schema}'
    order by 1`);
  return (rows as { line: string }[]).map(({ line }) => line);
}
