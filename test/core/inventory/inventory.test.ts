import { describe, expect, test } from 'vitest';
import { parseMysqlType } from '../../../connectors/mysql/types.ts';
import { parsePostgresType } from '../../../connectors/postgres/types.ts';
import { inventoryOf, undeclaredProblems } from '../../../core/inventory/inventory.ts';
import type { Pipeline } from '../../../core/mapping/pipeline.ts';
import { planPipeline } from '../../../core/mapping/plan/plan.ts';
import { carry } from '../../../core/mapping/rules.ts';
import type { InventoryEntry } from '../../../core/model/inventory.ts';
import type { IndexStructure, SchemaObject, Structure } from '../../../core/ports/structure.ts';
import { mysqlColumn, structure, table } from '../../project/structure.ts';

/** Orders of customers are carried; old_orders stays behind. */
const pipeline: Pipeline = {
  name: 'shop',
  title: 'shop',
  source: {
    dialect: 'mysql',
    contract: {
      shop: {
        customers: { key: ['id'], unique: [['code']], columns: { id: 'int not null default', code: 'varchar(9)' } },
        orders: { key: ['id'], columns: { id: 'int not null', customer_id: 'int' } },
        old_orders: { key: ['id'], columns: { id: 'int not null' }, leftBehind: 'archived' },
      },
    },
  },
  target: {
    schema: 'shop',
    contract: {
      customers: { key: ['id'], columns: { id: 'integer not null default', code: 'text' } },
      orders: { key: ['id'], columns: { id: 'integer not null', customer_id: 'integer' } },
    },
    ...{ migrations: '', loadVersion: 1, finalVersion: 1, unmapped: {} },
  },
  mappings: [
    {
      ...{ from: 'shop.customers', to: 'customers', scope: 'shared', drops: {} },
      columns: { id: carry('id'), code: carry('code') },
      unenforcedKeys: { code: 'codes are given twice' },
    },
    {
      ...{ from: 'shop.orders', to: 'orders', scope: 'shared', drops: {} },
      columns: { id: carry('id'), customer_id: carry('customer_id') },
    },
  ],
  relations: [],
  params: {},
  tenantParam: null,
  seed: () => ({}),
};

/** The inventory, as `outcome kind name: why`. */
function listed(of: Structure, change: Partial<Pipeline> = {}): string[] {
  return inventory(of, change).map(({ kind, name, outcome, why }) => `${outcome} ${kind} ${name}: ${why}`);
}

function inventory(of: Structure, change: Partial<Pipeline> = {}): InventoryEntry[] {
  const types = { source: parseMysqlType, target: parsePostgresType };
  return inventoryOf(planPipeline({ ...pipeline, ...change }, {}, types), of);
}

function index(name: string, kind: IndexStructure['kind'], column: string, over: Partial<IndexStructure> = {}) {
  const part = { column, expression: null, prefix: null, isDescending: false };
  return { name, kind, method: 'btree', parts: [part], includes: [], predicate: null, definition: null, ...over };
}

function view(name: string, definition: string | null = 'select 1'): SchemaObject {
  return { kind: 'view', name: `shop.${name}`, table: null, definition };
}

const unsaid = 'the pipeline does not say what becomes of it';

