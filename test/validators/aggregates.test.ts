import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDecimals, compareDecimals, parseDecimal } from '../../core/model/decimal.ts';
import type { Column, Kind } from '../../core/model/schema.ts';
import type { Value } from '../../core/model/value.ts';
import type { Aggregate } from '../../core/ports/source.ts';
import { aggregates } from '../../validators/aggregates.ts';
import { ColumnTally } from '../../validators/rows/column-tally.ts';
import { tableIn } from './memory.ts';
import { customer, idOf, order, shop, shopRows } from './shop.ts';
import { checkOf, checksOf, setCell, type World } from './world.ts';

const customers = 'c01.customer > customers';
const orders = 'c01.order > orders';

describe('exact decimals', () => {
  test('add and compare at any scale, exponents included', () => {
    const of = (text: string) => parseDecimal(text) as NonNullable<ReturnType<typeof parseDecimal>>;
    expect(compareDecimals(of('12.5'), of('12.50'))).toBe(0);
    expect(compareDecimals(of('-0.00000001'), of('-1e-08'))).toBe(0);
    expect(compareDecimals(of('0.1'), of('0.10000000000000000000000001'))).toBe(-1);
    expect(addDecimals(of('1.5'), of('0.255'), -1n)).toEqual({ digits: 1245n, scale: 3 });
    expect(parseDecimal('NaN')).toBeNull();
  });
});

