import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Mapping } from '../../core/mapping/mapping.ts';
import { WaybillError } from '../../core/model/errors.ts';
import type { Value } from '../../core/model/value.ts';
import type { LedgerEntry } from '../../core/ports/ledger.ts';
import { checksums } from '../../validators/checksums.ts';
import { resolvedRow } from '../engine/memory/memory-resolve.ts';
import { tableIn } from './memory.ts';
import { customer, idOf, order, shop, shopMappings, shopRows, shopSource, shopTarget } from './shop.ts';
import { checkOf, checksOf, loadWorld, setCell, type World } from './world.ts';

const customers = 'c01.customer > customers';
const orders = 'c01.order > orders';
const logs = 'c01.log > logs';

const stranger = '3f2b8c1e-5d47-4c0a-9b1d-0f6e2a7c9d10';

function rowsOf(world: World, table: string): Value[][] {
  return tableIn(world.target, table).rows;
}

describe('checksums', () => {
  test('passes on an untouched load with adjustments, filters, orphans and a table without a key', async () => {
    const world = shop({
      customer: [
        customer(1),
        customer(2, { Born: '0000-00-00', Name: 'TEST' }),
        customer(3, { Seen: '1900-01-01 00:00:00' }),
      ],
      order: [order(1, 1), order(2, 2), order(3, 99), order(4, 0)],
    });
    expect(world.resolved).toHaveLength(2);
    const checks = await checksOf(world, checksums);
    expect(checks.map((c) => [c.subject, c.verdict, c.note])).toEqual([
      [customers, 'pass', undefined],
      [orders, 'pass', undefined],
      [logs, 'pass', undefined],
    ]);
    expect(checks.every((c) => c.expected === c.actual && /^[0-9a-f]{16}$/.test(String(c.actual)))).toBe(true);
  });

  test('passes when an orphan removed its row', async () => {
    const world = shop({ order: [order(1, 1), order(2, 99)] }, { orphan: 'reject' });
    expect(rowsOf(world, 'orders')).toHaveLength(1);
    expect((await checkOf(world, checksums, orders)).verdict).toBe('pass');
  });

  test.each([false, true])(
    'passes when the target refused rows and they are recorded (staged: %s)',
    async (isStaged) => {
      const refuses = (table: string, row: readonly Value[]): boolean => table === 'customers' && row[0] === 'Name 4';
      const world = shop({}, { refuses, isStaged });
      expect(rowsOf(world, 'customers')).toHaveLength(9);
      expect((await checkOf(world, checksums, customers)).verdict).toBe('pass');
    },
  );

  test('fails when the target holds a refused row', async () => {
    const world = shop({}, { refuses: (table, row) => table === 'customers' && row[0] === 'Name 4' });
    const [row = []] = rowsOf(world, 'customers');
    rowsOf(world, 'customers').push([idOf('customers', 4), ...row.slice(1)]);
    const check = await checkOf(world, checksums, customers);
    expect(check.sampleKeys).toEqual([`id=${idOf('customers', 4)} (legacy key 4)`]);
  });

  test('names changed, missing, duplicate and unexpected rows, and the columns that differ', async () => {
    const world = shop();
    setCell(world, 'customers', idOf('customers', 2), ['balance', '2.00000000000000000001']);
    setCell(world, 'customers', idOf('customers', 2), ['b', null]);
    const rows = rowsOf(world, 'customers');
    rows.push([...(rows[4] as Value[])]);
    rows.push([stranger, ...(rows[0] as Value[]).slice(1)], [idOf('customers', 77), ...(rows[0] as Value[]).slice(1)]);
    rows.splice(0, 1);
    const check = await checkOf(world, checksums, customers);
    expect(check).toMatchObject({ verdict: 'fail' });
    expect(check.note).toBe(
      '1 row changed (columns balance, b), 1 row missing, 1 row doubled, 2 rows unexpected; ' +
        'the source still has the digest that the ledger holds',
    );
    const unexpected = [`id=${stranger}`, `id=${idOf('customers', 77)} (legacy key 77)`];
    expect(check.sampleKeys.toSorted()).toEqual(['ID=2', 'ID=1', 'ID=5', ...unexpected].toSorted());
    expect(check.sampleKeys.slice(0, 3)).toEqual(['ID=2', 'ID=1', 'ID=5']);
  });

  test('names a row without a source key by its target key', async () => {
    const world = shop();
    const [first] = rowsOf(world, 'logs').splice(1, 1);
    const check = await checkOf(world, checksums, logs);
    expect(check.sampleKeys).toEqual([`id=${first?.[0]}`]);
  });

  test('never shows a value', async () => {
    const world = shop();
    setCell(world, 'customers', idOf('customers', 2), ['name', 'CANARY']);
    expect(JSON.stringify(await checksOf(world, checksums))).not.toMatch(/CANARY|Name 2/);
  });

  test('reports a source that changed after the load', async () => {
    const world = shop();
    (tableIn(world.source, 'c01.customer').rows[0] as Value[])[1] = 'later';
    const check = await checkOf(world, checksums, customers);
    expect(check).toMatchObject({ verdict: 'fail', sampleKeys: ['ID=1'] });
    expect(check.note).toContain('the source no longer has the digest');
  });

  test('fails on an edited ledger digest', async () => {
    const world = shop();
    const [entry] = world.ledger;
    world.ledger[0] = { ...(entry as (typeof world.ledger)[0]), digest: '00000000deadbeef' };
    expect(await checkOf(world, checksums, customers)).toMatchObject({ verdict: 'fail', sampleKeys: [] });
  });

  test('does not trust a resolved record that names another value', async () => {
    const world = shop({ order: [order(1, 1), order(2, 2)] });
    const key = [idOf('orders', 2)];
    const reference = { table: 'orders', column: 'customer_id', parent: 'customers', parentColumn: 'id' };
    const nulled = { ...reference, mapping: 'c01.order > orders', orphan: 'null' } as const;
    world.resolved.push(resolvedRow(nulled, key, idOf('customers', 3), null));
    setCell(world, 'orders', idOf('orders', 2), ['customer_id', null]);
    expect(await checkOf(world, checksums, orders)).toMatchObject({ verdict: 'fail', sampleKeys: ['ID=2'] });
  });

  test('checks only some key ranges if very many rows differ, and reports that', async () => {
    const keys = Array.from({ length: 30_000 }, (_, i) => i + 1);
    const world = shop({ customer: [customer(1)], order: keys.map((key) => order(key, 1)) });
    for (const row of rowsOf(world, 'orders')) row[3] = '0.00';
    const check = await checkOf(world, checksums, orders);
    expect(check.sampleKeys).toHaveLength(10);
    expect(check.note).toMatch(/^\d+ rows changed \(columns amount\); capped: \d+ more key ranges of 4096 differ/);
  });
});

