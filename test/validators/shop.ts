import fc from 'fast-check';
import { entityIds, tenantId } from '../../core/mapping/ids/entity-ids.ts';
import type { Mapping } from '../../core/mapping/mapping.ts';
import { carry, constant, date, id, idOfRow, optionalText, ref, text } from '../../core/mapping/rules.ts';
import type { Row, Value } from '../../core/model/value.ts';
import { loadWorld, type World, type WorldSpec } from './world.ts';

/** A small legacy shop: customers, their orders, and a log without a key. */

export const shopSource = {
  customer: {
    key: ['ID'],
    columns: {
      ID: 'int32 not null',
      Name: 'text',
      Code: 'text',
      Balance: 'decimal(40,20)',
      Born: 'date',
      Seen: 'timestamp',
      A: 'text',
      B: 'text',
    },
  },
  order: { key: ['ID'], columns: { ID: 'int32 not null', CustomerID: 'int32', Amount: 'decimal(18,2)' } },
  log: { key: [], columns: { Line: 'text' } },
} as const;

export const shopTarget = {
  customers: {
    key: ['id'],
    columns: {
      id: 'uuid not null',
      tenant_id: 'uuid not null',
      name: 'text',
      code: 'text',
      balance: 'decimal(40,20)',
      born: 'date',
      seen: 'timestamp',
      a: 'text',
      b: 'text',
      created_at: 'timestamp default',
    },
  },
  orders: {
    key: ['id'],
    columns: { id: 'uuid not null', tenant_id: 'uuid not null', customer_id: 'uuid', amount: 'decimal(18,2)' },
  },
  logs: { key: ['id'], columns: { id: 'uuid not null', tenant_id: 'uuid not null', line: 'text' } },
} as const;

const tenant = constant('tenant', ({ params }) => tenantId(params.tenant as string));

export function shopMappings(orphan: 'null' | 'reject' = 'null'): readonly Mapping[] {
  const customers: Mapping = {
    from: 'c01.customer',
    to: 'customers',
    scope: 'tenant',
    columns: {
      name: text('Name'),
      id: id('ID'),
      tenant_id: tenant,
      code: optionalText('Code'),
      balance: carry('Balance'),
      born: date('Born'),
      seen: date('Seen', { sentinels: ['1900-01-01'] }),
      a: text('A'),
      b: text('B'),
    },
    drops: {},
    filter: { name: 'test-customers', reads: ['Name'], drops: ([name]) => name === 'TEST' },
  };
  const orders: Mapping = {
    from: 'c01.order',
    to: 'orders',
    scope: 'tenant',
    columns: {
      id: id('ID'),
      tenant_id: tenant,
      customer_id: ref('customers', 'CustomerID', { none: ['0'], orphan }),
      amount: carry('Amount'),
    },
    drops: {},
  };
  const logs: Mapping = {
    from: 'c01.log',
    to: 'logs',
    scope: 'tenant',
    columns: { id: idOfRow(['Line']), tenant_id: tenant, line: text('Line') },
    drops: {},
  };
  return [customers, orders, logs];
}

/** A customer of the fixed shop: `name`, and the columns that differ. */
export function customer(key: number, over: Readonly<Record<string, Value>> = {}): Row {
  const names = Object.keys(shopSource.customer.columns);
  const plain: Record<string, Value> = {
    ID: String(key),
    Name: `Name ${key}`,
    Code: `c${key}`,
    Balance: `${key}.00000000000000000000`,
    Born: '1980-05-01',
    Seen: '2020-03-29 02:30:00.000001',
    A: '1',
    B: '11',
    ...over,
  };
  return names.map((name) => plain[name] as Value);
}

export function order(key: number, customerKey: number | null, amount = `${key}.50`): Row {
  return [String(key), customerKey === null ? null : String(customerKey), amount];
}

type ShopRows = { readonly customer?: readonly Row[]; readonly order?: readonly Row[]; readonly log?: readonly Row[] };

/** Loads a shop. The default is ten customers with an order each. */
export function shop(rows: ShopRows = {}, spec: Partial<WorldSpec> & { orphan?: 'null' | 'reject' } = {}): World {
  const { orphan, ...over } = spec;
  const keys = Array.from({ length: 10 }, (_, i) => i + 1);
  const customers = rows.customer ?? keys.map((key) => customer(key));
  const orders = rows.order ?? keys.map((key) => order(100 + key, key));
  return loadWorld({
    source: shopSource,
    target: shopTarget,
    mappings: shopMappings(orphan),
    rows: { customer: customers, order: orders, log: rows.log ?? [['a'], ['a'], ['b']] },
    ...over,
  });
}

/** The target id of a legacy key. */
export function idOf(entity: string, key: number): string {
  return entityIds('c01', entity).ofInteger(String(key));
}

const awkwardText = fc.oneof(
  fc.constantFrom('', 'NULL', '\\N', '\\.', 'a\tb', 'line\n', 'x ', 'é', 'e\u0301', '😀', '1', '11', '\\'),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const nullableText = fc.option(awkwardText, { nil: null });
const digits = fc.bigInt(-(10n ** 39n), 10n ** 39n).map((n) => {
  const size = String(n < 0n ? -n : n).padStart(21, '0');
  return `${n < 0n ? '-' : ''}${size.slice(0, -20)}.${size.slice(-20)}`;
});
const moment = fc
  .date({ min: new Date('1950-01-02'), max: new Date('2030-01-01'), noInvalidDate: true })
  .chain((d) =>
    fc
      .integer({ min: 0, max: 999 })
      .map((us) => `${d.toISOString().replace('T', ' ').slice(0, -1)}${us}`.padEnd(26, '0')),
  );

/** Random customers and orders, sorted by key. No customer is filtered. */
export const shopRows: fc.Arbitrary<{ customer: Row[]; order: Row[]; log: Row[] }> = fc
  .uniqueArray(fc.integer({ min: 1, max: 100_000 }), { minLength: 2, maxLength: 30 })
  .map((keys) => keys.sort((a, b) => a - b))
  .chain((keys) => {
    const customers = fc.tuple(...keys.map((key) => customerRow(key)));
    const orders = fc.tuple(...keys.map((key) => fc.constantFrom(...keys, 0, 999_999).map((c) => order(key, c))));
    const logs = fc.array(
      awkwardText.map((line): Row => [line]),
      { maxLength: 5 },
    );
    return fc.record({ customer: customers, order: orders, log: logs.map((rows) => rows.toSorted(byText)) });
  });

function byText([a]: Row, [b]: Row): number {
  return String(a) < String(b) ? -1 : 1;
}

function customerRow(key: number): fc.Arbitrary<Row> {
  const born = fc.option(
    moment.map((m) => m.slice(0, 10)),
    { nil: '0000-00-00' },
  );
  return fc
    .tuple(nullableText, nullableText, digits, born, moment, nullableText, nullableText)
    .map(([Name, Code, Balance, Born, Seen, A, B]) => customer(key, { Name, Code, Balance, Born, Seen, A, B }));
}
