import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { generate as generateMarketplace } from '../../fixtures/marketplace/generate.ts';
import { generate as generateMcpManager } from '../../fixtures/mcp-manager/generate.ts';
import { generate as generateModernize } from '../../fixtures/modernize/generate.ts';
import marketplace from '../../pipelines/marketplace/pipeline.ts';
import mcpManager from '../../pipelines/mcp-manager/pipeline.ts';
import modernize from '../../pipelines/modernize/pipeline.ts';
import { sql } from '../connectors/postgres/database.ts';
import { createPgDatabase } from '../support/databases.ts';
import { pass } from './passage.ts';

/** A dump of the old schema with one setting, whose JSON is null. */
function dump(): string {
  const tables = Object.keys(mcpManager.source.contract.public ?? {});
  const setting = {
    ...{ created_at: '2025-11-24 22:40:31.25893', updated_at: '2024-03-06 13:37:35.921958', value: null },
    ...{ id: '3c7e4b82-bdaf-423c-87e9-d2f0bd6b7f77', key: 'syst-key-000027', description: 'proxy', category: 'write' },
    ...{ is_sensitive: true, is_runtime_configurable: false, version: 656, tenant_id: null },
  };
  return JSON.stringify(Object.fromEntries(tables.map((name) => [name, name === 'system_configs' ? [setting] : []])));
}

test('a JSON null in a column that is not nullable stays the null of JSON', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-json-null-'));
  await writeFile(join(folder, 'dump.json'), dump());
  const target = await createPgDatabase();
  onTestFinished(target.drop);
  const { doubts, ledger } = await pass(
    { pipeline: mcpManager, source: [`json:${folder}/dump.json`], target: target.url },
    { name: 'direct' },
  );
  expect(ledger['public.system_configs > system_config']).toMatchObject({ read: 1, loaded: 1 });
  expect(doubts).toEqual([]);
  expect(await sql(target.url, 'select value::text, value_type from direct.system_config')).toEqual([['null', 'null']]);
});

/** JSON that programs rarely write into a column of objects. */
const rareJson = ['null', '{}', '[]', '"text"', '0', 'true', '[null]'];

/** Sets each JSON column of a source to rare JSON, in one row of its table for each, and to NULL in one more where it may be. */
async function plantRareJson(url: string, { source }: Pipeline): Promise<number> {
  let planted = 0;
  for (const [table, { columns, key }] of Object.entries(source.contract.public ?? {})) {
    for (const [column, type] of Object.entries(columns)) {
      if (!type.startsWith('json')) continue;
      const values = [...rareJson.map((json) => `'${json}'`), ...(type.endsWith('not null') ? [] : ['null'])];
      const order = key.map((name) => `"${name}"`).join(', ');
      await sql(
        url,
        `update "${table}" t set "${column}" = (array[${values.join(', ')}]::${type.split(' ')[0]}[])[numbered.n]
         from (select ctid, row_number() over (order by ${order}) as n from "${table}") numbered
         where t.ctid = numbered.ctid and n <= ${values.length}`,
      );
      planted += 1;
    }
  }
  return planted;
}

test.each([
  ['marketplace', marketplace, generateMarketplace],
  ['mcp-manager', mcpManager, generateMcpManager],
  ['modernize', modernize, generateModernize],
] as const)('%s passes with rare JSON in every JSON column, direct and staged', async (_, pipeline, generate) => {
  const [from, to] = [await createPgDatabase(), await createPgDatabase()];
  onTestFinished(async () => {
    await from.drop();
    await to.drop();
  });
  await generate({ url: from.url, scale: 1, seed: 7, defects: false, replace: true });
  expect(await plantRareJson(from.url, pipeline)).toBeGreaterThan(5);
  const ends = { pipeline, source: [from.url], target: to.url };
  const direct = await pass(ends, { name: 'direct' });
  expect(direct.doubts).toEqual([]);
  const staged = await pass(ends, { name: 'staged', staged: true });
  expect(staged.doubts).toEqual([]);
  expect(staged.ledger).toEqual(direct.ledger);
  expect(staged.records).toEqual(direct.records);
});
