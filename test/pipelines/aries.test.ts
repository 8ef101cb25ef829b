import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePostgresType } from '../../connectors/postgres/types.ts';
import { entityIds, tenantId } from '../../core/mapping/ids/entity-ids.ts';
import type { Relation } from '../../core/mapping/pipeline.ts';
import type { SchemaContract } from '../../core/model/schema.ts';
import aries from '../../pipelines/aries/pipeline.ts';

const folder = 'pipelines/aries/schema';
const ddl = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
const target: SchemaContract = aries.target.contract;

/** Every source table as `schema.table`, with its columns. */
const sourceTables = Object.entries(aries.source.contract).flatMap(([schema, tables]) =>
  Object.entries(tables).map(([table, { columns }]) => [`${schema}.${table}`, Object.keys(columns)] as const),
);

test('each of the 118 legacy tables becomes one target table', () => {
  expect(sourceTables).toHaveLength(118);
  expect(aries.mappings.map((m) => m.from).sort()).toEqual(sourceTables.map(([name]) => name).sort());
  expect(new Set(aries.mappings.map((m) => m.to)).size).toBe(118);
});

test('each of the 1,497 legacy columns is read or dropped with a reason, and never both', () => {
  const unaccounted: string[] = [];
  let count = 0;
  for (const mapping of aries.mappings) {
    const read = new Set<string>(Object.values(mapping.columns).flatMap((rule) => rule.reads));
    const columns = sourceTables.find(([name]) => name === mapping.from)?.[1] ?? [];
    count += columns.length;
    unaccounted.push(...columns.filter((c) => read.has(c) === c in mapping.drops).map((c) => `${mapping.from}.${c}`));
  }
  expect(count).toBe(1497);
  expect(unaccounted).toEqual([]);
});

test('only the four clear-text passwords are dropped', () => {
  const dropped = aries.mappings.flatMap((m) => Object.keys(m.drops).map((column) => `${m.from}.${column}`));
  expect(dropped.sort()).toEqual([
    'c01.tbl_provider.Password',
    'c01.tbl_submitter.Password',
    'c01.tbl_user.Password',
    'repository.tbl_regions.Password',
  ]);
});

test('every column of the target is filled by a rule, in the order of the contract', () => {
  for (const mapping of aries.mappings) {
    expect(Object.keys(mapping.columns), mapping.to).toEqual(Object.keys(target[mapping.to]?.columns ?? {}));
  }
});

test('the tables of a company have the tenant first, and shared tables have none', () => {
  for (const mapping of aries.mappings) {
    expect(mapping.scope, mapping.to).toBe(mapping.from.startsWith('c01.') ? 'tenant' : 'shared');
    expect(Object.keys(mapping.columns).indexOf('tenant_id'), mapping.to).toBe(mapping.scope === 'tenant' ? 0 : -1);
  }
});

test('a shared table never refers to a table of one company', () => {
  const tenanted = new Set(aries.mappings.filter((m) => m.scope === 'tenant').map((m) => m.to));
  const crossing = aries.mappings
    .filter((m) => m.scope === 'shared')
    .flatMap((m) => Object.values(m.columns).filter((rule) => tenanted.has(rule.reference?.entity ?? '')));
  expect(crossing).toEqual([]);
});

test('each mapping has its own file, named for its target table, and every file is in the list', () => {
  const files = readdirSync('transforms/aries', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\/[^/]+\.ts$/.test(file) && !file.startsWith('source/'))
    .map((file) => file.replace(/^.*\/(.*)\.ts$/, '$1'));
  expect(files.sort()).toEqual(aries.mappings.map((m) => m.to.replaceAll('_', '-')).sort());
});

test('no identifier of the DDL is longer than the 63 bytes that PostgreSQL keeps', () => {
  const words = ddl.flatMap((sql) => sql.replace(/'[^']*'/g, '').match(/\w+/g) ?? []);
  expect(words.length).toBeGreaterThan(5000);
  expect(words.filter((word) => word.length > 63)).toEqual([]);
});

test('every type of the target contract is spelled as in PostgreSQL', () => {
  const types = Object.values(target).flatMap(({ columns }) => Object.values(columns));
  const misspelt = types
    .map((text) => text.replace(/ not null$/, ''))
    .filter((text) => parsePostgresType(text).native !== text);
  expect(misspelt).toEqual([]);
});

test('each of the 413 relations has one decision', () => {
  const count = (decision: Relation['decision']) => aries.relations.filter((r) => r.decision === decision).length;
  expect(aries.relations).toHaveLength(413);
  expect({ foreignKey: count('foreign-key'), lookup: count('lookup'), none: count('none') }).toEqual({
    foreignKey: 338,
    lookup: 66,
    none: 9,
  });
  expect(new Set(aries.relations.map((r) => `${r.child}(${r.columns}) ${r.parent}`)).size).toBe(413);
});

test('relations name columns that exist on both sides', () => {
  const source = new Map<string, readonly string[]>(sourceTables);
  for (const { child, columns, parent, parentColumns, target: mapped, decision } of aries.relations) {
    expect(source.get(child), child).toEqual(expect.arrayContaining([...columns]));
    expect(source.get(parent), parent).toEqual(expect.arrayContaining([...parentColumns]));
    expect(columns).toHaveLength(parentColumns.length);
    expect(mapped === undefined, child).toBe(decision === 'none');
    if (mapped === undefined) continue;
    expect(Object.keys(target[mapped.child]?.columns ?? {})).toEqual(expect.arrayContaining([...mapped.columns]));
    expect(Object.keys(target[mapped.parent]?.columns ?? {})).toEqual(
      expect.arrayContaining([...mapped.parentColumns]),
    );
  }
});

test('every reference of the mappings is a relation with the same values for "none", and vice versa', () => {
  const references = aries.mappings.flatMap((m) =>
    Object.entries(m.columns).flatMap(([column, { reads, reference }]) =>
      reference === undefined
        ? []
        : [
            `${m.from}(${reads[0]}) ${m.to}(${column}) ${reference.entity} [${reference.none}] ${reference.when?.equals}`,
          ],
    ),
  );
  const relations = aries.relations
    .filter((r) => r.decision === 'foreign-key' && r.columns.length === 1)
    .map(
      (r) =>
        `${r.child}(${r.columns}) ${r.target?.child}(${r.target?.columns}) ${r.target?.parent} [${r.none}] ${r.when?.equals}`,
    );
  expect(relations.sort()).toEqual(references.sort());
});

test('the seed is the tenant of the ids of the run, and two companies never share an id', () => {
  expect(aries.seed({ tenant: 'c02' })).toEqual({ tenants: [{ id: tenantId('c02'), name: 'c02' }] });
  expect(entityIds('c01', 'customers').ofInteger('7')).not.toBe(entityIds('c02', 'customers').ofInteger('7'));
});
