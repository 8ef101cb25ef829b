import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { generateAries } from '../../../fixtures/aries/generate.ts';
import { planted } from '../../../fixtures/aries/planted.ts';
import { type CommandResult, recordsOf, reportOf, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../../support/databases.ts';

const databases = { c01: 'cli_c01', dmeworks: 'cli_dmeworks', repository: 'cli_repository' };
const rejects = ['--max-rejects', '100'];
let folder: string;
let database: TestDatabase;
let source: readonly string[];
let connections: readonly string[];

beforeAll(async () => {
  const url = inject('mysqlUrl');
  await generateAries({ url, scale: 1, seed: 1, defects: true, databases });
  folder = await workFolder();
  database = await createPgDatabase();
  source = Object.entries(databases).flatMap(([name, live]) => ['--source', `${name}=${new URL(live, url).href}`]);
  connections = [...source, '--target', database.url];
});

afterAll(() => database.drop());

describe('aries from MariaDB', () => {
  it('plans without a problem: 118 tables and no column unaccounted for', async () => {
    const { code, stdout, stderr } = await waybill(folder, ['plan', 'aries', ...source]);
    expect(stderr).toBe('');
    expect(stdout).toContain('118 tables, 1497 columns accounted for, 0 columns unaccounted');
    expect(stdout).toContain('413 relations: 338 foreign keys, 66 lookups, 9 no relation');
    expect(stdout).toContain('live source: matches');
    expect(code).toBe(0);
  });

  it('gives the same digests directly and through JSON Lines, and reconciles every table', async () => {
    expectPass(await waybill(folder, ['run', 'aries', ...connections, ...rejects, '--run', 'direct']));
    const staged = [
      'run',
      'aries',
      ...connections,
      ...rejects,
      '--staged',
      '--run',
      'staged',
      '--gzip',
      '--check-rows',
    ];
    expectPass(await waybill(folder, [...staged, '--target-schema', 'aries_staged', '--part-rows', '50']));
    const [direct, through] = [await reportOf(folder, 'direct'), await reportOf(folder, 'staged')];
    expect(through.tables).toEqual(direct.tables);
    expect(direct.tables).toHaveLength(118);
    for (const t of direct.tables) {
      expect([t.target, t.loaded + t.rejected + t.filtered]).toEqual([t.target, t.read]);
      expect([t.target, t.loaded > 0]).toEqual([t.target, true]);
    }
  });

  it('records every planted defect as the planted list says, and nothing else', async () => {
    const expected = planted.flatMap(({ table, becomes: { kind, rule } }) =>
      kind === 'adjustment' || kind === 'reject' ? [`${table} ${kind} ${rule}`] : [],
    );
    const found = await recordsOf(folder, 'direct');
    expect(found.map((r) => `${r.mapping.split(' > ')[0]} ${r.kind} ${r.rule}`).sort()).toEqual(expected.sort());
  });

  it('refuses a target that already holds data, and leaves it unchanged', async () => {
    const { code, stderr } = await waybill(folder, ['run', 'aries', ...connections, ...rejects]);
    expect(stderr).toContain('already holds rows');
    expect(code).toBe(2);
  });

  it('leaves the target as it was after a dry run', async () => {
    const before = await query(tablesSql);
    expectPass(await waybill(folder, ['run', 'aries', ...connections, ...rejects, '--dry-run', '--run', 'dry']));
    expect(await query(tablesSql)).toEqual(before);
  });
});

/** Each statement changes one row and is undone afterwards. Triggers and foreign keys are off, as for a manual mistake. */
const mutations = [
  {
    what: 'a deleted row',
    table: 'invoice_transactions',
    key: 'select max(id::text) as id from aries_next.invoice_transactions',
    change: 'delete from aries_next.invoice_transactions where id = $1',
  },
  {
    what: 'a changed amount',
    table: 'invoice_transactions',
    key: 'select min(id::text) as id from aries_next.invoice_transactions',
    change: 'update aries_next.invoice_transactions set amount = amount + 0.01 where id = $1',
  },
  {
    what: 'a child pointed at another existing parent',
    table: 'customer_notes',
    key: 'select min(id::text) as id from aries_next.customer_notes',
    change: `update aries_next.customer_notes set customer_id =
      (select c.id from aries_next.customers c where c.id <> customer_notes.customer_id limit 1) where id = $1`,
  },
  {
    what: 'an inserted row',
    table: 'shipping_methods',
    key: "select '00000000-0000-8000-8000-000000000001' as id",
    change: `insert into aries_next.shipping_methods select (jsonb_populate_record(m, jsonb_build_object('id', $1::text))).*
      from aries_next.shipping_methods m limit 1`,
  },
] as const;

describe('validate after a run', () => {
  it.each(mutations)('finds $what, and names table and key', async ({ table, key, change }) => {
    const [{ id }] = (await query(key)) as [{ id: string }];
    await query(`create table public.kept as select * from aries_next.${table}`);
    await query(change, [id]);
    const { code, stdout } = await waybill(folder, ['validate', 'aries', ...connections, '--run', 'direct', '--json']);
    await query(`delete from aries_next.${table}`);
    await query(`insert into aries_next.${table} select * from public.kept`);
    await query('drop table public.kept');
    expect(code).toBe(1);
    const { checks } = JSON.parse(stdout) as Awaited<ReturnType<typeof reportOf>>;
    const [found] = checks.filter((c) => c.check === 'checksums' && c.verdict === 'fail');
    expect(found?.subject).toMatch(new RegExp(`> ${table}$`));
    const legacyKey = BigInt(`0x${id.slice(-12)}`);
    expect(found?.sampleKeys.join()).toMatch(new RegExp(`\\b(ID=${legacyKey}|${id})\\b`));
  });

  it('passes again once the data is restored', async () => {
    expectPass(await waybill(folder, ['validate', 'aries', ...connections, '--run', 'direct']));
  });
});

const tablesSql = `select table_schema, table_name from information_schema.tables
  where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2`;

async function query(sql: string, values: readonly string[] = []): Promise<readonly unknown[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    return (await client.query(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

function expectPass({ code, stderr, stdout }: CommandResult): void {
  if (code !== 0) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
}
