import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entityIds } from '../../../core/mapping/ids/entity-ids.ts';
import type { MappedRow } from '../../../core/mapping/mapper.ts';
import type { Mapping, Rule } from '../../../core/mapping/mapping.ts';
import { amount, bool, carry, constant, derive, label, optionalText, ref, text } from '../../../core/mapping/rules.ts';
import { Adjusted, Rejected, type Row, type Value } from '../../../core/model/value.ts';
import { type Changes, codes, doctors, mapperTo, oneColumn, patients, withRules } from './clinic.ts';

const plain: Record<string, Value> = {
  ID: '7',
  DoctorID: '3',
  Code: 'E11.9',
  Born: '1980-05-01',
  Balance: '12.5',
  Status: 'new',
  Flags: ['MIR.ORDER'],
  IsActive: '1',
  Password: 'secret',
};

/** A patient who differs from the default one in these columns. */
const patient = (over: Readonly<Record<string, Value>> = {}): Row => Object.values({ ...plain, ...over });

const idOf = (entity: string, key: string): string => entityIds('c01', entity).ofInteger(key);
const codeId = (key: string): string => entityIds(null, 'codes').ofText(key);
const arrived = ({ reject, filter, adjustments }: MappedRow): boolean =>
  reject === null && filter === null && adjustments.length === 0;

describe('a row', () => {
  test('that needs no policy becomes a row in the order of the rules, without a record', () => {
    const mapped = mapperTo('patients').map(patient());
    expect(arrived(mapped)).toBe(true);
    expect(mapped.row).toEqual([
      ...[idOf('patients', '7'), 'c01', idOf('doctors', '3'), codeId('e11.9')],
      ...['1980-05-01', '12.50', 'new', ['MIR.ORDER'], true, 'n'],
    ]);
  });

  test('lists every adjustment with target column, rule, old and new value', () => {
    const { row, reject, adjustments } = mapperTo('patients').map(
      patient({ Born: '0000-00-00', Balance: '10.005', IsActive: '-1' }),
    );
    expect(reject).toBeNull();
    expect(row?.slice(4, 6)).toEqual([null, '10.01']);
    expect(adjustments).toEqual([
      { column: 'born', rule: 'zero-date', from: '0000-00-00', to: null },
      { column: 'balance', rule: 'unclean-amount', from: '10.005', to: '10.01' },
      { column: 'is_active', rule: 'not-0-or-1', from: '-1', to: true },
    ]);
  });

  test('is rejected as a whole at the first value that a rule rejects, along with its adjustments', () => {
    const mapped = mapperTo('patients').map(patient({ Born: '0000-00-00', Balance: 'NaN', Status: 'gone' }));
    expect(mapped).toEqual({
      row: null,
      reject: { column: 'balance', rule: 'not-an-amount' },
      filter: null,
      adjustments: [],
    });
  });

  test('is removed by the filter, which runs before all rules and sees the columns that it reads', () => {
    const seen: Row[] = [];
    const filter = {
      name: 'test-patients',
      reads: ['Status', 'ID'],
      drops: (values: Row) => seen.push(values) > 0 && values[1] === '7',
    };
    const mapper = mapperTo('patients', { mappings: [doctors, codes, { ...patients, filter }] });
    const left = { row: null, reject: null, filter: 'test-patients', adjustments: [] };
    expect(mapper.map(patient({ Balance: 'NaN' }))).toEqual(left);
    expect(mapper.map(patient({ ID: '8' })).filter).toBeNull();
    expect(seen).toEqual([
      ['new', '7'],
      ['new', '8'],
    ]);
  });

  test('is not modified by being mapped', () => {
    const row = patient();
    const before = structuredClone(row);
    mapperTo('patients').map(row);
    expect(row).toEqual(before);
  });

  test('becomes exactly one of a row, a reject and a filtered row, whatever it contains', () => {
    const filter = { name: 'sevens', reads: ['ID'], drops: ([key]: Row) => key === '7' };
    const mapper = mapperTo('patients', { mappings: [doctors, codes, { ...patients, filter }] });
    const rows = fc.record({
      ID: fc.constantFrom('7', '8'),
      Balance: fc.constantFrom('1', '1.005', 'NaN', '1e+300'),
      Status: fc.constantFrom('new', '', 'other'),
      Born: fc.constantFrom('2020-01-01', '0000-00-00'),
    });
    fc.assert(
      fc.property(rows, (over) => {
        const { row, reject, filter: name, adjustments } = mapper.map(patient(over));
        expect([row, reject, name].filter((outcome) => outcome !== null)).toHaveLength(1);
        if (row === null) expect(adjustments).toEqual([]);
      }),
    );
  });
});

