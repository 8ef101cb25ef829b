import { describe, expect, test } from 'vitest';
import { parsePostgresType } from '../../../connectors/postgres/types.ts';
import type { Mapping, Rule } from '../../../core/mapping/mapping.ts';
import { type Plan, planPipeline } from '../../../core/mapping/plan/plan.ts';
import { carry, ref } from '../../../core/mapping/rules.ts';
import type { Value } from '../../../core/model/value.ts';

/** A shop whose keys are carried unchanged: buyers with a text key, and orders that refer to them. */
function shop(rule: Rule, types: { key?: string; source?: string; target?: string } = {}): Plan {
  const { key = 'text', source = 'text', target = 'text' } = types;
  const mappings: readonly Mapping[] = [
    { from: 's.Buyer', to: 'buyers', scope: 'shared', columns: { id: carry('id') }, drops: {} },
    {
      ...{ from: 's.Order', to: 'orders', scope: 'shared', drops: {} },
      columns: { id: carry('id'), buyer_id: { ...rule, reads: ['buyerId', ...rule.reads.slice(1)] } },
    },
  ];
  const table = (columns: Readonly<Record<string, string>>) => ({ key: ['id'], columns });
  return planPipeline(
    {
      ...{ name: 'shop', title: 'a shop', relations: [], params: {}, tenantParam: null, seed: () => ({}), mappings },
      source: {
        dialect: 'postgres',
        contract: {
          s: { Buyer: table({ id: `${key} not null` }), Order: table({ id: 'integer not null', buyerId: source }) },
        },
      },
      target: {
        ...{ schema: 'shop', migrations: '', loadVersion: 1, finalVersion: 1, unmapped: {} },
        contract: {
          buyers: table({ id: `${key} not null` }),
          orders: table({ id: 'integer not null', buyer_id: target }),
        },
      },
    },
    {},
    { source: parsePostgresType, target: parsePostgresType },
  );
}

const problems = (plan: Plan): string[] => plan.problems.map(({ subject, message }) => `${subject}: ${message}`);

function buyersOf(rule: Rule, references: readonly Value[]): Value[] {
  const plan = shop(rule);
  expect(problems(plan)).toEqual([]);
  const mapper = plan.mappings[1]?.mapper();
  return references.map((reference) => mapper?.map(['1', reference]).row?.[1] as Value);
}

describe('a reference to a carried key', () => {
  test('is carried unchanged and compared exactly', () => {
    const keys = ['cjld2cjxh0000qzrmn831i7rn', 'E11.9 ', '', null];
    expect(buyersOf(ref('buyers', 'buyerId', { orphan: 'null' }), keys)).toEqual(keys);
  });

  test('is null if the value means "none", compared exactly', () => {
    const none = ref('buyers', 'buyerId', { none: ['', 'None'], orphan: 'null' });
    expect(buyersOf(none, ['', 'None', 'none', 'x'])).toEqual([null, null, 'none', 'x']);
  });

  test('is resolved after the load like any other', () => {
    expect(shop(ref('buyers', 'buyerId', { orphan: 'reject' })).references).toEqual([
      {
        table: 'orders',
        mapping: 's.Order > orders',
        column: 'buyer_id',
        parent: 'buyers',
        parentColumn: 'id',
        orphan: 'reject',
      },
    ]);
  });

  test('may be an integer of another width', () => {
    const rule = ref('buyers', 'buyerId', { orphan: 'null' });
    expect(problems(shop(rule, { key: 'integer', source: 'integer', target: 'bigint' }))).toEqual([]);
  });

  test.each([
    ['integer', 'text', 'text'],
    ['text', 'integer', 'integer'],
    ['uuid', 'text', 'uuid'],
  ])('is refused by the plan if the key is %s and the column %s', (key, target, source) => {
    expect(problems(shop(ref('buyers', 'buyerId', { orphan: 'null' }), { key, source, target }))).toEqual([
      `orders.buyer_id: The column is ${target}, and the key of buyers is ${key}.`,
    ]);
  });

  test('is refused by the plan if its column cannot hold it', () => {
    const types = { key: 'text', source: 'text', target: 'character varying(9)' };
    expect(problems(shop(ref('buyers', 'buyerId', { orphan: 'null' }), types))).toEqual([
      'orders.buyer_id: character varying(9) cannot hold every text that rule ref gives.',
    ]);
  });
});
