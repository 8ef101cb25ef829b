import { describe, expect, test } from 'vitest';
import type { Mapping, Rule } from '../../../../core/mapping/mapping.ts';
import {
  amount,
  bool,
  carry,
  constant,
  date,
  derive,
  id,
  label,
  members,
  ref,
  text,
} from '../../../../core/mapping/rules.ts';
import {
  clinicPlan,
  clinicSource,
  clinicTarget,
  codes,
  doctors,
  oneColumn,
  patients,
  problemsOf,
  withColumns,
  withRules,
} from '../clinic.ts';

const { doctor, patient } = clinicSource.c01;

describe('a plan without problems', () => {
  const plan = clinicPlan();

  test('reports none, and accounts for every source column', () => {
    expect(plan.problems).toEqual([]);
    expect(plan.accounted).toBe(13);
    expect(plan.unaccounted).toBe(0);
  });

  test('names its mappings and lists their columns in the order of the rules', () => {
    expect(plan.mappings.map((m) => m.name)).toEqual([
      'c01.doctor > doctors',
      'c01.code > codes',
      'c01.patient > patients',
    ]);
    expect(plan.mappings[0]?.columns.map((c) => [c.name, c.type.native])).toEqual([
      ['id', 'uuid'],
      ['name', 'character varying(50)'],
    ]);
  });

  test('lists the references to resolve', () => {
    const common = { table: 'patients', mapping: 'c01.patient > patients', parentColumn: 'id', orphan: 'null' };
    expect(plan.references).toEqual([
      { ...common, column: 'doctor_id', parent: 'doctors' },
      { ...common, column: 'code_id', parent: 'codes' },
    ]);
  });

  test('stays without problems when a target table is left out with a reason', () => {
    const tenants = { key: ['id'], columns: { id: 'uuid not null' } };
    expect(problemsOf({ target: { tenants }, unmapped: { tenants: 'seeded' } })).toEqual([]);
  });
});

describe('what the plan refuses about columns', () => {
  test('a source column that is neither read nor dropped', () => {
    const source = { doctor: withColumns(doctor, { Fax: 'varchar(20)' }) };
    expect(problemsOf({ source })).toEqual([
      'c01.doctor.Fax: The source column is neither read nor dropped with a reason.',
    ]);
    expect(clinicPlan({ source }).unaccounted).toBe(1);
  });

  test('a source table that no mapping reads', () => {
    const source = { fax: { key: [], columns: { ID: 'int', Sent: 'date' } } };
    expect(problemsOf({ source })).toEqual(['c01.fax: No mapping reads this source table.']);
    expect(clinicPlan({ source }).unaccounted).toBe(2);
  });

  test('not a source table that is left behind with a reason, and its columns are accounted for', () => {
    const source = { log: { key: [], columns: { ID: 'int' }, leftBehind: 'bookkeeping of a tool' } };
    expect(problemsOf({ source })).toEqual([]);
    expect(clinicPlan({ source })).toMatchObject({ accounted: 14, unaccounted: 0 });
  });

  test('a source table that is left behind although a mapping reads it', () => {
    const source = { doctor: { ...doctor, leftBehind: 'bookkeeping of a tool' } };
    expect(problemsOf({ source })).toEqual(['c01.doctor: A mapping reads this source table, which is left behind.']);
  });

  test('a column that is NOT NULL and has no rule', () => {
    const target = { doctors: withColumns(clinicTarget.doctors, { fax: 'text not null' }) };
    expect(problemsOf({ target })).toEqual(['doctors.fax: The column is NOT NULL and has no rule.']);
  });

  test('a column named like a property that every JavaScript object has', () => {
    const target = { doctors: withColumns(clinicTarget.doctors, { constructor: 'text not null' } as never) };
    expect(problemsOf({ target })).toEqual(['doctors.constructor: The column is NOT NULL and has no rule.']);
  });

  test('not a column that is nullable or that the database fills', () => {
    const target = { doctors: withColumns(clinicTarget.doctors, { fax: 'text', at: 'date not null default' }) };
    expect(problemsOf({ target })).toEqual([]);
  });

  test('a rule for a column that the target does not have', () => {
    const mappings = [withRules(doctors, { nmae: text('Name') }), codes, patients];
    expect(problemsOf({ mappings })).toEqual(['doctors.nmae: A rule fills a column that the target does not have.']);
  });

  test.each<[string, Mapping]>([
    ['a rule', withRules(doctors, { name: text('Nmae') })],
    ['a drop', { ...doctors, drops: { Nmae: 'why not' } }],
    ['a filter', { ...doctors, filter: { name: 'tests', reads: ['Nmae'], drops: () => false } }],
  ])('%s that names an unknown source column', (_what, mapping) => {
    expect(problemsOf({ mappings: [mapping, codes, patients] })).toContain(
      'c01.doctor.Nmae: A mapping names a column that the source does not have.',
    );
  });

  test('a mapping of tables that are in no contract', () => {
    const mappings = [doctors, codes, patients, { ...doctors, from: 'c01.docter', to: 'docters' }];
    expect(problemsOf({ mappings })).toEqual([
      'c01.docter > docters: The source contract has no table c01.docter.',
      'c01.docter > docters: The target contract has no table docters.',
    ]);
  });

  test('a target table that no mapping feeds', () => {
    const target = { faxes: { key: [], columns: { id: 'uuid' } } };
    expect(problemsOf({ target })).toEqual([
      'faxes: No mapping feeds this target table and the pipeline does not say why.',
    ]);
  });
});

