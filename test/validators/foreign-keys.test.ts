import { describe, expect, test } from 'vitest';
import type { Mapping } from '../../core/mapping/mapping.ts';
import type { Relation } from '../../core/mapping/pipeline.ts';
import { id, ref, text } from '../../core/mapping/rules.ts';
import type { RowRecord } from '../../core/model/records.ts';
import type { Row } from '../../core/model/value.ts';
import type { ResolvedRow } from '../../core/ports/ledger.ts';
import type { Constraint } from '../../core/ports/target.ts';
import { foreignKeys } from '../../validators/foreign-keys.ts';
import { memoryTarget, tableIn } from './memory.ts';
import { idOf } from './shop.ts';
import { checkOf, checksOf, loadWorld, setCell, type World, type WorldSpec } from './world.ts';

const source = {
  customer: { key: ['ID'], columns: { ID: 'int32 not null', Zip: 'text' } },
  order: { key: ['ID'], columns: { ID: 'int32 not null', CustomerID: 'int32' } },
  zip: { key: ['Zip'], columns: { Zip: 'text not null' } },
} as const;

const target = {
  customers: { key: ['id'], columns: { id: 'uuid not null', zip: 'text' } },
  orders: { key: ['id'], columns: { id: 'uuid not null', customer_id: 'uuid' } },
  zips: { key: ['id'], columns: { id: 'uuid not null', zip: 'text not null' } },
} as const;

function mappings(orphan: 'null' | 'reject'): readonly Mapping[] {
  const common = { scope: 'tenant', drops: {} } as const;
  return [
    { ...common, from: 'c01.customer', to: 'customers', columns: { id: id('ID'), zip: text('Zip') } },
    {
      ...common,
      from: 'c01.order',
      to: 'orders',
      columns: { id: id('ID'), customer_id: ref('customers', 'CustomerID', { none: ['0'], orphan }) },
    },
    { ...common, from: 'c01.zip', to: 'zips', columns: { id: id('Zip', 'text'), zip: text('Zip') } },
  ];
}

const enforced: Relation = {
  ...{ child: 'c01.order', columns: ['CustomerID'], parent: 'c01.customer', parentColumns: ['ID'] },
  ...{ decision: 'foreign-key', none: ['0'], why: 'declared' },
  target: { child: 'orders', columns: ['customer_id'], parent: 'customers', parentColumns: ['id'] },
};

const lookup: Relation = {
  ...{ child: 'c01.customer', columns: ['Zip'], parent: 'c01.zip', parentColumns: ['Zip'] },
  ...{ decision: 'lookup', none: [''], why: 'typed by hand' },
  target: { child: 'customers', columns: ['zip'], parent: 'zips', parentColumns: ['zip'] },
};

const unrelated: Relation = { ...enforced, decision: 'none', why: 'none' };

const foreignKey: Constraint = {
  ...{ table: 'orders', name: 'orders_customer_id_fkey', kind: 'foreign', columns: ['customer_id'] },
  ...{ parent: 'customers', parentColumns: ['id'], isValidated: true },
};

const fk = 'c01.order(CustomerID) > c01.customer(ID)';
const zipRelation = 'c01.customer(Zip) > c01.zip(Zip)';

function world(rows: WorldSpec['rows'], over: Partial<WorldSpec> & { orphan?: 'null' | 'reject' } = {}): World {
  const { orphan = 'null', ...rest } = over;
  return loadWorld({
    ...{ source, target, mappings: mappings(orphan), rows, constraints: [foreignKey] },
    pipeline: { relations: [enforced, lookup, unrelated] },
    ...rest,
  });
}

const customers: readonly Row[] = [
  ['1', '10001'],
  ['2', '10002'],
];

