import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparisonOf } from '../../../../connectors/files/inspect/compare.ts';
import { exactSum } from '../../../../connectors/files/inspect/exact-sum.ts';
import { fileInspector } from '../../../../connectors/files/inspect/inspector.ts';
import { textSet } from '../../../../connectors/files/inspect/text-set.ts';
import type { Kind, TableSchema } from '../../../../core/model/schema.ts';
import type { Row } from '../../../../core/model/value.ts';
import type { Inspector, OrphanQuestion, RowBatch } from '../../../../core/ports/source.ts';
import { tableOf, whole } from '../every-kind.ts';

/** An inspector over rows in memory. Its answers depend only on the rows, not on where they come from. */
function inspectorOver(tables: readonly (readonly [TableSchema, readonly Row[]])[], maxKeys?: number): Inspector {
  const rowsOf = (name: string) => tables.find(([table]) => table.name === name)?.[1] ?? [];
  return fileInspector(
    {
      tables: async () => tables.map(([table]) => table),
      count: async (name) => rowsOf(name).length,
      parts: async () => [whole],
      read: (table) => pairsOf(rowsOf(table.name)),
    },
    maxKeys,
  );
}

async function* pairsOf(rows: readonly Row[]): AsyncGenerator<RowBatch> {
  for (let i = 0; i < rows.length; i += 2) yield rows.slice(i, i + 2);
}

async function aggregateOf(kind: Kind, texts: readonly (string | null)[], scale?: number) {
  const table = tableOf('t', [kind]);
  const type = { kind, native: kind, ...(scale === undefined ? {} : { scale }) };
  const typed = { ...table, columns: [{ name: 'a', type, nullable: true }] };
  const [aggregate] = await inspectorOver([[typed, texts.map((text) => [text])]]).aggregates(typed, ['a']);
  return aggregate;
}

test.each([
  ['int32', ['10', '9', '-10', '-9', null], 4, '-10', '10', '0'],
  [
    'int64',
    ['9223372036854775807', '9223372036854775807', '-1'],
    3,
    '-1',
    '9223372036854775807',
    '18446744073709551613',
  ],
  ['uint64', ['18446744073709551615', '9007199254740993', '0'], 3, '0', '18446744073709551615', '18455751272964292608'],
  ['decimal', ['0.1', '0.2', '-0.30', '10'], 4, '-0.30', '10', '10.00'],
  ['decimal', ['1', 'NaN', 'Infinity'], 3, '1', 'NaN', 'NaN'],
  ['float64', ['1e+308', '-0.5', '5e-324', '0'], 4, '-0.5', '1e+308', null],
  ['float64', ['-Infinity', 'NaN', 'Infinity'], 3, '-Infinity', 'NaN', null],
  ['date', ['2020-01-01', '0000-00-00', '9999-12-31'], 3, '0000-00-00', '9999-12-31', null],
  ['date', ['0044-03-15 BC', '0100-01-01 BC', '10000-01-01', '9999-12-31'], 4, '0100-01-01 BC', '10000-01-01', null],
  ['date', ['0044-03-15 BC', '0044-04-15 BC'], 2, '0044-03-15 BC', '0044-04-15 BC', null],
  ['timestamp', ['infinity', '-infinity', '2020-01-01 00:00:00'], 3, '-infinity', 'infinity', null],
  [
    'timestamp',
    ['2020-01-01 00:00:00.5', '2020-01-01 00:00:00'],
    2,
    '2020-01-01 00:00:00',
    '2020-01-01 00:00:00.5',
    null,
  ],
  ['time', ['838:59:59', '99:00:00', '-01:00:00', '-100:00:00'], 4, '-100:00:00', '838:59:59', null],
  ['text', ['b', 'a', null], 2, null, null, null],
  ['int32', [null, null], 0, null, null, null],
  ['decimal', [], 0, null, null, null],
] as const)('aggregates of %s %j', async (kind, texts, nonNull, min, max, sum) => {
  expect(await aggregateOf(kind, texts)).toEqual({ column: 'a', nonNull, min, max, sum });
});