describe('what the mappings answer for', () => {
  test('a mapped table is carried, a key as far as the target has one of the same columns, or the mapping says why not', () => {
    const id = mysqlColumn('id', 'int', { identity: 'by-default' });
    const code = mysqlColumn('code', 'varchar(9)', { default: { kind: 'literal', text: 'x' } });
    const indexes = [
      index('PRIMARY', 'primary', 'id'),
      index('code', 'unique', 'code'),
      index('half', 'unique', 'id', { predicate: 'code is null' }),
      index('plain', 'plain', 'id'),
    ];
    expect(listed(structure([table('customers', [id, code], { indexes })]))).toEqual([
      `undeclared default shop.customers.code: ${unsaid}`,
      'carried identity shop.customers.id: ',
      'left behind index shop.customers.code: codes are given twice',
      `undeclared index shop.customers.half: ${unsaid}`,
      `undeclared index shop.customers.plain: ${unsaid}`,
      'carried primary key shop.customers.PRIMARY: ',
      'carried table shop.customers: ',
    ]);
  });

  test('an identity whose target column does not fill itself is not carried', () => {
    const id = mysqlColumn('id', 'int', { identity: 'by-default' });
    expect(listed(structure([table('orders', [id])]))[0]).toBe(`undeclared identity shop.orders.id: ${unsaid}`);
  });

  test('a table that is left behind takes everything that is its own with it', () => {
    const objects: SchemaObject[] = [{ kind: 'trigger', name: 'stamp', table: 'shop.old_orders', definition: 'x' }];
    const old = table('old_orders', [mysqlColumn('id', 'int', { comment: 'old' })]);
    expect(listed(structure([old], objects))).toEqual([
      'left behind table shop.old_orders: archived',
      'left behind trigger shop.old_orders.stamp: its table is left behind: archived',
    ]);
  });

  test('a table that the contract does not know is undeclared', () => {
    expect(listed(structure([table('new', [mysqlColumn('id', 'int', { comment: 'new' })])]))).toEqual([
      `undeclared table shop.new: ${unsaid}`,
    ]);
  });

  test('a partition is replaced: its rows are read with its table', () => {
    const objects: SchemaObject[] = [
      { kind: 'partition', name: 'p1', table: 'shop.orders', definition: 'x' },
      { kind: 'partition', name: 'shop.orders_2', table: 'shop.orders', definition: 'x' },
    ];
    expect(listed(structure([], objects))).toEqual([
      'replaced partition shop.orders.p1: its rows are read with its table',
      'replaced partition shop.orders_2: its rows are read with its table',
    ]);
  });

  test.each([
    ['foreign-key', 'carried', ''],
    ['lookup', 'replaced', 'checked by waybill, not enforced by the target: old rows'],
    ['none', 'left behind', 'old rows'],
  ] as const)('a foreign key whose relation is %s is %s', (decision, outcome, why) => {
    const reference = {
      columns: ['customer_id'],
      parent: 'shop.customers',
      parentColumns: ['id'],
    };
    const foreignKeys = [
      { name: 'fk', ...reference, onDelete: 'cascade', onUpdate: 'cascade', isValidated: true },
    ] as const;
    const relations = [{ child: 'shop.orders', ...reference, decision, none: [], why: 'old rows' }];
    const orders = structure([table('orders', [mysqlColumn('id', 'int')], { foreignKeys })]);
    expect(listed(orders, { relations })[0]).toBe(`${outcome} foreign key shop.orders.fk: ${why}`);
    expect(listed(orders)[0]).toBe(`undeclared foreign key shop.orders.fk: ${unsaid}`);
  });
});

describe('what a pipeline declares', () => {
  const behind = { outcome: 'left behind', why: 'a report' } as const;

  test('a whole name counts before a pattern, and the first pattern that matches before the next', () => {
    const objects = [
      { kind: 'view', name: 'shop.a*', ...behind, why: 'the first' },
      { kind: 'view', name: '*', ...behind, why: 'the second' },
      { kind: 'view', name: 'shop.ab', ...behind, why: 'by name' },
      { kind: 'trigger', name: '*', ...behind, why: 'another kind' },
    ] as const;
    expect(listed(structure([], [view('aa'), view('ab'), view('b')]), { objects })).toEqual([
      'left behind view shop.aa: the first',
      'left behind view shop.ab: by name',
      'left behind view shop.b: the second',
    ]);
  });

  test('a pattern does not decide what a mapping answers for, a whole name does', () => {
    const id = mysqlColumn('id', 'int', { identity: 'by-default' });
    const customers = structure([table('customers', [id])]);
    const pattern = { kind: 'identity', name: '*', ...behind } as const;
    expect(listed(customers, { objects: [pattern] })[0]).toBe('carried identity shop.customers.id: ');
    const whole = { ...pattern, name: 'shop.customers.id' };
    expect(listed(customers, { objects: [whole] })[0]).toBe('left behind identity shop.customers.id: a report');
  });

  test('only the star is special in a pattern, and a name with a line break is matched whole', () => {
    const objects = [{ kind: 'view', name: 'shop.a.c*', ...behind }] as const;
    const found = inventory(structure([], [view('a.c\nd'), view('abc')]), { objects });
    expect(found.map(({ outcome }) => outcome)).toEqual(['left behind', 'undeclared']);
  });

  test('an object whose definition this user may not read says so once, declared or not', () => {
    const objects = [
      { kind: 'view', name: 'shop.known', ...behind },
      { kind: 'view', name: 'shop.listed', ...behind, why: 'a report; this user may not read its definition' },
    ] as const;
    const views = ['known', 'listed', 'new'].map((name) => view(name, null));
    const found = inventory(structure([], views), { objects });
    expect(found).toEqual([
      { kind: 'view', name: 'shop.known', ...behind, why: 'a report; this user may not read its definition' },
      { kind: 'view', name: 'shop.listed', ...behind, why: 'a report; this user may not read its definition' },
      {
        ...{ kind: 'view', name: 'shop.new', outcome: 'undeclared' },
        why: `${unsaid}; this user may not read its definition`,
      },
    ]);
    expect(undeclaredProblems(found)).toEqual([
      { subject: 'view shop.new', message: 'The pipeline does not say what becomes of this object of the source.' },
    ]);
  });
});
