import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Rule } from '../../core/mapping/mapping.ts';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { carry } from '../../core/mapping/rules.ts';
import { sql } from '../connectors/postgres/database.ts';
import { createPgDatabase } from '../support/databases.ts';
import { type Passage, pass, type Way } from './passage.ts';

/** One table `docs` whose columns are carried under their own names, unless a rule says otherwise. */
export interface CarriedTable {
  readonly dialect: string;
  /** The value of `--source`. */
  readonly source: string;
  /** Column → type as the contract writes it; the first column is the key. */
  readonly from: Readonly<Record<string, string>>;
  readonly to: Readonly<Record<string, string>>;
  readonly rules?: Readonly<Record<string, Rule>>;
  /** DDL before the table. */
  readonly before?: string;
}

/** The pipeline of a carried table. */
export async function carriedPipeline({ dialect, from, to, rules = {}, before = '' }: CarriedTable): Promise<Pipeline> {
  const migrations = await mkdtemp(join(tmpdir(), 'waybill-carried-'));
  const [key = ''] = Object.keys(to);
  const columns = Object.entries(to).map(([name, type]) => `"${name}" ${type}`);
  await writeFile(
    join(migrations, '001.do.tables.sql'),
    `${before}\ncreate table docs (${columns.join(', ')}, primary key ("${key}"));`,
  );
  await writeFile(join(migrations, '001.undo.tables.sql'), 'drop table docs;');
  const [sourceKey = ''] = Object.keys(from);
  return {
    name: 'carried',
    title: 'One carried table',
    source: { dialect, contract: { app: { docs: { key: [sourceKey], columns: from } } } },
    target: {
      ...{ schema: 'docs', migrations, loadVersion: 1, finalVersion: 1, unmapped: {} },
      contract: { docs: { key: [key], columns: to } },
    },
    mappings: [
      {
        ...{ from: 'app.docs', to: 'docs', scope: 'shared', drops: {} },
        columns: Object.fromEntries(Object.keys(to).map((name) => [name, rules[name] ?? carry(name)])),
      },
    ],
    ...{ relations: [], params: {}, tenantParam: null, seed: () => ({}) },
  };
}

/** Migrates the table in this way, and reads the target. */
export async function carried(
  table: CarriedTable,
  way: Way = { name: 'direct' },
): Promise<Passage & { readonly rows: readonly (readonly (string | null)[])[] }> {
  const target = await createPgDatabase();
  onTestFinished(target.drop);
  const passage = await pass(
    { pipeline: await carriedPipeline(table), source: [table.source], target: target.url },
    way,
  );
  const columns = Object.keys(table.to).map((name) => `"${name}"`);
  const rows = await sql(target.url, `select ${columns.join(', ')} from ${way.name}.docs order by 1`);
  return { ...passage, rows };
}