test('a sum has the scale of its column', async () => {
  expect(await aggregateOf('decimal', ['1.50', '-0.25'], 4)).toMatchObject({ sum: '1.2500' });
  expect(await aggregateOf('decimal', ['-0.05'], 2)).toMatchObject({ sum: '-0.05' });
});

test('sums are exact for any values', () => {
  const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.integer({ min: 0, max: 20 }));
  const small = fc.tuple(fc.bigInt({ min: -99_999_999_999_999n, max: 99_999_999_999_999n }), fc.constant(2));
  fc.assert(
    fc.property(fc.array(fc.oneof(decimal, small), { minLength: 1, maxLength: 200 }), (numbers) => {
      const sum = exactSum(20);
      for (const [units, scale] of numbers) sum.add(decimalText(units, scale));
      const exact = numbers.reduce((total, [units, scale]) => total + units * 10n ** BigInt(20 - scale), 0n);
      expect(sum.result()).toBe(decimalText(exact, 20));
    }),
  );
});

function decimalText(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return units < 0n ? `-${text}` : text;
}

test('many long integers add up exactly', () => {
  const sum = exactSum(0);
  for (let i = 0; i < 1001; i++) sum.add('999999999999999');
  expect(sum.result()).toBe(String(999_999_999_999_999n * 1001n));
});

test('integers and decimals are ordered by their value', () => {
  const compare = comparisonOf('decimal');
  const big = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
  fc.assert(
    fc.property(big, big, (a, b) => {
      const order = Math.sign(compare?.(decimalText(a, 3), decimalText(b, 3)) ?? Number.NaN);
      expect(order).toBe(Number(a > b) - Number(a < b));
    }),
  );
});

const child: TableSchema = { ...tableOf('child', ['int32', 'text', 'enum']), key: ['c_int32'] };
const parent = tableOf('parent', ['text']);
const question: OrphanQuestion = {
  child,
  columns: ['c_text'],
  parent,
  parentColumns: ['c_text'],
  none: ['0', 'None'],
};
const children: readonly Row[] = [
  ['1', 'A10', 'x'],
  ['2', 'a10  ', 'x'],
  ['3', 'gone', 'x'],
  ['4', null, 'x'],
  ['5', '0', 'x'],
  ['6', 'NONE ', 'x'],
  ['7', 'gone', 'y'],
  ['8', ' A10', 'x'],
];
const parents: readonly Row[] = [['a10'], [null], ['b20']];
const family = [
  [child, children],
  [parent, parents],
] as const;

test('orphans are children whose folded reference no parent has, and nulls and none values never count', async () => {
  expect(await inspectorOver(family).orphans(question, 2)).toEqual({
    count: 3,
    keys: ['c_int32=3', 'c_int32=7'],
    isComplete: true,
  });
});

test('a flag decides which children are checked', async () => {
  const when = { column: 'c_enum', equals: ['Y'] };
  expect(await inspectorOver(family).orphans({ ...question, when }, 9)).toMatchObject({
    count: 1,
    keys: ['c_int32=7'],
  });
});

test('multi-column references are distinguished', async () => {
  const two = tableOf('two', ['text', 'enum']);
  const inspector = inspectorOver([
    [
      two,
      [
        ['1', '11'],
        ['11', '1'],
      ],
    ],
    [{ ...two, name: 'up' }, [['1', '11']]],
  ]);
  const columns = ['c_text', 'c_enum'];
  const asked = { child: two, columns, parent: { ...two, name: 'up' }, parentColumns: columns, none: [] };
  expect(await inspector.orphans(asked, 9)).toEqual({ count: 1, keys: ['c_text=11, c_enum=1'], isComplete: true });
});

