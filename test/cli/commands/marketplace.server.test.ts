import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../../../fixtures/marketplace/generate.ts';
import { type Planted, planted } from '../../../fixtures/marketplace/planted.ts';
import marketplace from '../../../pipelines/marketplace/pipeline.ts';
import { type CommandResult, recordsOf, reportOf, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../../support/databases.ts';

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

const plan = (): Promise<CommandResult> => waybill(folder, ['plan', 'marketplace', '--source', legacy.url]);

describe('marketplace from PostgreSQL', () => {
  it('plans without a problem, including quoted names, reserved words and the bookkeeping of Prisma', async () => {
    const { code, stdout, stderr } = await plan();
    expect(stderr).toBe('');
    expect(stdout).toContain('10 tables, 97 columns accounted for, 0 columns unaccounted');
    expect(stdout).toContain('8 relations: 7 foreign keys, 1 lookups, 0 no relation');
    expect(stdout).toContain('live source: matches');
    expect(code).toBe(0);
  });

  it('passes directly and through JSON Lines, and reconciles every table', async () => {
    const args = ['run', 'marketplace', '--source', legacy.url, '--target', modern.url, '--max-rejects', '100'];
    expectPass(await waybill(folder, [...args, '--run', 'direct']));
    expectPass(
      await waybill(folder, [...args, '--run', 'staged', '--staged', '--target-schema', 'staged', '--check-rows']),
    );
    const [direct, staged] = [await reportOf(folder, 'direct'), await reportOf(folder, 'staged')];
    expect(staged.tables).toEqual(direct.tables);
    expect(direct.tables).toHaveLength(10);
    for (const t of direct.tables) {
      expect([t.target, t.loaded + t.rejected + t.filtered]).toEqual([t.target, t.read]);
      expect([t.target, t.loaded > 0]).toEqual([t.target, true]);
    }
  });

  it('records every planted defect as the planted list says, and nothing else', async () => {
    const expected = planted.flatMap(({ table, key, column, fills, becomes: { kind, rule } }) =>
      kind === 'adjustment' || kind === 'reject'
        ? [`${table} id=${key} ${fills ?? filledBy(table, column)} ${kind} ${rule}`]
        : [],
    );
    const found = await recordsOf(folder, 'direct');
    const texts = found.map((r) => {
      const column = r.kind === 'filter' ? null : r.column;
      return `${r.mapping.split(' > ')[0]} ${r.key} ${column} ${r.kind} ${r.rule}`;
    });
    expect(texts.sort()).toEqual(expected.sort());
  });

  it('stores every planted value that arrives as the planted list says', async () => {
    for (const plant of planted) {
      const { id, key, becomes } = plant;
      const { table, column } = placeOf(plant);
      const found = await query(
        modern,
        `select ${column}::text as value from marketplace_next.${table} where id::text = $1`,
        [key],
      );
      expect([id, found]).toEqual([id, becomes.kind === 'reject' ? [] : [{ value: becomes.target }]]);
    }
  });

  it('reports the numbers that are not users: all conversations except those of the one user with a numeric id', async () => {
    const { checks } = await reportOf(folder, 'direct');
    const check = checks.find(({ subject }) => subject === 'public.Conversation(userId) > public.User(id)');
    const [facts] = await query(
      legacy,
      `select count(*)::int as all, count(*) filter (where "userId" = 7)::int as seven from "Conversation"`,
    );
    const { all, seven } = facts as { all: number; seven: number };
    expect(seven).toBeGreaterThan(0);
    expect(check).toMatchObject({ verdict: 'pass', expected: all - seven, actual: all - seven });
    expect(check?.sampleKeys).toEqual([]);
  });

  it('sets the sequences above the loaded keys', async () => {
    for (const table of ['conversations', 'messages']) {
      const [row] = await query(
        modern,
        `select nextval(pg_get_serial_sequence('marketplace_next.${table}', 'id')) > max(id) as is_free from marketplace_next.${table}`,
      );
      expect(row).toEqual({ is_free: true });
    }
  });
});

describe('a source with another version of the schema', () => {
  it('is refused with the column that the third migration dropped', async () => {
    await query(legacy, 'alter table "Order" add column "shippingDetails" jsonb');
    const { code, stdout } = await plan();
    await query(legacy, 'alter table "Order" drop column "shippingDetails"');
    expect(stdout).toContain('public.Order.shippingDetails: The source has a column that the contract does not know.');
    expect(code).toBe(3);
  });

  it('is refused without the table that the third migration created', async () => {
    await query(legacy, 'alter table "Shipment" rename to "shipment"');
    const { code, stdout } = await plan();
    await query(legacy, 'alter table "shipment" rename to "Shipment"');
    expect(stdout).toContain('public.Shipment: The source does not have this table.');
    expect(stdout).toContain('public.shipment: The source has a table that the contract does not know.');
    expect(code).toBe(3);
  });

  it('is accepted without the bookkeeping of Prisma, as `prisma db push` leaves it', async () => {
    await query(legacy, 'create schema aside; alter table "_prisma_migrations" set schema aside');
    const { code } = await plan();
    await query(legacy, 'alter table aside."_prisma_migrations" set schema public');
    expect(code).toBe(0);
  });
});

describe('the generator', () => {
  it('leaves a schema that holds tables unchanged, and replaces its own on request', async () => {
    const options = { url: legacy.url, scale: 2, seed: 1, defects: false };
    await expect(generate(options)).rejects.toThrow('already holds tables');
    const { totalRows, rows } = await generate({ ...options, replace: true });
    expect(totalRows).toBe(2080);
    expect(Object.keys(rows)).toHaveLength(10);
  });

  it('makes rows without records when no defects are planted', async () => {
    const args = ['run', 'marketplace', '--source', legacy.url, '--target', modern.url, '--target-schema', 'clean'];
    expectPass(await waybill(folder, [...args, '--run', 'clean']));
    expect(await recordsOf(folder, 'clean')).toEqual([]);
  });
});

/** The target column of a legacy column. */
function filledBy(table: string, column: string): string {
  return placeOf({ table, column } as Planted).column;
}

function placeOf({ table, column, fills }: Planted): { table: string; column: string } {
  const mapping = marketplace.mappings.find(({ from }) => from === table);
  const filled = Object.entries(mapping?.columns ?? {}).filter(([, { reads }]) => reads[0] === column);
  return { table: mapping?.to ?? '', column: fills ?? filled[0]?.[0] ?? '' };
}

async function query(database: TestDatabase, sql: string, values: readonly string[] = []): Promise<readonly unknown[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    await client.query(`set timezone = 'UTC'`);
    return (await client.query(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

function expectPass({ code, stderr, stdout }: CommandResult): void {
  if (code !== 0) throw new Error(`exit ${code}\n${stderr}\n${stdout}`);
}
