import { expect, test } from 'vitest';
import { parseType } from '../../../connectors/files/types.ts';
import type { Value } from '../../../core/model/value.ts';
import { rowCheckOf } from '../../../engine/parts/check-rows.ts';
import { customer } from '../../validators/shop.ts';
import { customers, shopRuns } from '../memory/shop-runs.ts';

/** Type → valid values, and values that break the contract. */
const cases: Readonly<Record<string, { readonly holds: readonly Value[]; readonly breaks: readonly unknown[] }>> = {
  boolean: { holds: [true, false], breaks: ['t', 'true', '1', 1, new Uint8Array([1])] },
  int16: { holds: ['0', '-32768', '32767'], breaks: ['32768', '-32769', '1.0', '+1', '007', '-0', '', ' 1', '1e3', 1] },
  int32: { holds: ['-2147483648', '2147483647'], breaks: ['2147483648', '-2147483649', 'x'] },
  int64: { holds: ['-9223372036854775808', '9223372036854775807'], breaks: ['9223372036854775808', '9.5'] },
  uint64: { holds: ['0', '18446744073709551615'], breaks: ['-1', '18446744073709551616'] },
  decimal: {
    holds: ['0', '-12.50', '9'.repeat(100), 'NaN', '-Infinity'],
    breaks: ['1,5', '.5', '5.', '1e3', '', '00', '0x1'],
  },
  'decimal(5,2)': { holds: ['999.99', '-0.01', '7'], breaks: ['1000.00', '0.001', '12345', 'Infinity'] },
  float32: { holds: ['0.1', '-0', '3.4028235e+38', 'NaN'], breaks: ['1,5', '', 'nan', '1e5', '0x1', '.5'] },
  float64: { holds: ['1e+308', '5e-324', '-Infinity'], breaks: ['abc', '1e+', 'infinity'] },
  text: { holds: ['', 'NULL', '\u0000', '\ud800'], breaks: [1, true, new Uint8Array(), ['a']] },
  'text(2)': { holds: ['', '😀é'], breaks: ['abc', '😀😀😀'] },
  "enum('Rental','Sale')": { holds: ['Rental', ''], breaks: ['rental', 'Rental ', 'Lease'] },
  "set('a','b')": { holds: [[], ['a', 'b']], breaks: [['c'], ['a', null], 'a', 'a,b'] },
  textArray: { holds: [[], ['a', null, ''], '{{a},{b}}', '[0:1]={a,b}'], breaks: [[1], 'a,b', ''] },
  json: { holds: ['null', '{"a": 1.0}', '"x"', ' [] '], breaks: ['', '{', "{'a':1}", 'NaN', 'undefined'] },
  bytes: { holds: [new Uint8Array(), Buffer.from([0, 255])], breaks: ['\\x00', [0, 255]] },
  bits: { holds: ['', '0', '1'.repeat(64)], breaks: ['2', '0b1', ' 1'] },
  'bits(4)': { holds: ['0101'], breaks: ['01010'] },
  date: {
    holds: ['2020-02-29', '0000-00-00', '2020-00-15', '10000-01-01', '0044-03-15 BC', '-infinity'],
    breaks: ['2020-2-9', '29.02.2020', '2020-02-29 00:00:00', '2020-02-29T00:00:00Z', '', 'yesterday', '20-01-01'],
  },
  time: {
    holds: ['00:00:00', '-838:59:59', '23:59:59.999999', '24:00:00'],
    breaks: ['1:00:00', '10:00', '10:00:00+01', ''],
  },
  timestamp: {
    holds: ['1582-10-10 00:00:00', '0000-00-00 00:00:00', '9999-12-31 23:59:59.999999', '0001-01-01 00:00:00 BC'],
    breaks: [
      '2020-01-01',
      '2020-01-01T00:00:00',
      '2020-01-01 00:00:00+00',
      '2020-01-01 00:00',
      '2020-01-01 00:00:00.1234567',
    ],
  },
  timestamptz: {
    holds: ['2020-03-29 01:30:00.000001+00', 'infinity'],
    breaks: ['2020-03-29 01:30:00', '2020-03-29 01:30:00+01', '2020-03-29 01:30:00Z'],
  },
  uuid: {
    holds: ['f47ac10b-58cc-4372-a567-0e02b2c3d479'],
    breaks: ['F47AC10B-58CC-4372-A567-0E02B2C3D479', 'f47ac10b58cc4372a5670e02b2c3d479', ''],
  },
};

test.each(Object.entries(cases))(
  '%s: valid values are accepted, and values that break the contract are named',
  (native, { holds, breaks }) => {
    const table = { name: 't', key: [], unique: [], estimatedRows: null };
    const check = rowCheckOf({ ...table, columns: [{ name: 'c', type: parseType(native), nullable: false }] });
    expect(holds.filter((value) => check([value]) !== null)).toEqual([]);
    expect([...breaks, null, undefined].filter((value) => check([value as Value]) === null)).toEqual([]);
    const orNull = rowCheckOf({ ...table, columns: [{ name: 'c', type: parseType(native), nullable: true }] });
    expect(orNull([null])).toBe(null);
    expect(orNull([(breaks as Value[])[0] as Value])).toEqual({ column: 'c', rule: 'row-contract' });
  },
);

test('the first column that breaks the contract is named, and a row that is too short breaks it', () => {
  const columns = ['a', 'b', 'c'].map((name) => ({ name, type: parseType('int32'), nullable: false }));
  const check = rowCheckOf({ name: 't', key: [], unique: [], estimatedRows: null, columns });
  expect(check(['1', 'x', 'y'])).toEqual({ column: 'b', rule: 'row-contract' });
  expect(check(['1', '2'])).toEqual({ column: 'c', rule: 'row-contract' });
});

test.each(['direct', 'staged'] as const)(
  'with --check-rows a broken row is a reject that names the source column, and otherwise the rules decide (%s)',
  async (mode) => {
    const rows = { customer: [customer(1), customer(2, { Born: 'unknown' }), customer(3, { Balance: '1,5' })] };
    const checked = await shopRuns(rows);
    await checked.run({ mode, checkRows: true, maxRejects: 2 });
    expect(checked.server.lines('customers')).toHaveLength(1);
    expect(await checked.records(customers)).toMatchObject([
      {
        kind: 'reject',
        key: 'ID=2',
        rule: 'row-contract',
        stage: 'map',
        column: 'Born',
        row: customer(2, { Born: 'unknown' }),
      },
      { kind: 'reject', key: 'ID=3', rule: 'row-contract', stage: 'map', column: 'Balance' },
    ]);
    const unchecked = await shopRuns(rows);
    await unchecked.run({ mode });
    expect(unchecked.server.lines('customers')).toHaveLength(3);
  },
);