describe('aggregates', () => {
  test('passes with adjusted, filtered, rejected, refused and resolved rows taken into account', async () => {
    const refuses = (table: string, row: readonly Value[]): boolean => table === 'customers' && row[0] === 'Name 3';
    for (const isStaged of [false, true]) {
      const world = shop(
        {
          customer: [
            customer(1, { Born: '0000-00-00', Seen: '1900-01-01 10:00:00' }),
            customer(2, { Name: 'TEST', Balance: '-5.5' }),
            customer(3, { Born: '0000-00-00', Balance: '1000' }),
            customer(4, { Balance: '0.1' }),
            customer(5, { Balance: null }),
          ],
          order: [order(1, 1, '9.99'), order(2, 4, '1.00'), order(3, 77, '20.00'), order(4, 5, '2.00')],
        },
        { refuses, isStaged, orphan: 'reject' },
      );
      const checks = await checksOf(world, aggregates);
      expect(checks.map((c) => [c.subject, c.verdict, c.expected, c.actual, c.note])).toEqual([
        [
          customers,
          ...['pass', 3, 3],
          'checked only partly, because a changed or missing value held it: balance (min, max), born (min), seen (min)',
        ],
        [orders, 'pass', 1, 1, 'checked only partly, because a changed or missing value held it: amount (max)'],
      ]);
    }
  });

  test('a sum that is NaN ignores removed numbers, and is unknown once the NaN is removed', () => {
    const type = { kind: 'decimal', native: 'numeric' } as const;
    const column = { name: 'c', type, nullable: true };
    const compared = { source: column, target: column, isNumber: true, isSummed: true, isFloat: false };
    const facts = (nonNull: number, sum: string) => ({ column: 'c', nonNull, sum, min: '1', max: sum });
    const tally = new ColumnTally(compared, facts(3, 'NaN'));
    tally.remove('2');
    expect(tally.differences(facts(2, 'NaN'))).toEqual([]);
    expect(tally.differences(facts(2, 'Infinity'))).toContain('sum');
    expect(tally.differences({ ...facts(2, '1'), max: 'NaN' })).toEqual(['sum']);
    tally.remove('NaN');
    expect(tally.differences(facts(1, '1'))).toEqual([]);
    expect(tally.unknown(facts(1, '1'))).toContain('sum');
    tally.include(facts(1, 'Infinity'));
    expect(tally.unknown(facts(2, 'NaN'))).not.toContain('sum');
  });

  test('floats are ordered as in PostgreSQL: NaN equals NaN and is the greatest', () => {
    const column: Column = { name: 'x', type: { kind: 'float64', native: 'double precision' }, nullable: true };
    const facts = (min: string, max: string): Aggregate => ({ column: 'x', nonNull: 2, min, max, sum: null });
    const compared = { source: column, target: column, isNumber: true, isSummed: false, isFloat: true };
    const tally = new ColumnTally(compared, facts('-Infinity', 'NaN'));
    expect(tally.differences(facts('-Infinity', 'NaN'))).toEqual([]);
    expect(tally.differences(facts('-1e+308', 'Infinity'))).toEqual(['min', 'max']);
    tally.remove('NaN');
    expect(tally.differences({ ...facts('-Infinity', 'Infinity'), nonNull: 1 })).toEqual([]);
  });

  test('a table without numbers and dates has no check', async () => {
    expect((await checksOf(shop(), aggregates)).map((c) => c.subject)).toEqual([customers, orders]);
  });

  test.each([
    ['balance', '2.00000000000000000001', 'balance (sum)'],
    ['balance', null, 'balance (count, sum)'],
    ['balance', '11', 'balance (sum, max)'],
    ['born', '1980-05-02', 'born (max)'],
    ['seen', '2020-03-29 02:30:00.000002', 'seen (max)'],
  ])('fails on %s = %s', async (column, value, facts) => {
    const world = shop();
    setCell(world, 'customers', idOf('customers', 2), [column, value]);
    expect(await checkOf(world, aggregates, customers)).toMatchObject({
      verdict: 'fail',
      expected: 3,
      actual: 2,
      sampleKeys: [`customers.${column}`],
      note: `differs: ${facts}`,
    });
  });

  test('fails when an adjustment was not recorded', async () => {
    const world = shop({ customer: [customer(1, { Born: '0000-00-00' }), customer(2)] });
    world.records.length = 0;
    expect((await checkOf(world, aggregates, customers)).note).toBe('differs: born (count, min)');
  });

  test('an extreme that is open may be further in, never further out', async () => {
    const spec = { customer: [customer(1, { Born: '0000-00-00' }), customer(2), customer(3)] };
    for (const [born, verdict] of [
      ['1979-01-01', 'pass'],
      ['1980-05-01', 'pass'],
      ['1980-06-01', 'fail'],
    ] as const) {
      const world = shop(spec);
      setCell(world, 'customers', idOf('customers', 2), ['born', born]);
      expect([born, (await checkOf(world, aggregates, customers)).verdict]).toEqual([born, verdict]);
    }
    const lost = shop({ customer: [customer(1, { Balance: '1' }), customer(2, { Name: 'TEST', Balance: '1' })] });
    expect((await checkOf(lost, aggregates, customers)).note).toBeUndefined();
  });

  test('a removed row that does not match the live columns is incomplete', async () => {
    const world = shop({ order: [order(1, 1), order(2, 99)] }, { orphan: 'reject' });
    const index = world.records.findIndex((r) => r.kind === 'reject');
    world.records[index] = { ...world.records[index], row: 'too\tshort' } as World['records'][number];
    expect((await checkOf(world, aggregates, orders)).verdict).toBe('incomplete');
  });

  test('an untouched load passes', async () => {
    await fc.assert(
      fc.asyncProperty(shopRows, fc.constantFrom('null' as const, 'reject' as const), async (rows, orphan) => {
        const checks = await checksOf(shop(rows, { orphan }), aggregates);
        expect(checks.map((c) => [c.verdict, c.note?.replace(/checked only partly.*/, '')])).toEqual(
          checks.map((c) => ['pass', c.note === undefined ? undefined : '']),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('a lost row with a balance is always found', async () => {
    await fc.assert(
      fc.asyncProperty(shopRows, fc.nat(), async (rows, i) => {
        const world = shop(rows);
        const target = tableIn(world.target, 'customers').rows;
        target.splice(i % target.length, 1);
        expect((await checkOf(world, aggregates, customers)).verdict).toBe('fail');
      }),
      { numRuns: 40 },
    );
  });
});

test('a time before Christ, an infinity and NaN are the same on both sides', () => {
  const tallyOf = (kind: Kind, extreme: string) => {
    const column: Column = { name: 'c', type: { kind, native: kind }, nullable: true };
    const compared = {
      source: column,
      target: column,
      isNumber: kind === 'float64',
      isSummed: false,
      isFloat: kind === 'float64',
    };
    return new ColumnTally(compared, { column: 'c', nonNull: 1, min: extreme, max: extreme, sum: null });
  };
  for (const [kind, from, to] of [
    ['timestamp', '0044-03-15 12:00:00 BC', '0044-03-15 12:00:00+00 BC'],
    ['float64', 'Infinity', 'Infinity'],
    ['float64', 'NaN', 'NaN'],
  ] as const) {
    const facts = { column: 'c', nonNull: 1, min: to, max: to, sum: null };
    expect(tallyOf(kind, from).differences(facts)).toEqual([]);
    expect(tallyOf(kind, from).differences({ ...facts, max: '1' })).toEqual(['max']);
  }
});