describe('what the plan refuses about NULL', () => {
  const rules: readonly (readonly [string, string, string, Rule])[] = [
    ['text', 'varchar(9)', 'text not null', text('Value')],
    ['carry', 'int', 'integer not null', carry('Value')],
    ['date', 'date not null', 'date not null', date('Value')],
    ['label', "enum('a') not null", 'text not null', label('Value')],
    ['members', "set('a')", 'text[] not null', members('Value')],
    ['ref', 'int not null', 'uuid not null', ref('doctors', 'Value', { orphan: 'null' })],
    ['ref', 'int not null', 'uuid not null', ref('doctors', 'Value', { none: ['0'], orphan: 'reject' })],
    ['ref', 'int', 'uuid not null', ref('doctors', 'Value', { orphan: 'reject' })],
    ['constant', 'int not null', 'text not null', { ...constant('constant', () => null), reads: ['Value'] }],
    ['derive', 'int not null', 'text not null', derive(['Value'], { kind: 'text', native: 'text' }, () => 'x')],
  ];

  test.each(rules)('rule %s of %s, which may put null into %s', (name, source, target, rule) => {
    expect(problemsOf(oneColumn(source, target, rule))).toEqual([
      `things.value: The column is NOT NULL and rule ${name} may give null.`,
    ]);
  });

  test('not a rule that never gives null', () => {
    expect(problemsOf(oneColumn('int not null', 'integer not null'))).toEqual([]);
    const required = ref('doctors', 'Value', { orphan: 'reject' });
    expect(problemsOf(oneColumn('int not null', 'uuid not null', required))).toEqual([]);
    const derived = derive(['Value'], { kind: 'text', native: 'text' }, () => 'x', { mayBeNull: false });
    expect(problemsOf(oneColumn('int not null', 'text not null', derived))).toEqual([]);
  });
});

