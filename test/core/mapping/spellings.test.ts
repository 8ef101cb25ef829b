import { describe, expect, test } from 'vitest';
import { parsePostgresType } from '../../../connectors/postgres/types.ts';
import type { Mapping, Rule } from '../../../core/mapping/mapping.ts';
import type { Pipeline, Relation } from '../../../core/mapping/pipeline.ts';
import { type Plan, planPipeline } from '../../../core/mapping/plan/plan.ts';
import { carry, id, ref, text } from '../../../core/mapping/rules.ts';
import { pointsAt } from '../../../core/mapping/typed-rules.ts';
import { type SchemaContract, tablesOfContract } from '../../../core/model/schema.ts';
import type { Row } from '../../../core/model/value.ts';
import { fingerprintComponents } from '../../../engine/fingerprint.ts';
import { GatheredFacts } from '../../../engine/surveys.ts';

const contract = {
  country: { key: ['code'], columns: { code: 'character varying(4) not null', name: 'text' } },
  town: { key: ['id'], columns: { id: 'integer not null', country: 'character varying(4)', kind: 'text' } },
  item: { key: ['shop', 'code'], columns: { shop: 'integer not null', code: 'text not null' } },
  sale: { key: ['id'], columns: { id: 'integer not null', shop: 'integer', code: 'text' } },
} as const satisfies SchemaContract;

type Table = keyof typeof contract;

/** Countries, towns, items and sales, carried under their own names apart from some rules. */
function pipelineOf(
  rules: Readonly<Record<string, Rule>>,
  { relations = [], types = {} }: { relations?: readonly Relation[]; types?: Readonly<Record<string, string>> } = {},
): Pipeline {
  const mappings = Object.entries(contract).map(([name, { columns }]): Mapping => {
    const own = Object.keys(columns).map((column) => [column, rules[`${name}.${column}`] ?? carry(column)]);
    return { from: `s.${name}`, to: name, scope: 'shared', drops: {}, columns: Object.fromEntries(own) };
  });
  const target = Object.entries(contract).map(([name, { key, columns }]) => {
    const typed = Object.entries(columns).map(([column, type]) => [column, types[`${name}.${column}`] ?? type]);
    return [name, { key, columns: Object.fromEntries(typed) }];
  });
  return {
    ...{ name: 'p', title: '', relations, params: {}, tenantParam: null, seed: () => ({}), mappings },
    source: { dialect: 'postgres', contract: { s: contract } },
    target: {
      ...{ schema: 'x', migrations: '', loadVersion: 1, finalVersion: 1, unmapped: {} },
      contract: Object.fromEntries(target),
    },
  };
}

const types = { source: parsePostgresType, target: parsePostgresType };

/** Maps rows of a table while these rows are in the source. */
async function mapped(
  pipeline: Pipeline,
  source: Partial<Record<Table, readonly Row[]>>,
  table: Table,
): Promise<readonly unknown[]> {
  const live = {
    inspector: { tables: async () => tablesOfContract('s', contract, parsePostgresType) },
    parts: async () => [{ number: 1, after: null, upTo: null }],
    async *read({ name }: { name: string }) {
      yield source[name.slice(2) as Table] ?? [];
    },
  };
  const facts = new GatheredFacts();
  const plan: Plan = planPipeline(pipeline, {}, types, facts);
  expect(plan.problems).toEqual([]);
  await facts.gather(live as never, pipeline, { params: {}, readType: parsePostgresType });
  const mapper = plan.mappings.find(({ target }) => target.name === table)?.mapper();
  return (source[table] ?? []).map((row) => {
    const { row: made, reject, adjustments } = mapper?.map(row) ?? {};
    const changes = adjustments?.map(({ column, rule, from, to }) => `${column} ${rule} ${from} ${to}`) ?? [];
    return made === null ? reject?.rule : [...(made ?? []), ...changes];
  });
}

const problems = (pipeline: Pipeline): readonly string[] =>
  planPipeline(pipeline, {}, types).problems.map(({ subject, message }) => `${subject}: ${message}`);

const fold = ['case', 'trailing-blanks'] as const;
const countries: readonly Row[] = [
  ['Y', null],
  ['É', null],
];