describe('foreign-keys, enforced', () => {
  test.each(['null', 'reject'] as const)('passes when each orphan of the source was resolved (%s)', async (orphan) => {
    const loaded = world(
      {
        customer: customers,
        order: [
          ['1', '1'],
          ['2', '9'],
          ['3', '0'],
          ['4', null],
          ['5', '8'],
        ],
      },
      { orphan },
    );
    expect(await checkOf(loaded, foreignKeys, fk)).toEqual({
      ...{ check: 'foreign-keys', subject: fk, verdict: 'pass', expected: 2, actual: 2 },
      sampleKeys: [],
    });
  });

  test('a child that was rejected for another reason accounts for its orphan', async () => {
    const loaded = world(
      {
        customer: customers,
        order: [
          ['1', '9'],
          ['2', '1'],
        ],
      },
      { refuses: (table, [own]) => table === 'orders' && own === idOf('orders', 1) },
    );
    expect(await checkOf(loaded, foreignKeys, fk)).toMatchObject({
      ...{ verdict: 'pass', expected: 1, actual: 1 },
      note: '1 orphan in rows that were rejected, filtered or resolved for another reason',
    });
  });

  test('children of a rejected parent are distinguished from orphans', async () => {
    for (const isStaged of [false, true]) {
      const loaded = world(
        {
          customer: customers,
          order: [
            ['1', '1'],
            ['2', '2'],
            ['3', '9'],
          ],
        },
        { refuses: (table, [own]) => table === 'customers' && own === idOf('customers', 2), isStaged },
      );
      expect(await checkOf(loaded, foreignKeys, fk)).toMatchObject({
        ...{ verdict: 'pass', expected: 1, actual: 1 },
        note: '1 more reference resolved, to parents that were rejected or filtered',
      });
    }
  });

  test('fails when the constraint is missing, differs, or is not validated', async () => {
    const rows = { customer: customers, order: [['1', '1']] };
    const faults = [
      [],
      [{ ...foreignKey, columns: ['id'] }],
      [{ ...foreignKey, parent: 'zips' }],
      [{ ...foreignKey, isValidated: false }],
    ];
    for (const constraints of faults) {
      expect((await checkOf(world(rows, { constraints }), foreignKeys, fk)).verdict).toBe('fail');
    }
  });

  test('fails on an orphan of the target and names it', async () => {
    const loaded = world({
      customer: customers,
      order: [
        ['1', '1'],
        ['2', '2'],
      ],
    });
    tableIn(loaded.target, 'customers').rows.pop();
    const check = await checkOf(loaded, foreignKeys, fk);
    expect(check).toMatchObject({ verdict: 'fail', sampleKeys: [`id=${idOf('orders', 2)}`] });
  });

  test('fails when an orphan was not recorded', async () => {
    const loaded = world({
      customer: customers,
      order: [
        ['1', '9'],
        ['2', '2'],
      ],
    });
    loaded.resolved.length = 0;
    expect(await checkOf(loaded, foreignKeys, fk)).toMatchObject({
      sampleKeys: ['ID=1'],
      note: '1 orphan of the source not recorded',
    });
  });

  test('fails when a reference was resolved although its parent is in the source', async () => {
    const loaded = world({
      customer: customers,
      order: [
        ['1', '9'],
        ['2', '2'],
      ],
    });
    const [real] = loaded.resolved as [ResolvedRow];
    const value = idOf('customers', 2);
    loaded.resolved.push({ ...real, key: [idOf('orders', 2)], value, values: [value] });
    setCell(loaded, 'orders', idOf('orders', 2), ['customer_id', null]);
    expect(await checkOf(loaded, foreignKeys, fk)).toMatchObject({
      verdict: 'fail',
      sampleKeys: [`id=${idOf('orders', 2)}`],
      note: '1 reference resolved although the parent is in the source',
    });
  });

  test('is incomplete when the record of a missing parent does not show its id', async () => {
    const loaded = world(
      { customer: customers, order: [['1', '2']] },
      { refuses: (table, [own]) => table === 'customers' && own === idOf('customers', 2) },
    );
    const index = loaded.records.findIndex((r) => r.kind === 'reject');
    loaded.records[index] = { ...loaded.records[index], key: '(no key)' } as RowRecord;
    expect((await checkOf(loaded, foreignKeys, fk)).verdict).toBe('incomplete');
  });
});