describe('checksums of a table that several mappings feed', () => {
  const [first] = shopMappings() as readonly [Mapping];
  const clients: Mapping = { ...first, from: 'c01.client' };

  function twoSources(): World {
    return loadWorld({
      source: { customer: shopSource.customer, client: shopSource.customer },
      target: { customers: shopTarget.customers },
      mappings: [first, clients],
      rows: { customer: [1, 2, 3].map((key) => customer(key)), client: [4, 5].map((key) => customer(key)) },
    });
  }

  test('pass when all rows of all the mappings are there', async () => {
    expect(await checksOf(twoSources(), checksums)).toMatchObject([{ subject: 'customers', verdict: 'pass' }]);
  });

  test.each([
    ['changed', 'ID=5', (world: World): void => setCell(world, 'customers', idOf('customers', 5), ['name', 'other'])],
    ['missing', 'ID=1', (world: World): void => void rowsOf(world, 'customers').shift()],
  ] as const)('fail and name the row of either source: %s', async (word, key, corrupt) => {
    const world = twoSources();
    corrupt(world);
    const check = await checkOf(world, checksums, 'customers');
    expect(check).toMatchObject({ verdict: 'fail', sampleKeys: [key] });
    expect(check.note).toContain(`1 row ${word}`);
  });

  test('fail when the ledger holds another digest of one of them', async () => {
    const world = twoSources();
    const at = world.ledger.findIndex(({ mapping }) => mapping === 'c01.client > customers');
    world.ledger[at] = { ...(world.ledger[at] as LedgerEntry), digest: '0123456789abcdef' };
    expect((await checkOf(world, checksums, 'customers')).verdict).toBe('fail');
  });
});

