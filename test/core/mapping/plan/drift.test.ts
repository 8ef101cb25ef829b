import { describe, expect, test } from 'vitest';
import { parsePostgresType } from '../../../../connectors/postgres/types.ts';
import { driftOf } from '../../../../core/mapping/plan/drift.ts';
import { type TableContract, type TableSchema, tablesOfContract } from '../../../../core/model/schema.ts';

const order: TableContract = {
  key: ['ID'],
  columns: {
    ID: 'integer not null',
    Note: 'varchar(50)',
    Price: 'numeric(18,2)',
    At: 'timestamp(3)',
    State: "enum('a','b')",
  },
};

const read = (tables: Readonly<Record<string, TableContract>>): TableSchema[] =>
  tablesOfContract('c01', tables, (native) =>
    native === 'unknown' ? { kind: 'text', native } : parsePostgresType(native),
  );

/** `subject: message` of every difference between the order table and a live one. */
function drift(live: Readonly<Record<string, TableContract>>, side: 'source' | 'target' = 'source'): string[] {
  return driftOf(read({ order }), read(live), side).map((p) => `${p.subject}: ${p.message}`);
}

const changed = (columns: Readonly<Record<string, string>>): Record<string, TableContract> => ({
  order: { ...order, columns: { ...order.columns, ...columns } },
});

test('a database that matches the contract has not drifted', () => expect(drift({ order })).toEqual([]));

test('another name for the same type, and another column order, are not drift', () => {
  const columns = Object.fromEntries(Object.entries(order.columns).reverse());
  expect(drift({ order: { ...order, columns: { ...columns, Note: 'character varying(50)' } } })).toEqual([]);
});

test('a table that is left behind may have any shape, or be missing', () => {
  const contract = read({ order: { ...order, leftBehind: 'bookkeeping of a tool' } });
  expect(driftOf(contract, read({}), 'source')).toEqual([]);
  expect(driftOf(contract, read({ order: { key: [], columns: { other: 'text' } } }), 'source')).toEqual([]);
});

test('an untyped file without rows shows no columns, which is not drift', () => {
  const bare = { name: 'c01.order', columns: [], key: [], unique: [] };
  expect(driftOf(read({ order }), [{ ...bare, estimatedRows: 0 }], 'source')).toEqual([]);
  expect(driftOf(read({ order }), [{ ...bare, estimatedRows: null }], 'source')).not.toEqual([]);
});

describe('drift is', () => {
  test('a table that is missing', () => expect(drift({})).toEqual(['c01.order: The source does not have this table.']));

  test('a schema without any of its tables, as one problem, whatever else it has', () => {
    const contract = read({ order, customer: order });
    const message = 'The source has none of the 2 tables of this schema. Check its name in the URL.';
    for (const live of [read({}), read({ extra: order })])
      expect(driftOf(contract, live, 'source')).toEqual([{ subject: 'c01', message }]);
    expect(driftOf(contract, read({ order }), 'source')).toHaveLength(1);
  });

  test('a table that is new', () => {
    expect(drift({ order, extra: order })).toEqual([
      'c01.extra: The source has a table that the contract does not know.',
    ]);
  });

  test('a column that is missing', () => {
    const { Note: _gone, ...columns } = order.columns;
    expect(drift({ order: { ...order, columns } })).toEqual(['c01.order.Note: The source does not have this column.']);
  });

  test('a column that is new', () => {
    expect(drift(changed({ Fax: 'text' }))).toEqual([
      'c01.order.Fax: The source has a column that the contract does not know.',
    ]);
  });

  test('a name in another case', () => {
    const { Note, ...columns } = order.columns;
    expect(drift({ order: { ...order, columns: { ...columns, note: Note as string } } })).toEqual([
      'c01.order.Note: The source does not have this column.',
      'c01.order.note: The source has a column that the contract does not know.',
    ]);
  });

  test.each([
    ['ID', 'bigint not null', 'bigint', 'integer'],
    ['Note', 'varchar(60)', 'character varying(60)', 'character varying(50)'],
    ['Note', 'text', 'text', 'character varying(50)'],
    ['Price', 'numeric(19,2)', 'numeric(19,2)', 'numeric(18,2)'],
    ['Price', 'numeric(18,3)', 'numeric(18,3)', 'numeric(18,2)'],
    ['Price', 'numeric', 'numeric', 'numeric(18,2)'],
    ['At', 'timestamp(6)', 'timestamp(6) without time zone', 'timestamp(3) without time zone'],
    ['At', 'timestamptz(3)', 'timestamp(3) with time zone', 'timestamp(3) without time zone'],
    ['State', "enum('a','b','c')", "enum('a','b','c')", "enum('a','b')"],
    ['State', "enum('b','a')", "enum('b','a')", "enum('a','b')"],
  ])('another type: %s %s', (column, text, live, contract) => {
    expect(drift(changed({ [column]: text }))).toEqual([
      `c01.order.${column}: The source has type ${live}, the contract ${contract}.`,
    ]);
  });

  test('NULL allowed or forbidden', () => {
    expect(drift(changed({ ID: 'integer' }))).toEqual(['c01.order.ID: The source allows NULL, the contract does not.']);
    expect(drift(changed({ Note: 'varchar(50) not null' }), 'target')).toEqual([
      'c01.order.Note: The target forbids NULL, the contract does not.',
    ]);
  });

  test('another primary key, or the same columns in another order', () => {
    const message = 'c01.order: The source has another primary key than the contract.';
    expect(drift({ order: { ...order, key: [] } })).toEqual([message]);
    expect(drift({ order: { ...order, key: ['ID', 'Note'] } })).toEqual([message]);
    const [both] = [{ ...order, key: ['ID', 'Note'] }];
    expect(driftOf(read({ both }), read({ both: { ...both, key: ['Note', 'ID'] } }), 'source')).toHaveLength(1);
  });

  test('each of several differences, all reported at once', () => {
    expect(drift(changed({ ID: 'bigint not null', Price: 'text', Fax: 'text' }))).toHaveLength(3);
  });
});

test('an untyped file is compared by its names alone', () => {
  const untyped = Object.fromEntries(Object.keys(order.columns).map((name) => [name, 'unknown']));
  expect(drift({ order: { key: [], columns: untyped } })).toEqual([]);
  const { ID: _gone, ...without } = untyped;
  expect(drift({ order: { key: [], columns: without } })).toEqual([
    'c01.order.ID: The source does not have this column.',
  ]);
});
