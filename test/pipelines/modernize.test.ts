import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePostgresType } from '../../connectors/postgres/types.ts';
import { planPipeline } from '../../core/mapping/plan/plan.ts';
import type { SchemaContract } from '../../core/model/schema.ts';
import modernize from '../../pipelines/modernize/pipeline.ts';
import { testTenantOf, testTenants } from '../../transforms/modernize/mock.ts';

const { public: source = {} } = modernize.source.contract;
const target: SchemaContract = modernize.target.contract;
const params = Object.fromEntries(Object.entries(modernize.params).map(([name, p]) => [name, p.default]));
const types = { source: parsePostgresType, target: parsePostgresType };

test('the plan has no problems and accounts for all 951 columns of the 51 legacy tables', () => {
  const plan = planPipeline(modernize, params, types);
  expect(plan.problems).toEqual([]);
  expect(Object.keys(source)).toHaveLength(51);
  expect({ accounted: plan.accounted, unaccounted: plan.unaccounted }).toEqual({ accounted: 951, unaccounted: 0 });
});

test('30 tables are dropped with a reason, and the other 21 are read once each', () => {
  const left = Object.values(source).filter(({ leftBehind }) => leftBehind !== undefined);
  expect(left).toHaveLength(30);
  expect(new Set(modernize.mappings.map((m) => m.from)).size).toBe(21);
  expect(modernize.mappings).toHaveLength(21);
});

test('a rule or filter reads is_mock of every migrated table that has it', () => {
  const deaf = modernize.mappings.filter(({ from, columns, filter }) => {
    if (!('is_mock' in (source[from.replace('public.', '')]?.columns ?? {}))) return false;
    return ![...Object.values(columns), filter].some((rule) =>
      (rule?.reads as string[] | undefined)?.includes('is_mock'),
    );
  });
  expect(deaf.map(({ from }) => from)).toEqual([]);
});

test('each of the four v3 tables yields to its twin, and fills the same columns in the same order', () => {
  const losers = modernize.mappings.filter((m) => m.yieldsTo !== undefined);
  expect(losers.map((m) => [m.from, m.yieldsTo])).toEqual([
    ['public.v3_discovery_flows', 'public.discovery_flows'],
    ['public.v3_data_imports', 'public.data_imports'],
    ['public.v3_raw_import_records', 'public.raw_import_records'],
    ['public.v3_field_mappings', 'public.import_field_mappings'],
  ]);
  for (const { to, yieldsTo, columns } of losers) {
    const winner = modernize.mappings.find((m) => m.from === yieldsTo);
    expect([to, Object.keys(columns)]).toEqual([winner?.to, Object.keys(winner?.columns ?? {})]);
  }
});

test('each mapping has its own file, and every file is in the list', () => {
  const files = readdirSync('transforms/modernize', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'source')
    .flatMap(({ name }) => readdirSync(`transforms/modernize/${name}`));
  expect(files).toHaveLength(21);
});

test('the rows of one mock account go to one test tenant, and the test tenants are unchanged', () => {
  expect(testTenants.map(testTenantOf)).toEqual([...testTenants]);
  expect(['0', '9', 'a', 'f'].map((digit) => testTenantOf(`7d1f1a52-6b0e-4f2a-9a57-2f8a4b9f0c3${digit}`))).toEqual([
    testTenants[1],
    testTenants[0],
    testTenants[1],
    testTenants[0],
  ]);
});

test('relations name columns that exist on both sides, each once', () => {
  const columnsOf = (table: string): string[] => Object.keys(source[table.replace('public.', '')]?.columns ?? {});
  for (const { child, columns, parent, parentColumns, target: mapped, decision } of modernize.relations) {
    expect(columnsOf(child), child).toEqual(expect.arrayContaining([...columns]));
    expect(columnsOf(parent), parent).toEqual(expect.arrayContaining([...parentColumns]));
    expect(mapped === undefined, child).toBe(decision === 'none');
    if (mapped === undefined) continue;
    expect(Object.keys(target[mapped.child]?.columns ?? {})).toEqual(expect.arrayContaining([...mapped.columns]));
    expect(Object.keys(target[mapped.parent]?.columns ?? {})).toEqual(
      expect.arrayContaining([...mapped.parentColumns]),
    );
  }
  const names = modernize.relations.map((r) => `${r.child}(${r.columns}) ${r.parent}`);
  expect(new Set(names).size).toBe(63);
});

test('every reference that reads a column of its table is a relation', () => {
  const relations = modernize.relations.map((r) => `${r.child}(${r.columns}) ${r.target?.parent}`);
  const references = modernize.mappings.flatMap((m) =>
    Object.values(m.columns).flatMap(({ reads, reference }) => {
      const [own] = reads;
      return reference === undefined || own === undefined || own.includes('.')
        ? []
        : [`${m.from}(${own}) ${reference.entity}`];
    }),
  );
  expect(references.length).toBeGreaterThan(40);
  expect(references.filter((reference) => !relations.includes(reference))).toEqual([]);
});

test('the README has a rule for each of the gotchas 47 to 56', () => {
  const readme = readFileSync('pipelines/modernize/README.md', 'utf8');
  for (let n = 47; n <= 56; n++) expect(readme).toMatch(new RegExp(`^${n}\\. \\S`, 'm'));
});
