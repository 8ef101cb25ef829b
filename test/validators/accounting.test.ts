import { describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../core/ports/ledger.ts';
import { accounting } from '../../validators/accounting.ts';
import { counts } from '../../validators/counts.ts';
import { tableIn } from './memory.ts';
import { customer, order, shop } from './shop.ts';
import { checkOf, checksOf, type World } from './world.ts';

const customers = 'c01.customer > customers';
const orders = 'c01.order > orders';

function change(world: World, index: number, over: Partial<LedgerEntry>): void {
  world.ledger[index] = { ...(world.ledger[index] as LedgerEntry), ...over };
}

/** Ten customers are two parts. */
function full(orphan: 'null' | 'reject' = 'null'): World {
  const rows = {
    customer: [
      ...Array.from({ length: 9 }, (_, i) => customer(i + 1, { Born: '0000-00-00' })),
      customer(10, { Name: 'TEST' }),
    ],
    order: [order(1, 1), order(2, 10), order(3, 99)],
  };
  const refuses = (table: string, row: readonly unknown[]): boolean => table === 'customers' && row[0] === 'Name 3';
  return shop(rows, { orphan, refuses });
}

describe('accounting', () => {
  test.each(['null', 'reject'] as const)(
    'reconciles with rejects, filters, adjustments and orphans (%s)',
    async (orphan) => {
      const checks = await checksOf(full(orphan), accounting);
      expect(checks.map((c) => [c.subject, c.verdict, c.expected, c.actual, c.note])).toEqual([
        [customers, 'pass', 10, 10, undefined],
        [orders, 'pass', 3, 3, undefined],
        ['c01.log > logs', 'pass', 3, 3, undefined],
      ]);
    },
  );

  test('fails if a part does not reconcile, even if the sum does', async () => {
    const world = full();
    change(world, 0, { loaded: 7 });
    change(world, 1, { loaded: 1 });
    expect(await checkOf(world, accounting, customers)).toMatchObject({
      verdict: 'fail',
      note: 'read is not loaded + rejected + filtered in part 1, 2',
    });
  });

  test.each(['reject', 'adjustment', 'filter'] as const)('fails when a record of a %s is lost', async (kind) => {
    const world = full();
    world.records.splice(
      world.records.findIndex((r) => r.kind === kind),
      1,
    );
    const check = await checkOf(world, accounting, customers);
    expect(check.verdict).toBe('fail');
    expect(check.note).toMatch(
      /^the ledger counts \d+ (rejects?|adjustments?|filtered rows?), the run folder records \d+$/,
    );
  });

  test('a skipped part is incomplete', async () => {
    const world = full();
    world.ledger.splice(0, 1);
    world.records.length = 0;
    world.resolved.length = 0;
    change(world, 0, { adjusted: 0, filtered: 0, rejected: 0, read: 2, loaded: 2 });
    expect(await checkOf(world, accounting, customers)).toMatchObject({
      verdict: 'incomplete',
      note: 'the ledger skips part 1',
    });
  });

  test('fails on a duplicate part and on ranges with a gap', async () => {
    const twice = full();
    twice.ledger.push(twice.ledger[1] as LedgerEntry);
    expect((await checkOf(twice, accounting, customers)).note).toContain(
      'part 2 does not begin where the previous part ends',
    );
    const moved = full();
    change(moved, 1, { part: { number: 2, after: ['5'], upTo: null } });
    expect((await checkOf(moved, accounting, customers)).verdict).toBe('fail');
  });

  test('a mapping without a part is incomplete', async () => {
    const world = full();
    world.ledger.length = 0;
    expect((await checksOf(world, accounting)).every((c) => c.verdict === 'incomplete')).toBe(true);
  });
});

describe('counts', () => {
  test('passes on both sides with resolved rows taken into account', async () => {
    const checks = await checksOf(full('reject'), counts);
    expect(checks.map((c) => [c.subject, c.verdict, c.expected])).toEqual([
      ['c01.customer', 'pass', 10],
      ['c01.order', 'pass', 3],
      ['c01.log', 'pass', 3],
      ['customers', 'pass', 8],
      ['orders', 'pass', 1],
      ['logs', 'pass', 3],
    ]);
  });

  test('fails on one row more or fewer, and names the table', async () => {
    const world = full();
    tableIn(world.target, 'orders').rows.pop();
    tableIn(world.source, 'c01.customer').rows.push([...customer(11)]);
    const failed = (await checksOf(world, counts)).filter((c) => c.verdict !== 'pass');
    expect(failed.map((c) => [c.subject, c.verdict, c.expected, c.actual])).toEqual([
      ['c01.customer', 'fail', 11, 10],
      ['orders', 'fail', 3, 2],
    ]);
  });
});