describe('checksums that cannot look', () => {
  const broken = new WaybillError('source-interrupted', 'The connection broke in c01.customer.', {
    hint: 'Try again.',
  });

  test('an interrupted source is incomplete, and the other tables are checked', async () => {
    const world = shop();
    world.failSource = (table) => {
      if (table === 'c01.customer') throw broken;
    };
    const checks = await checksOf(world, checksums);
    expect(checks.map((c) => c.verdict)).toEqual(['incomplete', 'pass', 'pass']);
    expect(checks[0]?.note).toBe('could not look (source-interrupted): The connection broke in c01.customer.');
  });

  test('an interrupted target is incomplete, and a foreign error shows no message', async () => {
    const world = shop();
    world.facts.fail = () => {
      throw new RangeError('CANARY');
    };
    const checks = await checksOf(world, checksums);
    expect(checks.map((c) => [c.verdict, c.note])).toEqual(
      Array.from({ length: 3 }, () => ['incomplete', 'could not look: an unexpected RangeError']),
    );
  });

  test('a difference stays a failure if the second look fails', async () => {
    const world = shop();
    rowsOf(world, 'customers').pop();
    world.facts.fail = (how) => {
      if (how === 'lines') throw broken;
    };
    const check = await checkOf(world, checksums, customers);
    expect(check.verdict).toBe('fail');
    expect(check.note).toContain('the rows were not found: could not look (source-interrupted)');
  });

  test('a plan without mappings is incomplete', async () => {
    const world = shop();
    const checks = await checksOf({ ...world, plan: { ...world.plan, mappings: [] } }, checksums);
    expect(checks).toMatchObject([{ verdict: 'incomplete', note: 'no table matched' }]);
  });
});

/** One corruption of a customers row. `row` and `other` are two rows of the target, addressed by column name. */
type Mutation = (rows: Value[][], row: Value[], other: Value[]) => void;

const at = { id: 0, name: 2, code: 3, balance: 4, born: 5, seen: 6, a: 7, b: 8 } as const;

function edit(place: number, change: (text: string) => Value): Mutation {
  return (_rows, row) => {
    if (row[place] !== null) row[place] = change(row[place] as string);
  };
}

function swapCase(text: string): string {
  const i = [...text].findIndex((c) => c.toLowerCase() !== c.toUpperCase());
  const c = text[i] ?? '';
  return i < 0
    ? text
    : text.slice(0, i) + (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()) + text.slice(i + 1);
}

function swap(a: Value[], b: Value[], place: number): void {
  [a[place], b[place]] = [b[place] as Value, a[place] as Value];
}