/** Maps values of one column by one rule, each in a separate row. */
function converted(source: string, target: string, rule: Rule, values: readonly Value[]): Value[] {
  const mapper = mapperTo('things', oneColumn(source, target, rule));
  return values.map((value) => mapper.map(['1', value]).row?.[1] as Value);
}

describe('a rule over one column', () => {
  test('passes NULL through', () => {
    const rules: readonly [string, string, Rule][] = [
      ['varchar(9)', 'text', text('Value')],
      ['varchar(9)', 'text', optionalText('Value')],
      ['int', 'integer', carry('Value')],
      ['tinyint(1)', 'boolean', bool('Value')],
      ['double', 'numeric(18,2)', amount('Value')],
      ["enum('a')", 'text', label('Value')],
      ['int', 'uuid', ref('doctors', 'Value', { orphan: 'null' })],
    ];
    for (const [source, target, rule] of rules) expect(converted(source, target, rule, [null])).toEqual([null]);
  });

  test('carries a decimal at the scale of its target, as PostgreSQL prints it', () => {
    expect(converted('decimal(8,2)', 'numeric(12,4)', carry('Value'), ['1.50', '-0.05'])).toEqual([
      '1.5000',
      '-0.0500',
    ]);
    expect(converted('int', 'numeric(12,2)', carry('Value'), ['12', '-1'])).toEqual(['12.00', '-1.00']);
    expect(converted('decimal(8,0)', 'numeric(8)', carry('Value'), ['12'])).toEqual(['12']);
  });

  test('carries a decimal into an unbounded numeric with unchanged digits', () => {
    expect(converted('decimal(8,3)', 'numeric', carry('Value'), ['1.500'])).toEqual(['1.500']);
    expect(converted('bigint', 'numeric', carry('Value'), ['9007199254740993'])).toEqual(['9007199254740993']);
  });

  test('carries integers, floats, bytes and times unchanged', () => {
    const bytes = new Uint8Array([0, 255]);
    expect(converted('bigint', 'bigint', carry('Value'), ['9007199254740993'])).toEqual(['9007199254740993']);
    expect(converted('float', 'real', carry('Value'), ['0.1'])).toEqual(['0.1']);
    expect(converted('blob', 'bytea', carry('Value'), [bytes])[0]).toBe(bytes);
    expect(converted('time', 'time', carry('Value'), ['23:59:59'])).toEqual(['23:59:59']);
  });

  test('reads booleans from every integer, from bits and from booleans', () => {
    for (const source of ['tinyint(1)', 'int', 'bigint', 'bigint unsigned']) {
      expect(converted(source, 'boolean', bool('Value'), ['0', '1', '2'])).toEqual([false, true, true]);
    }
    expect(converted('bit(8)', 'boolean', bool('Value'), ['00000000', '00000100'])).toEqual([false, true]);
  });

  test('carries an amount into an unbounded numeric as cents', () => {
    expect(converted('double', 'numeric', amount('Value'), ['1.5'])).toEqual(['1.50']);
  });
});

