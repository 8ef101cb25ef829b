import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePostgresType } from '../../connectors/postgres/types.ts';
import { planPipeline } from '../../core/mapping/plan/plan.ts';
import type { SchemaContract } from '../../core/model/schema.ts';
import { planted } from '../../fixtures/marketplace/planted.ts';
import marketplace from '../../pipelines/marketplace/pipeline.ts';

const plan = planPipeline(marketplace, {}, { source: parsePostgresType, target: parsePostgresType });
const target: SchemaContract = marketplace.target.contract;
const { public: source = {} } = marketplace.source.contract;
const models = Object.entries(source).filter(([, { leftBehind }]) => leftBehind === undefined);
const readme = readFileSync('pipelines/marketplace/README.md', 'utf8');

test('the plan has no problems and no column unaccounted for', () => {
  expect(plan.problems).toEqual([]);
  expect(plan).toMatchObject({ accounted: 97, unaccounted: 0 });
});

test('each of the ten models with its 89 columns becomes one table, and only the bookkeeping of Prisma is dropped', () => {
  expect(models).toHaveLength(10);
  expect(models.flatMap(([, { columns }]) => Object.keys(columns))).toHaveLength(89);
  expect(marketplace.mappings.map((m) => m.from).sort()).toEqual(models.map(([table]) => `public.${table}`).sort());
  expect(Object.keys(source).filter((table) => source[table]?.leftBehind !== undefined)).toEqual([
    '_prisma_migrations',
  ]);
});

test('each column of the models is read by a rule, and none is dropped', () => {
  const read = marketplace.mappings.flatMap((m) =>
    [...new Set(Object.values(m.columns).flatMap((rule) => rule.reads))].map((column) => `${m.from}.${column}`),
  );
  const all = models.flatMap(([table, { columns }]) => Object.keys(columns).map((c) => `public.${table}.${c}`));
  expect(read.sort()).toEqual(all.sort());
  expect(marketplace.mappings.flatMap((m) => Object.keys(m.drops))).toEqual([]);
});

test('every column of the target is filled by a rule, in the order of the contract', () => {
  for (const mapping of marketplace.mappings) {
    expect(Object.keys(mapping.columns), mapping.to).toEqual(Object.keys(target[mapping.to]?.columns ?? {}));
  }
});

test('only the two serial keys of the target have a default, so that no other value is invented', () => {
  const defaulted = Object.entries(target).flatMap(([table, { columns }]) =>
    Object.entries(columns).flatMap(([column, type]) => (type.endsWith(' default') ? [`${table}.${column}`] : [])),
  );
  expect(defaulted).toEqual(['conversations.id', 'messages.id']);
});

test('every decimal that loses digits uses the rule that records it', () => {
  const narrowed = plan.mappings.flatMap(({ mapping, columns }) =>
    columns.filter(({ type }) => type.kind === 'decimal').map(({ name }) => mapping.columns[name]?.name),
  );
  expect(narrowed).toEqual(Array.from({ length: 9 }, () => 'amount'));
});

test('every timestamp that the target keeps as text has the ISO form, and no other text does', () => {
  const made = plan.mappings.flatMap(({ mapping, source: from, columns }) =>
    columns
      .filter(({ name, type }) => {
        const read = from.columns.find((c) => c.name === mapping.columns[name]?.reads[0]);
        return read?.type.kind === 'timestamp' && type.kind === 'text';
      })
      .map(({ name }) => `${mapping.to}.${name} ${mapping.columns[name]?.name}`),
  );
  expect(made).toEqual([
    'analytics_data.created_at iso-text',
    'analytics_data.updated_at iso-text',
    'analytics_snapshots.date iso-text',
    'analytics_snapshots.created_at iso-text',
  ]);
});

test('each mapping has its own file, named for its target table, and every file is in the list', () => {
  const files = readdirSync('transforms/marketplace', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'source')
    .flatMap(({ name }) => readdirSync(`transforms/marketplace/${name}`).map((file) => file.replace('.ts', '')));
  expect(files.sort()).toEqual(marketplace.mappings.map((m) => m.to.replaceAll('_', '-')).sort());
});

test('every type of the contracts is spelled as in PostgreSQL', () => {
  const types = [...Object.values(target), ...Object.values(source)].flatMap(({ columns }) => Object.values(columns));
  const misspelt = types
    .map((text) => text.replace(/ default$/, '').replace(/ not null$/, ''))
    .filter((text) => parsePostgresType(text).native !== text);
  expect(misspelt).toEqual([]);
});

test('every reference of the mappings is a foreign key among the relations, and vice versa', () => {
  const references = marketplace.mappings.flatMap((m) =>
    Object.entries(m.columns).flatMap(([column, { reads, reference }]) =>
      reference === undefined ? [] : [`${m.from}(${reads}) ${m.to}(${column}) ${reference.entity}`],
    ),
  );
  const relations = marketplace.relations
    .filter((r) => r.decision === 'foreign-key')
    .map((r) => `${r.child}(${r.columns}) ${r.target?.child}(${r.target?.columns}) ${r.target?.parent}`);
  expect(relations).toHaveLength(7);
  expect(relations.sort()).toEqual(references.sort());
});

test('the README has a rule for each of the 18 contradictions, and those that rows can show are planted', () => {
  const answered = [...readme.matchAll(/^(\d+)\. \S/gm)].map(([, number]) => Number(number));
  expect(answered).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
  const shown = new Set(planted.map(({ contradiction }) => contradiction));
  expect([...shown].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16]);
});
