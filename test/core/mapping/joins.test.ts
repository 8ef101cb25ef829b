import { describe, expect, test } from 'vitest';
import { parsePostgresType } from '../../../connectors/postgres/types.ts';
import { joinSurveys } from '../../../core/mapping/joins.ts';
import { type Mapping, mappingsOf } from '../../../core/mapping/mapping.ts';
import { type Plan, planPipeline } from '../../../core/mapping/plan/plan.ts';
import { carry } from '../../../core/mapping/rules.ts';
import { tablesOfContract } from '../../../core/model/schema.ts';
import type { Row } from '../../../core/model/value.ts';
import { gatherWinners } from '../../../engine/gather-winners.ts';
import { GatheredFacts } from '../../../engine/surveys.ts';

/** Orders of a shop in an old and a new table, and the buyers and towns that they refer to. */
const source = {
  s: {
    town: { key: ['id'], columns: { id: 'uuid not null', name: 'text not null' } },
    buyer: {
      key: ['id'],
      unique: [['login']],
      columns: { id: 'uuid not null', login: 'text not null', town: 'uuid', mock: 'boolean' },
    },
    old_order: { key: ['id'], columns: { id: 'uuid not null', buyer: 'uuid' } },
    new_order: { key: ['id'], columns: { id: 'uuid not null', login: 'text' } },
  },
} as const;

const target = { orders: { key: ['id'], columns: { id: 'uuid not null', town: 'text' } } };
const mapping = mappingsOf<typeof source>();

const oldOrders = mapping({
  from: 's.old_order',
  to: 'orders',
  joins: { buyer: { table: 's.buyer', by: 'buyer' }, town: { table: 's.town', by: 'buyer.town' } },
  filter: { name: 'mock', reads: ['buyer.mock'], drops: ([mock]) => mock === true },
  columns: { id: carry('id'), town: carry('town.name') },
});

const newOrders = mapping({
  from: 's.new_order',
  to: 'orders',
  yieldsTo: 's.old_order',
  joins: { buyer: { table: 's.buyer', by: 'login', on: 'login' }, town: { table: 's.town', by: 'buyer.town' } },
  columns: { id: carry('id'), town: carry('town.name') },
});

const rows: Readonly<Record<string, readonly Readonly<Record<string, string | boolean | null>>[]>> = {
  's.town': [{ id: 't1', name: 'Delft' }],
  's.buyer': [
    { id: 'b1', login: 'ada', town: 't1', mock: false },
    { id: 'b2', login: 'bob', town: null, mock: true },
  ],
  's.old_order': [
    { id: 'o1', buyer: 'b1' },
    { id: 'o3', buyer: 'b2' },
  ],
  's.new_order': ['o1', 'o2', 'o3'].map((id) => ({ id, login: 'ada' })),
};

/** The facts that a survey of a source would gather. */
async function factsOf(mappings: readonly Mapping[]): Promise<GatheredFacts> {
  const facts = new GatheredFacts();
  const tables = tablesOfContract('s', source.s, parsePostgresType);
  const read = { parts: async () => [{ number: 1, after: null, upTo: null }] };
  const live = {
    ...read,
    inspector: { tables: async () => tables },
    async *read(table: { name: string; columns: readonly { name: string }[] }) {
      yield (rows[table.name] ?? []).map((row) => table.columns.map((c) => row[c.name] ?? null));
    },
  };
  const pipeline = { mappings, relations: [], source: { contract: source } };
  await facts.gather(live as never, pipeline as never, { params: {}, readType: parsePostgresType });
  await gatherWinners(live as never, plan(mappings, facts), facts);
  return facts;
}

function plan(mappings: readonly Mapping[], facts?: GatheredFacts): Plan {
  const unread = Object.keys(source.s).filter((name) => !mappings.some((m) => m.from === `s.${name}`));
  const contract = Object.fromEntries(
    Object.entries(source.s).map(([name, table]) => [
      name,
      { ...table, ...(unread.includes(name) ? { leftBehind: 'test' } : {}) },
    ]),
  );
  return planPipeline(
    {
      ...{ name: 'shop', title: '', relations: [], params: {}, tenantParam: null, seed: () => ({}), mappings },
      source: { dialect: 'postgres', contract: { s: contract } },
      target: { schema: 'x', migrations: '', loadVersion: 1, finalVersion: 1, unmapped: {}, contract: target },
    },
    {},
    { source: parsePostgresType, target: parsePostgresType },
    facts,
  );
}