describe('a folded reference', () => {
  test('is written as the parent, recorded, unless it is exact, null, none or an orphan', async () => {
    const pipeline = pipelineOf({
      'town.country': ref('country', 'country', { orphan: 'reject', fold, none: ['N/A'] }),
    });
    const towns = ['Y', 'y', 'Y ', 'é', 'e', null, 'n/a '].map((key, i): Row => [String(i), key, null]);
    expect(await mapped(pipeline, { country: countries, town: towns }, 'town')).toEqual([
      ['0', 'Y', null],
      ['1', 'Y', null, 'country parent-spelling y Y'],
      ['2', 'Y', null, 'country parent-spelling Y  Y'],
      ['3', 'É', null, 'country parent-spelling é É'],
      ['4', 'e', null],
      ['5', null, null],
      ['6', null, null],
    ]);
  });

  test('refers to the exact one of two parents that fold to one key, else the row is rejected', async () => {
    const rule = ref('country', 'country', { orphan: 'null', fold });
    const parents: readonly Row[] = [
      ['Es', null],
      ['ES', null],
      ['es ', null],
    ];
    const towns = ['ES', 'es ', 'eS'].map((key, i): Row => [String(i), key, null]);
    expect(await mapped(pipelineOf({ 'town.country': rule }), { country: parents, town: towns }, 'town')).toEqual([
      ['0', 'ES', null],
      ['1', 'es ', null],
      'ambiguous-parent',
    ]);
  });

  test('applies only where its flag chooses it', async () => {
    const when = { column: 'kind', equals: ['c'] } as const;
    const pipeline = pipelineOf({ 'town.country': ref('country', 'country', { orphan: 'null', fold, when }) });
    const town: readonly Row[] = [
      ['1', 'y', 'c'],
      ['2', 'y', 'x'],
    ];
    expect(await mapped(pipeline, { country: countries, town }, 'town')).toEqual([
      ['1', 'Y', 'c', 'country parent-spelling y Y'],
      ['2', null, 'x'],
    ]);
  });

  test('may be what another rule gives, and point at another column than the key', async () => {
    const rule = pointsAt('country', text('kind'), 'null', { column: 'name', fold });
    const country: readonly Row[] = [
      ['a', 'Spain'],
      ['b', null],
    ];
    const town: readonly Row[] = [
      ['1', null, 'SPAIN'],
      ['2', null, 'SP\u0000AIN'],
    ];
    expect(await mapped(pipelineOf({ 'town.kind': rule }), { country, town }, 'town')).toEqual([
      ['1', null, 'Spain', 'kind parent-spelling SPAIN Spain'],
      ['2', null, 'Spain', 'kind nul-removed SP\u0000AIN Spain'],
    ]);
  });

  test('is written in the form of its target', async () => {
    const padded = { 'town.country': 'character(4)', 'country.code': 'character(4) not null' };
    const pipeline = pipelineOf(
      { 'town.country': ref('country', 'country', { orphan: 'null', fold }) },
      { types: padded },
    );
    expect(await mapped(pipeline, { country: countries, town: [['1', 'y', null]] }, 'town')).toEqual([
      ['1', 'Y   ', null, 'country parent-spelling y Y   '],
    ]);
  });

  test('is a part of the fingerprint, what a function does included', () => {
    const componentOf = (rule: Rule): string | undefined =>
      fingerprintComponents(pipelineOf({ 'town.country': rule }), {}, '1')['mapping s.town > town'];
    const rules = [
      ref('country', 'country', { orphan: 'null' }),
      ref('country', 'country', { orphan: 'null', fold }),
      ref('country', 'country', { orphan: 'null', fold: ['case'] }),
      ref('country', 'country', { orphan: 'null', fold: (key) => key.toUpperCase() }),
      ref('country', 'country', { orphan: 'null', fold: (key) => key.toLowerCase() }),
    ];
    expect(new Set(rules.map(componentOf)).size).toBe(rules.length);
  });

  test.each([
    [
      'another type',
      { 'town.country': 'integer' },
      {},
      'town.country: The reference folds keys, but the column is integer, which is compared as it is.',
    ],
    [
      'ids',
      { 'country.code': 'uuid not null', 'town.country': 'uuid' },
      { 'country.code': id('code', 'text') },
      'town.country: The reference folds keys, but the column is uuid, which is compared as it is.',
    ],
    [
      'a parent whose key is made',
      {},
      { 'country.code': text('code') },
      'town.country: The reference folds keys, but the key of country is not a text that is carried.',
    ],
  ])('is refused for %s', (_, typed, rules, message) => {
    const rule = ref('country', 'country', { orphan: 'null', fold });
    expect(problems(pipelineOf({ ...rules, 'town.country': rule }, { types: typed }))).toContain(message);
  });
});

describe('a folded relation of several columns', () => {
  const columns = ['shop', 'code'];
  const relation: Relation = {
    ...{ child: 's.sale', columns, parent: 's.item', parentColumns: columns, none: [] },
    ...{ decision: 'foreign-key', orphan: 'reject', why: 'declared', fold },
    target: { child: 'sale', columns, parent: 'item', parentColumns: columns },
  };

  test('is written as the parent with all of its columns', async () => {
    const source = {
      item: [
        ['1', 'Pen'],
        ['2', 'PEN'],
        ['3', 'a","b'],
        ['3', 'x'],
      ],
      sale: [
        ['1', '1', 'pen'],
        ['2', '2', 'Pen '],
        ['3', '3', 'A","B'],
        ['4', '9', 'pen'],
        ['5', null, 'pen'],
      ],
    };
    expect(await mapped(pipelineOf({}, { relations: [relation] }), source, 'sale')).toEqual([
      ['1', '1', 'Pen', 'code parent-spelling pen Pen'],
      ['2', '2', 'PEN', 'code parent-spelling Pen  PEN'],
      ['3', '3', 'a","b', 'code parent-spelling A","B a","b'],
      ['4', '9', 'pen'],
      ['5', null, 'pen'],
    ]);
  });

  test('leaves the rules of its columns as they are declared for the checks', () => {
    const [sale] = planPipeline(pipelineOf({}, { relations: [relation] }), {}, types).mappings.slice(-1);
    expect([sale?.mapping.columns.code?.reads, sale?.surveys.map(({ from }) => from)]).toEqual([
      ['code'],
      ['s.item', 's.item'],
    ]);
  });

  test('is refused for columns that are not carried, and for a single column', () => {
    const of = (rules: Readonly<Record<string, Rule>>, change: Partial<Relation> = {}): readonly string[] =>
      problems(pipelineOf(rules, { relations: [{ ...relation, ...change }] }));
    expect(of({ 'sale.code': text('code') })).toEqual([
      's.sale(shop, code): The relation folds keys, but s.sale > sale does not carry all of its columns.',
    ]);
    expect(of({ 'item.code': text('code') })).toEqual([
      's.sale(shop, code): The relation folds keys, but the key of item is not carried with a text in it.',
    ]);
    expect(
      of(
        {},
        { columns: ['code'], target: { child: 'sale', columns: ['code'], parent: 'item', parentColumns: ['code'] } },
      ),
    ).toEqual([
      's.sale(code): The relation folds keys but does not have several columns in the target; the rule of a single column says it.',
    ]);
  });
});