describe('a reference', () => {
  const doctorId = (options: Parameters<typeof ref>[2], values: readonly Value[]): Value[] =>
    converted('int', 'uuid', ref('doctors', 'Value', options), values);

  test('is the id of its parent, computed from the child alone', () => {
    const parent = mapperTo('doctors').map(['3', 'Who']).row?.[0];
    expect(doctorId({ orphan: 'null' }, ['3'])).toEqual([parent]);
  });

  test('is null if the legacy value means "none", without a record', () => {
    const { row, adjustments } = mapperTo('patients').map(patient({ DoctorID: '0', Code: '' }));
    expect(row?.slice(2, 4)).toEqual([null, null]);
    expect(adjustments).toEqual([]);
  });

  test('treats 0 as a key unless it is declared to mean "none"', () => {
    expect(doctorId({ orphan: 'null' }, ['0'])).toEqual([idOf('doctors', '0')]);
  });

  test('by text finds its parent regardless of case and trailing spaces', () => {
    const parent = mapperTo('codes').map(['e11.9', '0']).row?.[0];
    for (const Code of ['E11.9', 'e11.9 ', 'E11.9   ']) {
      expect(mapperTo('patients').map(patient({ Code })).row?.[3], Code).toBe(parent);
    }
    expect(mapperTo('patients').map(patient({ Code: ' E11.9' })).row?.[3]).not.toBe(parent);
  });

  test('by text folds the values that mean "none", too', () => {
    const none = ref('codes', 'Value', { none: ['N/A', 'None '], orphan: 'null' });
    expect(converted('varchar(6)', 'uuid', none, ['N/A', 'n/a', 'NONE', 'x'])).toEqual([null, null, null, codeId('x')]);
  });

  test('by text stays right beyond the number of keys that it caches', () => {
    const rule = ref('codes', 'Value', { orphan: 'null' });
    const keys = Array.from({ length: 100_100 }, (_, i) => `k${i}`);
    const made = converted('varchar(9)', 'uuid', rule, [...keys, 'k100099', 'k0']);
    expect(made.at(-2)).toBe(codeId('k100099'));
    expect(made.at(-1)).toBe(codeId('k0'));
    expect(new Set(made).size).toBe(keys.length);
  });

  test('with a flag applies only if the flag is set', () => {
    const when = { column: 'Status', equals: ['seen'] };
    const rule = ref('doctors', 'DoctorID', { none: ['0'], orphan: 'null', when });
    const mapper = mapperTo('patients', { mappings: [doctors, codes, withRules(patients, { doctor_id: rule })] });
    const doctorOf = (Status: Value, DoctorID: Value) => mapper.map(patient({ Status, DoctorID })).row?.[2];
    expect(doctorOf('seen', '3')).toBe(idOf('doctors', '3'));
    expect(doctorOf('seen', '0')).toBeNull();
    expect(doctorOf('seen', null)).toBeNull();
    expect(doctorOf('new', '3')).toBeNull();
  });

  test('to an entity whose key is itself a reference is the id at the end of the chain', () => {
    const node = { key: ['ID'], columns: { ID: 'int not null' } };
    const { source, target, mappings = [] } = oneColumn('int', 'uuid', ref('heads', 'Value', { orphan: 'null' }));
    const head: Mapping = {
      ...{ from: 'c01.head', to: 'heads', scope: 'tenant', drops: {} },
      columns: { id: ref('doctors', 'ID', { orphan: 'reject' }) },
    };
    const changes: Changes = {
      source: { ...source, head: node },
      target: { ...target, heads: { key: ['id'], columns: { id: 'uuid not null' } } },
      mappings: [...mappings, head],
    };
    expect(mapperTo('things', changes).map(['1', '3']).row?.[1]).toBe(idOf('doctors', '3'));
    expect(mapperTo('heads', changes).map(['3']).row?.[0]).toBe(idOf('doctors', '3'));
  });
});

describe('a derived value', () => {
  const isText = { kind: 'text', native: 'text' } as const;
  const both = (fn: Parameters<typeof derive<'ID' | 'Name'>>[2]) =>
    mapperTo('doctors', {
      target: { doctors: { key: ['id'], columns: { id: 'uuid not null', both: 'text' } } },
      mappings: [withRules(doctors, { name: null, both: derive(['ID', 'Name'], isText, fn) }), codes, patients],
    });

  test('sees the columns that it reads by name, including NULL', () => {
    const mapper = both(({ ID, Name }) => `${ID} ${Name}`);
    expect(mapper.map(['1', 'Who']).row?.[1]).toBe('1 Who');
    expect(mapper.map(['1', null]).row?.[1]).toBe('1 null');
  });

  test('may adjust and reject as a converter does', () => {
    const mapper = both(({ Name }) => (Name === '' ? new Rejected('no-name') : new Adjusted('x', 'shortened')));
    expect(mapper.map(['1', '']).reject).toEqual({ column: 'both', rule: 'no-name' });
    expect(mapper.map(['1', 'Who'])).toMatchObject({
      adjustments: [{ column: 'both', rule: 'shortened', from: '1', to: 'x' }],
    });
  });

  test('has its function in the fingerprint', () => {
    expect(derive(['ID'], isText, () => 'x').detail).not.toBe(derive(['ID'], isText, () => 'y').detail);
  });
});

describe('a constant', () => {
  test('is the same for every row and may use the parameters', () => {
    const mapper = mapperTo('patients', { tenant: 'c02' });
    expect([patient(), patient({ ID: '8' })].map((row) => mapper.map(row).row?.[1])).toEqual(['c02', 'c02']);
  });

  test('has its function in the fingerprint', () => {
    expect(constant('constant', () => 'x').detail).not.toBe(constant('constant', () => 'y').detail);
  });
});