const problems = (mappings: readonly Mapping[]): string[] =>
  plan(mappings).problems.map(({ subject, message }) => `${subject}: ${message}`);

async function mapped(own: Mapping, row: Row) {
  const all = [oldOrders, newOrders];
  const planned = plan(all, await factsOf(all)).mappings.find((m) => m.name.startsWith(own.from));
  return planned?.mapper().map(row);
}

describe('a joined column', () => {
  test('is that of the row with the key, even through a second join', async () => {
    expect((await mapped(oldOrders, ['o1', 'b1']))?.row).toEqual(['o1', 'Delft']);
    expect((await mapped(newOrders, ['n1', 'ada']))?.row).toEqual(['n1', 'Delft']);
  });

  test('is null if there is no such row or no key', async () => {
    expect((await mapped(oldOrders, ['o1', 'b9']))?.row).toEqual(['o1', null]);
    expect((await mapped(oldOrders, ['o1', null]))?.row).toEqual(['o1', null]);
  });

  test('is visible to the filter', async () => {
    expect((await mapped(oldOrders, ['o1', 'b2']))?.filter).toBe('mock');
  });

  test('reads only the key and the columns that are needed', () => {
    expect(joinSurveys(oldOrders, source).map(({ from, reads }) => [from, reads])).toEqual([
      ['s.buyer', ['id', 'mock', 'town']],
      ['s.town', ['id', 'name']],
    ]);
  });
});

describe('a mapping that yields to another', () => {
  test('filters the rows whose key the other mapping has, by a filter that names it', async () => {
    expect((await mapped(newOrders, ['o1', 'ada']))?.filter).toBe('loses to s.old_order');
    expect((await mapped(newOrders, ['o2', 'ada']))?.filter).toBeNull();
  });

  test('maps nothing before the tables are surveyed', () => {
    const planned = plan([oldOrders, newOrders]).mappings[1];
    expect(() => planned?.mapper()).toThrow('was not read');
  });

  test('takes the reference path, row by row', async () => {
    const all = [oldOrders, newOrders];
    for (const { steps } of plan(all, await factsOf(all)).mappings) {
      expect(steps().every(({ needsWholeRow }) => needsWholeRow)).toBe(true);
    }
  });
});

describe('the plan refuses', () => {
  test('nothing about two correct mappings', () => expect(problems([oldOrders, newOrders])).toEqual([]));

  test('a join by a column of another type, or over a missing table', () => {
    const joins = { buyer: { table: 's.town', by: 'login' }, gone: { table: 's.nothing', by: 'id' } };
    const broken = { ...newOrders, joins, columns: { id: carry('id'), town: carry('login') } } as Mapping;
    expect(problems([oldOrders, broken])).toEqual([
      's.new_order > orders: The join buyer compares login with id of s.town, which is not of its type.',
      's.new_order > orders: The join gone finds no one column to look s.nothing up by.',
    ]);
  });

  test('a joined column that the table does not have', () => {
    const broken = { ...oldOrders, columns: { id: carry('id'), town: carry('town.mayor') } } as Mapping;
    expect(problems([broken, newOrders])).toContain(
      's.old_order.town.mayor: A mapping names a column that the source does not have.',
    );
  });

  test('two mappings that fill one table in different ways', () => {
    const broken = { ...newOrders, columns: { town: carry('town.name'), id: carry('id') } } as Mapping;
    expect(problems([oldOrders, broken])).toEqual([
      's.new_order > orders: It fills other columns, or in another order, than s.old_order > orders.',
    ]);
  });

  test('a mapping that others yield to if it feeds another table, or itself yields', () => {
    expect(problems([oldOrders, { ...newOrders, yieldsTo: 's.town' }])).toContain(
      's.new_order > orders: It yields to s.town, from which no mapping feeds the same table.',
    );
    expect(problems([{ ...oldOrders, yieldsTo: 's.new_order' }, newOrders])).toEqual([
      's.old_order > orders: It yields to s.new_order, which itself yields.',
      's.new_order > orders: It yields to s.old_order, which itself yields.',
    ]);
  });
});
