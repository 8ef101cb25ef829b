import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../../../fixtures/modernize/generate.ts';
import { planted } from '../../../fixtures/modernize/planted.ts';
import { systemUser, testTenants } from '../../../fixtures/modernize/world.ts';
import modernize from '../../../pipelines/modernize/pipeline.ts';
import { recordsOf, reportOf, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../../support/databases.ts';
import { provedTables } from '../../support/modernize.ts';

let folder: string;
let legacy: TestDatabase;
let modern: TestDatabase;

beforeAll(async () => {
  folder = await workFolder();
  [legacy, modern] = [await createPgDatabase(), await createPgDatabase()];
  await generate({ url: legacy.url, scale: 1, seed: 1, defects: true });
});

afterAll(async () => {
  await legacy.drop();
  await modern.drop();
});

/** Runs into a schema named for the run and returns the tables of its report. Fails unless the run passes. */
async function run(name: string, ...options: string[]) {
  const args = ['run', 'modernize', '--source', legacy.url, '--target', modern.url, '--target-schema', name];
  return provedTables(
    folder,
    name,
    await waybill(folder, [...args, '--max-rejects', '100', '--run', name, ...options]),
  );
}

describe('modernize from PostgreSQL', () => {
  it('plans without a problem against the live schema, including tables that are left behind', async () => {
    const { code, stdout } = await waybill(folder, ['plan', 'modernize', '--source', legacy.url]);
    expect(stdout).toContain('21 tables, 951 columns accounted for, 0 columns unaccounted');
    expect(stdout).toContain('live source: matches');
    expect(code).toBe(0);
  });

  it('gives the same directly and through JSON Lines, and reconciles every table', async () => {
    const [direct, staged] = [await run('direct'), await run('staged', '--staged', '--check-rows')];
    expect(staged).toEqual(direct);
    expect(direct).toHaveLength(21);
    for (const t of direct) expect([t.target, t.loaded + t.rejected + t.filtered]).toEqual([t.target, t.read]);
    for (const name of Object.keys(modernize.target.contract)) {
      const rows = (schema: string) => query(modern, `select t::text from ${schema}.${name} t order by 1`);
      expect([name, await rows('staged')]).toEqual([name, await rows('direct')]);
    }
  });

  it('records every planted defect as the planted list says, and nothing else', async () => {
    const expected = planted.flatMap(({ table, key, column, becomes: { kind, rule } }) =>
      kind === 'carried' ? [] : [`${table} ${key} ${column} ${kind} ${rule}`],
    );
    const texts = (await recordsOf(folder, 'direct')).map((r) => {
      const column = r.kind === 'filter' ? null : r.column;
      return `${r.mapping.split(' > ')[0]} ${r.key.replace(/^\w+=/, '')} ${column} ${r.kind} ${r.rule}`;
    });
    expect(texts.map(targetOnly).sort()).toEqual(expected.map(targetOnly).sort());
  });

  it('stores every planted value that arrives as the planted list says', async () => {
    for (const { id, table, key, column, becomes } of planted) {
      const { to = '' } = modernize.mappings.find(({ from }) => from === table) ?? {};
      const [own] = modernize.target.contract[to]?.key ?? [];
      if (becomes.target === undefined) continue;
      const sql = `select ${column}::text as value from direct.${to} where ${own} = $1`;
      expect([id, await query(modern, sql, [key])]).toEqual([id, [{ value: becomes.target }]]);
    }
  });

  it('keeps the unprefixed row where ids collide, and loads nothing of the other', async () => {
    const found = await query(
      modern,
      `select flow_name from direct.discovery_flows where flow_name in ('Planted', 'Older')`,
    );
    expect(new Set(found.map((row) => (row as { flow_name: string }).flow_name))).toEqual(new Set(['Planted']));
  });

  it('filters mock rows on request, records each, and keeps what a mock user wrote', async () => {
    await run('left_out', '--param', 'mock=leave-out');
    const accounts = await query(modern, 'select id from left_out.client_accounts where id::text = any ($1)', [
      [...testTenants],
    ]);
    expect(accounts).toEqual([]);
    const [real] = await query(
      legacy,
      `select count(*)::int as rows from assets a join engagements e on e.id = a.engagement_id
       join client_accounts c on c.id = a.client_account_id
       where not a.is_mock and not e.is_mock and not c.is_mock and length(a.name) <= 255`,
    );
    expect(await query(modern, 'select count(*)::int as rows from left_out.assets')).toEqual([real]);
    const records = await recordsOf(folder, 'left_out');
    expect(records.filter(({ rule }) => rule === 'mock-row')).toEqual([]);
    const authors = records.filter(({ rule }) => rule === 'mock-user');
    expect(authors.map(({ mapping }) => mapping.split(' > ')[1]).sort()).toEqual(['data_imports', 'engagement_access']);
    for (const record of authors) expect(record).toMatchObject({ to: systemUser });
  });

  it('refuses an unknown policy for mock rows', async () => {
    const args = ['run', 'modernize', '--source', legacy.url, '--target', modern.url, '--target-schema', 'other'];
    const { code, stderr } = await waybill(folder, [...args, '--param', 'mock=maybe']);
    expect(stderr).toContain('The parameter mock is neither test-tenants nor leave-out.');
    expect(code).toBe(2);
  });

  it('checks row-level security tenant by tenant', async () => {
    const { checks } = await reportOf(folder, 'direct');
    const found = checks.filter(({ check }) => check === 'row-security').map((c) => [c.subject, c.verdict, c.actual]);
    const [{ rows }] = (await query(modern, 'select count(*)::int as rows from direct.assets')) as [{ rows: number }];
    expect(found).toContainEqual(['assets', 'pass', rows]);
    expect(found).toContainEqual(['user_profiles', 'pass', 0]);
    expect(found).toContainEqual(['engagements', 'pass', null]);
  });
});

describe('the generator', () => {
  it('makes rows without records when no defects are planted', async () => {
    await generate({ url: legacy.url, scale: 2, seed: 1, defects: false, replace: true });
    await run('clean');
    expect(await recordsOf(folder, 'clean')).toEqual([]);
  });
});

/** Resolve counts its records for the first mapping of a table, so records are compared by target table. */
function targetOnly(text: string): string {
  const [from = '', ...rest] = text.split(' ');
  return [modernize.mappings.find((m) => m.from === from)?.to, ...rest].join(' ');
}

async function query(
  database: TestDatabase,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly unknown[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    await client.query(`set timezone = 'UTC'`);
    return (await client.query(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