describe('foreign-keys, looked up', () => {
  test('passes with the same number of orphans on both sides, not counting nulls and none values', async () => {
    const rows = {
      customer: [
        ['1', 'x'],
        ['2', ''],
        ['3', null],
        ['4', '10001'],
      ],
      zip: [['10001']],
    };
    expect(await checkOf(world(rows), foreignKeys, zipRelation)).toMatchObject({
      verdict: 'pass',
      expected: 1,
      actual: 1,
    });
  });

  test('texts are compared by the legacy collation on both sides', async () => {
    const loaded = world({
      customer: [
        ['1', 'ab '],
        ['2', 'AB'],
        ['3', 'zz'],
      ],
      zip: [['Ab']],
    });
    const strict = async () => ({ count: 3, keys: [], isComplete: true });
    const checks = await checksWithTargetOrphans(loaded, strict);
    expect(checks.find((c) => c.subject === zipRelation)).toMatchObject({ verdict: 'pass', expected: 1, actual: 1 });
  });

  test('fails when the target has more or fewer and nothing explains it', async () => {
    const rows = {
      customer: [
        ['1', '10001'],
        ['2', '10002'],
      ],
      zip: [['10001'], ['10002']],
    };
    const more = world(rows);
    tableIn(more.target, 'zips').rows.pop();
    expect((await checkOf(more, foreignKeys, zipRelation)).note).toBe('1 orphan more in the target');
    const fewer = world({ ...rows, zip: [['10001']] });
    setCell(fewer, 'customers', idOf('customers', 2), ['zip', null]);
    expect(await checkOf(fewer, foreignKeys, zipRelation)).toMatchObject({ verdict: 'fail', expected: 1, actual: 0 });
  });

  test('rejected rows explain a difference, in words', async () => {
    const rows = {
      customer: [
        ['1', 'x'],
        ['2', '10002'],
      ],
      zip: [['10002']],
    };
    const fewer = world(rows, { refuses: (table, row) => table === 'customers' && row[1] === 'x' });
    expect(await checkOf(fewer, foreignKeys, zipRelation)).toMatchObject({
      verdict: 'pass',
      note: '1 orphan fewer in the target: their rows were rejected or their references resolved',
    });
    const more = world(rows, { refuses: (table) => table === 'zips' });
    expect((await checkOf(more, foreignKeys, zipRelation)).note).toContain('1 orphan more in the target: parents were');
  });
});

describe('foreign-keys, in total', () => {
  test('one check per relation and a summary with the three counts, without tables that took no part', async () => {
    const loaded = world({ customer: customers, order: [], zip: [['10001'], ['10002']] });
    const all = await checksOf(loaded, foreignKeys);
    expect(all.map((c) => c.subject)).toEqual([fk, zipRelation, 'relations']);
    expect(all.at(-1)).toMatchObject({
      verdict: 'pass',
      expected: 2,
      actual: 2,
      note: '1 foreign keys, 1 lookups, 1 no relation',
    });
    const only = (from: string): World['plan'] => ({
      ...loaded.plan,
      mappings: loaded.plan.mappings.filter((m) => m.source.name === from),
    });
    const zips = await checksOf({ ...loaded, plan: only('c01.zip') }, foreignKeys);
    expect(zips.map((c) => [c.subject, c.verdict])).toEqual([['relations', 'pass']]);
    const orders = await checksOf({ ...loaded, plan: only('c01.order') }, foreignKeys);
    expect(orders.map((c) => [c.subject, c.verdict])).toEqual([['relations', 'incomplete']]);
  });

  test('an inspector that cannot count everything makes the check incomplete', async () => {
    const loaded = world({ customer: customers, order: [['1', '1']] });
    const capped = async () => ({ count: 0, keys: [], isComplete: false, note: 'too many keys' });
    const checks = await checksWithTargetOrphans(loaded, capped);
    expect(checks.map((c) => [c.verdict, c.note])).toContainEqual(['incomplete', 'too many keys']);
  });
});

async function checksWithTargetOrphans(loaded: World, orphans: () => Promise<unknown>): ReturnType<typeof checksOf> {
  const plain = memoryTarget(loaded.target, loaded.facts);
  return checksOf(loaded, foreignKeys, {
    target: { ...plain, inspector: { ...plain.inspector, orphans } } as typeof plain,
  });
}
