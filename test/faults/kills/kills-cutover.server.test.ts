import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Failpoint } from '../../../engine/failpoint.ts';
import { type CommandResult, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../../support/databases.ts';
import { expectExit } from '../disturbed-run.ts';
import { backKills, swapKills } from './kill-points.ts';

const committed = (pipeline: string): string =>
  `jsonl:${resolve(import.meta.dirname, `../../../fixtures/${pipeline}/data`)}`;
const backup = ['--backup-command', 'echo a copy > "$WAYBILL_BACKUP_FILE"'];

let folder: string;
let database: TestDatabase;

/** Run r1 is live, and r2 is about to replace it. Run c01 is live, and c02 is about to be appended to it. */
beforeAll(async () => {
  folder = await workFolder();
  database = await createPgDatabase();
  for (const [pipeline, run] of [
    ['marketplace', 'r1'],
    ['aries', 'c01'],
  ] as const) {
    expectExit(await load(pipeline, run), 0);
    expectExit(await type(['cutover', run]), 0);
  }
  expectExit(await load('marketplace', 'r2'), 0);
  expectExit(await load('aries', 'c02', '--param', 'tenant=c02'), 0);
});

afterAll(() => database.drop());

describe('a cutover that is killed repeatedly', () => {
  it.each(swapKills)('at %s leaves one of two states', async (at) => {
    await killed(['cutover', 'r2', ...backup], at);
    const isDone = at === 'change-committed';
    expect(await schemaOf('r2')).toBe(isDone ? 'marketplace' : 'r2_shadow');
    expect(await schemaOf('r1')).toBe(isDone ? 'marketplace_before_r2' : 'marketplace');
    expect(await states('r2')).toEqual(isDone ? ['live'] : []);
  });

  it('is then done, as the next command reports, and has left nothing behind', async () => {
    const again = await type(['cutover', 'r2', ...backup, '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ run: 'r2', state: 'live', isNew: false });
    expect(await schemas()).toEqual(['aries', 'c02_shadow', 'marketplace', 'marketplace_before_r2', 'waybill']);
    expect(await readdir(join(folder, '.waybill/runs/r2/backup'))).toEqual(['marketplace.backup']);
  });
});

describe('a rollback that is killed repeatedly', () => {
  it.each(backKills)('at %s leaves one of two states', async (at) => {
    await killed(['rollback', 'r2'], at);
    const isDone = at === 'change-committed';
    expect(await schemaOf('r2')).toBe(isDone ? 'r2_shadow' : 'marketplace');
    expect(await schemaOf('r1')).toBe(isDone ? 'marketplace' : 'marketplace_before_r2');
    expect(await states('r2')).toEqual([isDone ? 'rolled-back' : 'live']);
  });

  it('is then done, as the next command reports', async () => {
    const again = await type(['rollback', 'r2', '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ run: 'r2', state: 'rolled-back', isNew: false });
    expect(await schemas()).toEqual(['aries', 'c02_shadow', 'marketplace', 'r2_shadow', 'waybill']);
  });
});

describe('a tenant', () => {
  it.each(swapKills)('that is appended by a command killed at %s is in with all its rows or with none', async (at) => {
    await killed(['cutover', 'c02', '--append', ...backup], at);
    const isDone = at === 'change-committed';
    expect(await tenantRows()).toBe(isDone ? await rowsOf('c02_shadow') : 0);
    expect(await states('c02')).toEqual(isDone ? ['live'] : []);
  });

  it.each(backKills)('that is removed by a command killed at %s is in with all its rows or with none', async (at) => {
    await killed(['rollback', 'c02'], at);
    const isDone = at === 'change-committed';
    expect(await tenantRows()).toBe(isDone ? 0 : await rowsOf('c02_shadow'));
    expect(await states('c02')).toEqual([isDone ? 'rolled-back' : 'live']);
  });

  it('is then removed, as the next command reports', async () => {
    const again = await type(['rollback', 'c02', '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ run: 'c02', state: 'rolled-back', isNew: false });
  });
});

async function killed(args: readonly string[], at: Failpoint): Promise<void> {
  expectExit(await type(args, { WAYBILL_FAULTS: 'on', WAYBILL_FAILPOINT: at }), null);
}

function type(args: readonly string[], environment: Record<string, string> = {}): Promise<CommandResult> {
  return waybill(folder, args, { WAYBILL_TARGET_URL: database.url, ...environment });
}

function load(pipeline: string, run: string, ...args: readonly string[]): Promise<CommandResult> {
  const ends = ['--source', committed(pipeline), '--target-schema', `${run}_shadow`];
  return type(['run', pipeline, ...ends, '--run', run, '--max-rejects', '100', '--quiet', ...args]);
}

async function schemaOf(run: string): Promise<unknown> {
  return (await query(`select target_schema as name from waybill.run where run = '${run}'`))[0]?.name;
}

async function states(run: string): Promise<unknown[]> {
  const there = await query("select to_regclass('waybill.cutover') is not null as is");
  if (!there[0]?.is) return [];
  return (await query(`select state from waybill.cutover where run = '${run}' order by id`)).map(({ state }) => state);
}

async function schemas(): Promise<unknown[]> {
  const sql = `select nspname::text as name from pg_namespace
    where nspname !~ '^pg_|^information_schema$|^public$' order by 1`;
  return (await query(sql)).map(({ name }) => name);
}

/** Rows of the second tenant in the live schema. */
async function tenantRows(): Promise<number> {
  return rowsOf('aries', 'where tenant_id = (select min(id::text)::uuid from c02_shadow.tenants)');
}

/** Counts the rows of all tables that have a tenant. */
async function rowsOf(schema: string, condition = ''): Promise<number> {
  const tables = await query(`select table_name as name from information_schema.columns
    where table_schema = '${schema}' and column_name = 'tenant_id'`);
  const counts = tables.map(({ name }) => `(select count(*) from ${schema}.${name} ${condition})`);
  return Number((await query(`select ${counts.join(' + ')} as rows`))[0]?.rows);
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  return (await client.query(sql).finally(() => client.end())).rows;
}