describe('what the plan refuses about types', () => {
  const narrow: readonly (readonly [string, string, string, Rule])[] = [
    ['carry', 'int unsigned', 'integer', carry('Value')],
    ['carry', 'bigint(20) unsigned', 'bigint', carry('Value')],
    ['carry', 'decimal(18,4)', 'numeric(18,2)', carry('Value')],
    ['carry', 'double', 'numeric(18,2)', carry('Value')],
    ['carry', 'datetime(6)', 'timestamp(3) without time zone', carry('Value')],
    ['carry', 'blob', 'text', carry('Value')],
    ['text', 'varchar(51)', 'character varying(50)', text('Value')],
    ['label', "enum('a','abc')", 'character varying(2)', label('Value')],
    ['date', 'datetime', 'date', date('Value')],
    ['ref', 'int', 'bigint', ref('doctors', 'Value', { orphan: 'null' })],
  ];

  test.each(narrow)('rule %s from %s, which is refused by %s', (name, source, target, rule) => {
    const native = name === 'ref' ? 'uuid' : source.replace('(20)', '');
    expect(problemsOf(oneColumn(source, target, rule))).toEqual([
      `things.value: ${target} cannot hold every ${native} that rule ${name} gives.`,
    ]);
  });

  test.each(['tsvector', 'xml', 'money', 'int4range', 'integer[]', 'public.mood'])(
    'text into %s, with what to do',
    (target) => {
      expect(problemsOf(oneColumn('varchar(20)', target, carry('Value')))).toEqual([
        `things.value: waybill does not convert varchar(20) to ${target}. Load it into a text column, and convert it in a later version of the schema.`,
      ]);
    },
  );

  test('a source type that waybill does not know, unless its text is read as text', () => {
    expect(problemsOf(oneColumn('something_new(3)', 'text', carry('Value')))).toEqual([
      'things.value: waybill does not know the type something_new(3). Load its text into a text column with the rule text.',
    ]);
    expect(problemsOf(oneColumn('something_new(3)', 'text', text('Value')))).toEqual([]);
  });

  test('an amount that is not stored as a decimal', () => {
    for (const target of ['integer', 'double precision', 'text']) {
      expect(problemsOf(oneColumn('double', target, amount('Value')))).toHaveLength(1);
    }
    expect(problemsOf(oneColumn('double', 'numeric', amount('Value')))).toEqual([]);
  });

  const unread: readonly (readonly [string, string, string, Rule])[] = [
    ['boolean', 'varchar(5)', 'boolean', bool('Value')],
    ['boolean', 'double', 'boolean', bool('Value')],
    ['amount', 'varchar(9)', 'numeric(18,2)', amount('Value')],
    ['date', 'varchar(10)', 'text', date('Value')],
    ['label', 'varchar(9)', 'text', label('Value')],
    ['members', 'varchar(9)', 'text[]', members('Value')],
    ['text', "set('a')", 'text', text('Value')],
    ['text', 'blob', 'text', text('Value')],
    ['optional-text', 'blob', 'text', { ...text('Value'), name: 'optional-text' }],
    ['id', 'varchar(9) not null', 'uuid', id('Value')],
    ['ref', 'varchar(9)', 'uuid', ref('doctors', 'Value', { orphan: 'null' })],
    ['ref', 'double', 'uuid', ref('codes', 'Value', { orphan: 'null' })],
  ];

  test.each(unread)('rule %s, which cannot read %s', (name, source, target, rule) => {
    const native = source.replace(' not null', '');
    expect(problemsOf(oneColumn(source, target, rule))).toEqual([`things.value: Rule ${name} cannot read ${native}.`]);
  });
});

describe('all problems are reported at once', () => {
  test('of two tables and of two kinds', () => {
    const source = { doctor: withColumns(doctor, { Fax: 'text' }), patient: withColumns(patient, { Fax: 'text' }) };
    const target = { doctors: withColumns(clinicTarget.doctors, { fax: 'text not null', name: 'varchar(10)' }) };
    expect(problemsOf({ source, target })).toEqual([
      'doctors.fax: The column is NOT NULL and has no rule.',
      'doctors.name: character varying(10) cannot hold every varchar(50) that rule text gives.',
      'c01.doctor.Fax: The source column is neither read nor dropped with a reason.',
      'c01.patient.Fax: The source column is neither read nor dropped with a reason.',
    ]);
  });

  test('of one mapping, whatever else is wrong with it', () => {
    const rules = { nmae: text('Nmae'), name: date('Name'), nurse: ref('nurses', 'ID', { orphan: 'null' }) };
    const target = { doctors: withColumns(clinicTarget.doctors, { nurse: 'uuid not null' }) };
    expect(problemsOf({ target, mappings: [withRules(doctors, rules), codes, patients] })).toEqual([
      'doctors.nmae: A rule fills a column that the target does not have.',
      'c01.doctor.Nmae: A mapping names a column that the source does not have.',
      'doctors.name: Rule date cannot read varchar(50).',
      'c01.doctor > doctors: A reference points at nurses, which no mapping feeds.',
    ]);
  });
});

test('ids of a shared table are the same for all tenants, and those of a company differ', () => {
  const idsOf = (tenant: string, table: string): unknown => {
    const planned = clinicPlan({ tenant }).mappings.find((m) => m.target.name === table);
    return planned?.mapper().map(['1', table === 'codes' ? '0' : 'x']).row?.[0];
  };
  expect(idsOf('c01', 'codes')).toBe(idsOf('c02', 'codes'));
  expect(idsOf('c01', 'doctors')).not.toBe(idsOf('c02', 'doctors'));
});