test('too many parents to hold are reported', async () => {
  expect(await inspectorOver(family, 1).orphans(question, 9)).toEqual({
    count: 0,
    keys: [],
    isComplete: false,
    note: 'parent has more than 1 keys, too many to hold in memory',
  });
  expect(await inspectorOver(family, 2).orphans(question, 9)).toMatchObject({ count: 3, isComplete: true });
});

test('spellings are the different pairs of keys that only folding makes equal', async () => {
  expect(await inspectorOver(family).spellings(question, 9)).toEqual({
    count: 2,
    pairs: [
      { child: ['A10'], parent: ['a10'] },
      { child: ['a10  '], parent: ['a10'] },
    ],
    isComplete: true,
  });
  expect((await inspectorOver(family).spellings(question, 1)).pairs).toEqual([{ child: ['A10'], parent: ['a10'] }]);
  expect(await inspectorOver(family).spellings(question, 0)).toEqual({ count: 2, pairs: [], isComplete: true });
  expect(await inspectorOver(family, 1).spellings(question, 9)).toMatchObject({ count: 0, isComplete: false });
});

test('a declared fold decides what is an orphan and what is a spelling', async () => {
  const asked: OrphanQuestion = { ...question, fold: ['trailing-blanks'] };
  expect((await inspectorOver(family).orphans(asked, 9)).keys).toEqual([1, 3, 6, 7, 8].map((id) => `c_int32=${id}`));
  expect((await inspectorOver(family).spellings(asked, 9)).pairs).toEqual([{ child: ['a10  '], parent: ['a10'] }]);
});

test('duplicates are groups of rows that share a folded value, named by their first row', async () => {
  expect(await inspectorOver(family).duplicates(child, ['c_text'], 9)).toEqual({
    count: 2,
    keys: ['c_int32=1', 'c_int32=3'],
    isComplete: true,
  });
  expect(await inspectorOver(family).duplicates(child, ['c_text'], 1)).toMatchObject({ count: 2, keys: ['c_int32=1'] });
  expect(await inspectorOver(family).duplicates(child, ['c_int32'], 9)).toMatchObject({ count: 0, keys: [] });
  expect(await inspectorOver(family).duplicates({ ...child, key: [] }, ['c_text', 'c_enum'], 9)).toMatchObject({
    count: 1,
    keys: ['c_text=A10, c_enum=x'],
  });
});

test('too many values to hold are reported, with what was found so far', async () => {
  expect(await inspectorOver(family, 2).duplicates(child, ['c_text'], 9)).toMatchObject({
    count: 1,
    isComplete: false,
    note: 'child has more than 2 different values, too many to hold in memory',
  });
});

test('a set of texts grows over several shards and distinguishes integers from texts that look like them', () => {
  const set = textSet(10, 3);
  for (const text of ['1', '01', '-0', '0', '1.0', '1 ', 'a', '12345678901', '1']) expect(set.add(text)).toBe(true);
  expect(set.size).toBe(8);
  for (const text of ['1', '01', '-0', '0', '1.0', '1 ', 'a', '12345678901']) expect(set.has(text)).toBe(true);
  for (const text of ['2', '001', '', '1.00']) expect(set.has(text)).toBe(false);
  expect(set.add('9007199254740992')).toBe(true);
  expect(set.has('9007199254740993')).toBe(false);
  expect([set.add('x'), set.add('y'), set.add('z'), set.add('x')]).toEqual([true, false, false, true]);
});

test('only tables of the requested schemas are listed, in name order', async () => {
  const tables = ['c02.b', 'c01.z', 'c01.B', 'plain', 'c01.a'].map((name) => [tableOf(name, ['text']), []] as const);
  const names = async (...schemas: string[]) => (await inspectorOver(tables).tables(schemas)).map(({ name }) => name);
  expect(await names('c01', 'c02')).toEqual(['c01.B', 'c01.a', 'c01.z', 'c02.b']);
  expect(await names('')).toEqual(['plain']);
});
