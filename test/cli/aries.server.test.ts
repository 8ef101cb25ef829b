import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { generateAries } from '../../fixtures/aries/generate.ts';
import { planted } from '../../fixtures/aries/planted.ts';
import { type CommandResult, reportOf, waybill, workFolder } from '../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../support/databases.ts';

let folder: string;
let database: TestDatabase;
let connections: readonly string[];

beforeAll(async () => {
  await generateAries({ url: inject('mysqlUrl'), scale: 1, seed: 1, defects: true });
  folder = await workFolder();
  database = await createPgDatabase();
  connections = ['--source', inject('mysqlUrl'), '--target', database.url];
});

afterAll(() => database.drop());

const rejects = ['--max-rejects', '100'];

describe('aries from MariaDB', () => {
  it('is planned without a problem: 118 tables and no column unaccounted for', async () => {
    const { code, stdout, stderr } = await waybill(folder, ['plan', 'aries', '--source', inject('mysqlUrl')]);
    expect(stderr).toBe('');
    expect(stdout).toContain('118 tables, 1497 columns accounted for, 0 columns unaccounted');
    expect(stdout).toContain('live source: matches');
    expect(code).toBe(0);
  });

  it('gives the same digests straight through and by way of JSON Lines, and closes every account', async () => {
    expectPass(await waybill(folder, ['run', 'aries', ...connections, ...rejects, '--run', 'direct']));
    const staged = ['run', 'aries', ...connections, ...rejects, '--staged', '--run', 'staged', '--gzip'];
    expectPass(await waybill(folder, [...staged, '--target-schema', 'aries_staged', '--part-rows', '50']));
    const [direct, through] = [await reportOf(folder, 'direct'), await reportOf(folder, 'staged')];
    expect(through.tables.map((t) => [t.target, t.digest])).toEqual(direct.tables.map((t) => [t.target, t.digest]));
    expect(direct.tables).toHaveLength(118);
    for (const t of direct.tables) {
      expect([t.target, t.loaded + t.rejected + t.filtered]).toEqual([t.target, t.read]);
      expect([t.target, t.loaded > 0]).toEqual([t.target, true]);
    }
  });

  it('makes of every planted defect what the planted list says, and nothing of anything else', async () => {
    const report = await reportOf(folder, 'direct');
    const rejected = planted.filter((p) => p.becomes.kind === 'reject');
    expect(report.totals.rejected).toBe(rejected.length);
    const adjusted = planted.filter((p) => p.becomes.kind === 'adjustment');
    expect(report.totals.adjusted).toBe(adjusted.length);
  });

  it('refuses a target that already holds data, and leaves it alone', async () => {
    const { code, stderr } = await waybill(folder, ['run', 'aries', ...connections, ...rejects]);
    expect(stderr).toContain('already holds rows');
    expect(code).toBe(2);
  });

  it('leaves the target as it was after a dry run', async () => {
    const before = await schemasOf();
    expectPass(await waybill(folder, ['run', 'aries', ...connections, ...rejects, '--dry-run', '--run', 'dry']));
    expect(await schemasOf()).toEqual(before);
  });
});

describe('validate after a run', () => {
  const mutations: readonly (readonly [string, string, RegExp])[] = [
    [
      'a deleted row',
      'delete from aries.invoice_transactions where id = (select max(id) from aries.invoice_transactions)',
      /invoice_transactions/,
    ],
    [
      'a changed amount',
      'update aries.invoice_transactions set amount = amount + 0.01 where id = (select min(id) from aries.invoice_transactions)',
      /invoice_transactions/,
    ],
    [
      'a child pointed at another parent',
      'update aries.customer_notes set customer_id = (select max(id) from aries.customers) where id = (select min(id) from aries.customer_notes)',
      /customer_notes/,
    ],
    [
      'an inserted row',
      "insert into aries.shipping_methods select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid()))).* from aries.shipping_methods m limit 1",
      /shipping_methods/,
    ],
  ];

  it.each(mutations)('finds %s and names table and key', async (_, statement, table) => {
    const client = new pg.Client(database.url);
    await client.connect();
    try {
      await client.query('begin');
      await client.query('commit');
      await client.query(`create table if not exists public.undo as select 1`);
      await client.query(statement);
    } finally {
      await client.end();
    }
    const { code, stdout } = await waybill(folder, ['validate', 'aries', ...connections, '--run', 'direct', '--json']);
    expect(code).toBe(1);
    const failed = (
      JSON.parse(stdout) as { checks: { check: string; subject: string; verdict: string; sampleKeys: string[] }[] }
    ).checks.filter((c) => c.verdict === 'fail');
    const named = failed.filter((c) => table.test(c.subject) && c.sampleKeys.length > 0);
    expect(named.map((c) => c.check)).toContain('checksums');
  });
});

function expectPass({ code, stderr, stdout }: CommandResult): void {
  if (code !== 0) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
}

async function schemasOf(): Promise<unknown> {
  const client = new pg.Client(database.url);
  await client.connect();
  const { rows } = await client.query(
    "select table_schema, table_name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2",
  );
  await client.end();
  return rows;
}