const mutations: Readonly<Record<string, Mutation>> = {
  'a row lost': (rows, row) => void rows.splice(rows.indexOf(row), 1),
  'a row doubled': (rows, row) => void rows.push([...row]),
  'a row doubled and another lost': (rows, row, other) => void rows.splice(rows.indexOf(other), 1, [...row]),
  'a column swapped between two rows': (_rows, row, other) => swap(row, other, at.balance),
  'the keys of two rows swapped': (_rows, row, other) => swap(row, other, at.id),
  "one letter's case": edit(at.name, swapCase),
  'a trailing space': edit(at.name, (text) => `${text} `),
  'a trailing newline': edit(at.name, (text) => `${text}\n`),
  'a microsecond': edit(at.seen, (text) => text.slice(0, -1) + ((Number(text.slice(-1)) + 1) % 10)),
  "an hour's shift": edit(at.seen, (text) => {
    const hour = (Number(text.slice(11, 13)) + 1) % 24;
    return `${text.slice(0, 11)}${String(hour).padStart(2, '0')}${text.slice(13)}`;
  }),
  'the 25th digit': edit(at.balance, (text) => text.slice(0, -1) + ((Number(text.slice(-1)) + 1) % 10)),
  "NULL for ''": (_rows, row) => {
    row[at.a] = row[at.a] === '' ? null : row[at.a] === null ? 'NULL' : '';
  },
  "'NULL' for NULL": (_rows, row) => {
    row[at.a] = row[at.a] === null ? 'NULL' : null;
  },
  "('1','11') for ('11','1')": (_rows, row) => {
    [row[at.a], row[at.b]] = [row[at.b] as Value, row[at.a] as Value];
  },
  'a boundary moved between two columns': (_rows, row) => {
    const text = `${row[at.a] ?? ''}${row[at.b] ?? ''}x`;
    row[at.a] = text;
    row[at.b] = '';
  },
  'a row written by someone else': (rows, row) => void rows.push([stranger, ...row.slice(1)]),
};

describe('checksums against every known corruption', () => {
  test.each(Object.entries(mutations))('%s is found and its key named', async (_name, mutate) => {
    await fc.assert(
      fc.asyncProperty(shopRows, fc.nat(), fc.nat(), async (rows, i, j) => {
        const world = shop(rows);
        const target = rowsOf(world, 'customers');
        const before = target.map((row) => [...row]);
        const row = target[i % target.length] as Value[];
        const other = target[(i + 1 + (j % (target.length - 1))) % target.length] as Value[];
        const named = keysOf(row, other);
        mutate(target, row, other);
        fc.pre(JSON.stringify(target) !== JSON.stringify(before));
        const check = await checkOf(world, checksums, customers);
        expect(check.verdict).toBe('fail');
        expect(check.sampleKeys.length).toBeGreaterThan(0);
        for (const key of check.sampleKeys) expect([...named, `id=${stranger}`]).toContain(key);
      }),
      { numRuns: 40 },
    );
  });

  test('a child that refers to another existing parent is found and its key named', async () => {
    await fc.assert(
      fc.asyncProperty(shopRows, fc.nat(), fc.nat(), async (rows, i, j) => {
        const world = shop(rows);
        const target = rowsOf(world, 'orders');
        const parents = rowsOf(world, 'customers');
        const row = target[i % target.length] as Value[];
        const parent = (parents[j % parents.length] as Value[])[0] as Value;
        fc.pre(row[2] !== parent);
        row[2] = parent;
        const check = await checkOf(world, checksums, orders);
        expect(check.sampleKeys).toEqual(keysOf(row));
        expect(check.note).toMatch(/^1 row changed \(columns customer_id\);/);
      }),
      { numRuns: 40 },
    );
  });

  test('an untouched load passes', async () => {
    await fc.assert(
      fc.asyncProperty(shopRows, fc.constantFrom('null' as const, 'reject' as const), async (rows, orphan) => {
        const checks = await checksOf(shop(rows, { orphan }), checksums);
        expect(checks.map((c) => [c.verdict, c.note])).toEqual(checks.map(() => ['pass', undefined]));
      }),
      { numRuns: 100 },
    );
  });
});

/** Source keys of target rows, by the legacy key in their ids. */
function keysOf(...rows: readonly Value[][]): string[] {
  return rows.map(([own]) => `ID=${BigInt(`0x${String(own).slice(24)}`)}`);
}
