import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { connectorFor } from '../../connectors/registry.ts';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import type { Column, TableSchema } from '../../core/model/schema.ts';
import type { Target } from '../../core/ports/target.ts';
import { loadPipeline, pipelineNames } from '../../operations/modules/load-pipeline.ts';
import { createPgDatabase } from '../support/databases.ts';

const root = resolve(import.meta.dirname, '../..');
const width = 128;

test.each(await pipelineNames())('the target contract of %s is what its DDL makes', async (name) => {
  const path = join(root, 'pipelines', name, 'target.ts');
  const text = contractText(await tablesOf(await loadPipeline(name)));
  if (process.env.WAYBILL_UPDATE_CONTRACTS === '1') {
    if (process.env.CI !== undefined) throw new Error('WAYBILL_UPDATE_CONTRACTS must not be set in CI');
    writeFileSync(path, text);
  }
  expect(readFileSync(path, 'utf8')).toBe(text);
});

/** The tables that the versions up to the load make, with the unique keys that all versions make. */
async function tablesOf({
  target: { migrations, loadVersion, finalVersion },
}: Pipeline): Promise<readonly TableSchema[]> {
  const { url, drop } = await createPgDatabase();
  try {
    const { openTarget } = await connectorFor('postgres:');
    const target = (await openTarget?.(url, { schema: 'made', settings: {} })) as Target;
    try {
      await target.migrate(join(root, migrations), loadVersion);
      const loaded = await target.inspector.tables(['']);
      await target.migrate(join(root, migrations), finalVersion);
      const unique = new Map((await target.inspector.tables([''])).map((table) => [table.name, table.unique]));
      return loaded.map((table) => ({ ...table, unique: unique.get(table.name) ?? [] }));
    } finally {
      await target.close();
    }
  } finally {
    await drop();
  }
}

function contractText(tables: readonly TableSchema[]): string {
  return [
    '// biome-ignore-all format: generated',
    "import type { SchemaContract } from '../../public/index.ts';",
    '',
    '/**',
    ' * The tables that `schema/` makes before the load, with the unique keys that it makes later. Generated from them, do not edit:',
    ' * `WAYBILL_UPDATE_CONTRACTS=1 npx vitest run --project servers test/pipelines/target-contracts`',
    ' */',
    'export const target = {',
    ...tables.flatMap(tableLines),
    '} as const satisfies SchemaContract;',
    '',
  ].join('\n');
}

function tableLines({ name, key, unique, columns }: TableSchema): string[] {
  const uniques = unique.length === 0 ? '' : ` unique: [${unique.map(listText).join(', ')}],`;
  return [
    `  ${nameText(name)}: {`,
    `    key: ${listText(key)},${uniques}`,
    '    columns: {',
    ...packed(columns.map((column) => `${nameText(column.name)}: ${quoted(typeText(column))},`)),
    '    },',
    '  },',
  ];
}

/** `timestamp with time zone not null default` */
function typeText({ type, nullable, hasDefault }: Column): string {
  const labels = (type.labels ?? []).map((label) => `'${label.replaceAll("'", "''")}'`);
  const native = type.kind === 'enum' ? `enum(${labels.join(',')})` : type.native;
  return `${native}${nullable ? '' : ' not null'}${hasDefault === true ? ' default' : ''}`;
}

/** Several columns a line. */
function packed(columns: readonly string[]): string[] {
  const lines: string[] = [];
  for (const column of columns) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + column.length <= width) lines[lines.length - 1] = `${last} ${column}`;
    else lines.push(`      ${column}`);
  }
  return lines;
}

function listText(names: readonly string[]): string {
  return `[${names.map(quoted).join(', ')}]`;
}

function nameText(name: string): string {
  return /^[a-zA-Z_]\w*$/.test(name) ? name : quoted(name);
}

function quoted(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}
