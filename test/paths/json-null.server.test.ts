import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import mcpManager from '../../pipelines/mcp-manager/pipeline.ts';
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
