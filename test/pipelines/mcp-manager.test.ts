import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePostgresType } from '../../connectors/postgres/types.ts';
import { planPipeline } from '../../core/mapping/plan/plan.ts';
import type { SchemaContract } from '../../core/model/schema.ts';
import mcpManager from '../../pipelines/mcp-manager/pipeline.ts';

const folder = 'pipelines/mcp-manager/schema';
const target: SchemaContract = mcpManager.target.contract;
const source = Object.entries(mcpManager.source.contract.public ?? {});

test('the plan has no problems and accounts for all 322 source columns', () => {
  const types = { source: parsePostgresType, target: parsePostgresType };
  const plan = planPipeline(mcpManager, { owner: '' }, types);
  expect(plan.problems).toEqual([]);
  expect({ accounted: plan.accounted, unaccounted: plan.unaccounted }).toEqual({ accounted: 322, unaccounted: 0 });
});

test('each of the 21 source tables is read, users and sessions twice', () => {
  const reads = source.map(([table]) => mcpManager.mappings.filter((m) => m.from === `public.${table}`).length);
  expect(source).toHaveLength(21);
  expect(source.filter((_, i) => reads[i] !== 1).map(([table]) => table)).toEqual(['users', 'sessions']);
  expect(new Set(mcpManager.mappings.map((m) => m.to)).size).toBe(mcpManager.mappings.length);
});

test('a value without a target column is kept in JSON or dropped by name', () => {
  const dropped = mcpManager.mappings.flatMap((m) => Object.keys(m.drops).map((column) => `${m.from}.${column}`));
  expect(dropped.sort()).toEqual([
    'public.api_keys.api_key_metadata',
    'public.api_keys.permissions',
    'public.audit_logs.created_at',
    'public.audit_logs.updated_at',
    'public.server_tools.success_count',
    'public.system_configs.is_runtime_configurable',
    'public.system_configs.version',
  ]);
});

test('every target table has a mapping or a reason for not having one', () => {
  const fed = mcpManager.mappings.map((m) => m.to);
  expect([...fed, ...Object.keys(mcpManager.target.unmapped)].sort()).toEqual(Object.keys(target).sort());
  expect(Object.keys(target)).toHaveLength(45);
});

test('only settings, plans and true zeros use the defaults of the target', () => {
  const left = mcpManager.mappings.flatMap((m) =>
    Object.entries(target[m.to]?.columns ?? {})
      .filter(([column, type]) => type.endsWith(' default') && !Object.hasOwn(m.columns, column))
      .map(([column]) => `${m.to}.${column}`),
  );
  expect(left).toEqual([
    'tenant.max_users',
    'tenant.max_servers',
    'tenant.max_api_calls',
    'tenant.features',
    'tenant.plan_type',
    'tenant.audit_log_retention',
    'tenant.support_plan',
    'user.two_factor_enabled',
    'account.refresh_token_rotation_enabled',
    'mcp_server.health_check_interval',
    'mcp_tool.is_active',
    'mcp_resource.is_active',
  ]);
});

test('each mapping has its own file, named for its target table', () => {
  const files = readdirSync('transforms/mcp-manager', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\/[^/]+\.ts$/.test(file) && !/^source\/|slugs\.ts$/.test(file))
    .map((file) => file.replace(/^.*\/(.*)\.ts$/, '$1'));
  expect(files.sort()).toEqual(mcpManager.mappings.map((m) => m.to.replaceAll('_', '-')).sort());
});

test('relations name columns that exist on both sides, and every reference is one of them', () => {
  const columnsOf = (table: string) => Object.keys(Object.fromEntries(source)[table.slice(7)]?.columns ?? {});
  for (const { child, columns, parent, parentColumns, target: mapped } of mcpManager.relations) {
    expect(columnsOf(child), child).toEqual(expect.arrayContaining([...columns]));
    expect(columnsOf(parent), parent).toEqual(expect.arrayContaining([...parentColumns]));
    if (mapped === undefined) continue;
    expect(Object.keys(target[mapped.child]?.columns ?? {})).toEqual(expect.arrayContaining([...mapped.columns]));
  }
  const references = mcpManager.mappings.flatMap((m) =>
    Object.entries(m.columns).flatMap(([column, { reference }]) =>
      reference === undefined ? [] : [`${m.to}(${column}) > ${reference.entity}`],
    ),
  );
  const relations = mcpManager.relations.flatMap(({ target: t }) =>
    t ? [`${t.child}(${t.columns}) > ${t.parent}`] : [],
  );
  const owners = ['mcp_server(owner_id) > user', 'tenant(owner_id) > user'];
  expect(references.filter((one) => !relations.includes(one)).sort()).toEqual(owners);
});

test('the README has a rule for each gotcha of this pair of schemas', () => {
  const readme = readFileSync('pipelines/mcp-manager/README.md', 'utf8');
  const numbered = [...readme.matchAll(/^(\d+)\. \S/gm)].map(([, number]) => Number(number));
  expect(numbered).toEqual([37, 38, 39, 40, 41, 42, 43, 44, 45]);
});

test('no identifier of the DDL is longer than the 63 bytes that PostgreSQL keeps', () => {
  const words = readdirSync(folder).flatMap((file) => readFileSync(`${folder}/${file}`, 'utf8').match(/\w+/g) ?? []);
  expect(words.length).toBeGreaterThan(2000);
  expect(words.filter((word) => word.length > 63)).toEqual([]);
});
