import { describe, expect, test } from 'vitest';
import { parsePostgresType } from '../../../connectors/postgres/types.ts';
import { point, wkb } from '../../../core/mapping/geometry-rules.ts';
import { entityIds } from '../../../core/mapping/ids/entity-ids.ts';
import type { MappedRow } from '../../../core/mapping/mapper.ts';
import type { Rule } from '../../../core/mapping/mapping.ts';
import { type Plan, planPipeline } from '../../../core/mapping/plan/plan.ts';
import { bool, carry, date, ref } from '../../../core/mapping/rules.ts';
import { jsonWith, narrow, parsed, pointsAt, relabel, utc, uuid } from '../../../core/mapping/typed-rules.ts';
import type { Row } from '../../../core/model/value.ts';

const columns = {
  id: 'text not null',
  parent: 'text',
  made: 'timestamp not null',
  mean: 'double precision',
  state: "enum('ON','OFF') not null",
  document: 'json not null',
  note: 'varchar(20)',
  rate: 'double precision',
  born: 'date not null',
  key: 'bytea not null',
  price: 'numeric(65,30)',
};

/** Maps one table into one with these target columns. */
function planOf(rules: Readonly<Record<string, Rule>>, target: Readonly<Record<string, string>>): Plan {
  const read = new Set(Object.values(rules).flatMap(({ reads }) => reads));
  const drops = Object.fromEntries(Object.keys(columns).flatMap((name) => (read.has(name) ? [] : [[name, 'unused']])));
  return planPipeline(
    {
      ...{ name: 'p', title: 'p', relations: [], params: {}, tenantParam: null, seed: () => ({}) },
      source: { dialect: 'postgres', contract: { s: { thing: { key: ['id'], columns } } } },
      target: {
        ...{ schema: 'p', migrations: '', loadVersion: 1, finalVersion: 1, unmapped: {} },
        contract: { thing: { key: ['id'], columns: target } },
      },
      mappings: [{ from: 's.thing', to: 'thing', scope: 'shared', columns: rules, drops }],
    },
    {},
    { source: parsePostgresType, target: parsePostgresType },
  );
}

const row: Row = [
  'main',
  'main',
  '2024-03-31 02:30:00',
  '12.3456',
  'ON',
  '{"a": 1.0}',
  null,
  null,
  '2020-02-29',
  new Uint8Array(16),
  '0.1',
];

function mapped(
  rules: Readonly<Record<string, Rule>>,
  target: Readonly<Record<string, string>>,
  from = row,
): MappedRow {
  const plan = planOf(rules, target);
  expect(plan.problems).toEqual([]);
  return plan.mappings[0]?.mapper().map(from) as MappedRow;
}

const problemsOf = (...of: Parameters<typeof planOf>) => planOf(...of).problems.map(({ message }) => message);

describe('a uuid', () => {
  test('that is not a valid UUID is derived from the text, and a reference to it finds it', () => {
    const rules = { id: uuid('id'), parent: ref('thing', 'parent', { orphan: 'null' }) };
    const { row: made, adjustments } = mapped(rules, { id: 'uuid not null', parent: 'uuid' });
    const id = entityIds(null, 'thing').ofText('main');
    expect(made).toEqual([id, id]);
    expect(adjustments.map(({ column, rule }) => [column, rule])).toEqual([
      ['id', 'not-a-uuid'],
      ['parent', 'not-a-uuid'],
    ]);
  });

  test('of 16 bytes is found by a reference of bytes', () => {
    const rules = { id: uuid('key'), parent: ref('thing', 'key', { orphan: 'null' }) };
    const none = '00000000-0000-0000-0000-000000000000';
    expect(mapped(rules, { id: 'uuid not null', parent: 'uuid' })).toMatchObject({
      row: [none, none],
      adjustments: [],
    });
  });

  test('is refused if the reference stays text', () => {
    const rules = { id: uuid('id'), parent: ref('thing', 'parent', { orphan: 'null' }) };
    expect(problemsOf(rules, { id: 'uuid not null', parent: 'text' })).toEqual([
      'The column is text, and the key of thing is uuid.',
    ]);
  });
});

describe('a UTC timestamp', () => {
  test('is the same moment with its zone', () => {
    const { row: made } = mapped(
      { id: carry('id'), made: utc('made') },
      { id: 'text not null', made: 'timestamptz not null' },
    );
    expect(made).toEqual(['main', '2024-03-31 02:30:00+00']);
  });

  test('is refused by a column without a zone, or with fewer digits', () => {
    for (const type of ['timestamp', 'timestamptz(3)']) {
      expect(problemsOf({ id: carry('id'), made: utc('made') }, { id: 'text not null', made: type })).toHaveLength(1);
    }
  });
});

describe('a double', () => {
  test.each([
    ['numeric(10,3)', '12.346'],
    ['numeric(4,1)', '12.3'],
  ])('in %s is rounded, recorded', (type, value) => {
    const { row: made, adjustments } = mapped(
      { id: carry('id'), mean: narrow('mean') },
      { id: 'text not null', mean: type },
    );
    expect(made).toEqual(['main', value]);
    expect(adjustments).toEqual([{ column: 'mean', rule: 'digits-lost', from: '12.3456', to: value }]);
  });

  test('in a real that reads the same is not an adjustment', () => {
    const { row: made, adjustments } = mapped(
      { id: carry('id'), mean: narrow('mean') },
      { id: 'text not null', mean: 'real' },
    );
    expect([made, adjustments]).toEqual([['main', '12.3456'], []]);
  });

  test('may be null only if the column is nullable', () => {
    const target = { id: 'text not null', mean: 'real not null' };
    expect(problemsOf({ id: carry('id'), mean: narrow('mean') }, target)).toHaveLength(1);
  });
});

describe('a rule over a column that it cannot read', () => {
  test.each<[Rule, string, string]>([
    [bool('note'), 'boolean', 'Rule boolean cannot read character varying(20).'],
    [bool('key', { true: ['Y'], false: ['N'] }), 'boolean', 'Rule boolean cannot read bytea.'],
    [uuid('note', { order: 'plain' }), 'uuid', 'Rule uuid cannot read character varying(20).'],
    [wkb('note'), 'bytea', 'Rule wkb cannot read character varying(20).'],
    [point('note'), 'point', 'Rule point cannot read character varying(20).'],
    [utc('note'), 'timestamptz', 'Rule utc cannot read character varying(20).'],
    [narrow('born'), 'real', 'Rule narrow cannot read date.'],
  ])('is refused', (rule, type, problem) => {
    expect(problemsOf({ id: carry('id'), made: rule }, { id: 'text not null', made: type })).toEqual([problem]);
  });
});

describe('a result that its target column cannot hold', () => {
  test.each<[Rule, string]>([
    [bool('note', { true: ['Y'], false: ['N'] }), 'integer'],
    [uuid('key'), 'bytea not null'],
    [parsed('note'), 'boolean'],
    [parsed('note'), 'timestamptz'],
    [wkb('key'), 'point'],
    [point('key'), 'circle'],
    [utc('born'), 'date'],
    [narrow('price'), 'integer'],
    [carry('key'), 'uuid not null'],
    [carry('price'), 'double precision'],
  ])('is refused', (rule, type) => {
    const problems = problemsOf({ id: carry('id'), made: rule }, { id: 'text not null', made: type });
    expect(problems.length).toBeGreaterThan(0);
  });
});

describe('null in a NOT NULL column', () => {
  const labels = { true: ['Y'], false: ['N'] };

  test.each<[Rule, string, boolean]>([
    [date('born'), 'date', true],
    [date('born', { zero: '1970-01-01' }), 'date', false],
    [date('born', { zero: '1970-01-01', sentinels: ['1900-01-01'] }), 'date', true],
    [utc('born'), 'timestamptz', false],
    [utc('born', {}), 'timestamptz', true],
    [utc('born', { zero: '1970-01-01' }), 'timestamptz', false],
    [bool('state', labels), 'boolean', false],
    [parsed('state'), 'integer', false],
    [parsed('state', { none: [''] }), 'date', true],
    [parsed('state', { other: 'null' }), 'timestamp', true],
    [bool('state', { ...labels, null: [''] }), 'boolean', true],
    [bool('state', { ...labels, other: 'null' }), 'boolean', true],
  ])('is refused where the rule may give it', (rule, type, isRefused) => {
    const problems = problemsOf({ id: carry('id'), made: rule }, { id: 'text not null', made: `${type} not null` });
    expect(problems).toEqual(isRefused ? [`The column is NOT NULL and rule ${rule.name} may give null.`] : []);
  });
});

test('what a rule declares is part of the lineage', () => {
  expect(bool('state', { true: ['Y'], false: ['N'] }).detail).toBe('{"true":["Y"],"false":["N"]}');
  expect(uuid('key', { order: 'swapped' }).detail).toBe('swapped bytes');
  expect(wkb('key', { srid: 4326 }).detail).toBe('{"srid":4326}');
});

describe('a label', () => {
  const rule = relabel('state', { ON: 'on', OFF: 'off' });

  test('has its new name in text and in an enum', () => {
    for (const type of ['text not null', "enum('off','on','unknown') not null"]) {
      expect(mapped({ id: carry('id'), state: rule }, { id: 'text not null', state: type }).row).toEqual([
        'main',
        'on',
      ]);
    }
  });

  test('is refused by an enum that lacks a name', () => {
    expect(problemsOf({ id: carry('id'), state: rule }, { id: 'text not null', state: "enum('on')" })).toHaveLength(1);
  });
});

describe('JSON with the values that have no column', () => {
  const target = { id: 'text not null', document: 'json not null' };

  test('is unchanged if there are no such values', () => {
    const rules = { id: carry('id'), document: jsonWith('document', 'kept', ['note', 'rate']) };
    expect(mapped(rules, target).row).toEqual(['main', '{"a": 1.0}']);
    expect(mapped(rules, target, [...row.slice(0, 5), 'null', null, null]).row).toEqual(['main', 'null']);
  });

  test('has them in one added member', () => {
    const rules = { id: carry('id'), document: jsonWith('document', 'kept', ['note', 'rate']) };
    const from = [...row.slice(0, 6), 'a "b"', '1e-07', ...row.slice(8)];
    expect(mapped(rules, target, from).row).toEqual(['main', '{"a": 1.0,"kept":{"note":"a \\"b\\"","rate":1e-07}}']);
  });

  test('is an object of them alone if no column is its base', () => {
    const rules = { id: carry('id'), document: jsonWith(null, 'kept', ['note', 'document']) };
    expect(mapped(rules, target).row).toEqual(['main', '{"kept":{"note":null,"document":{"a": 1.0}}}']);
  });
});

test('the result of another rule can be the key of a parent', () => {
  const plan = planOf(
    { id: carry('id'), parent: pointsAt('thing', carry('parent'), 'reject') },
    { id: 'text not null', parent: 'text' },
  );
  expect(plan.problems).toEqual([]);
  expect(plan.references).toEqual([
    {
      table: 'thing',
      mapping: 's.thing > thing',
      column: 'parent',
      parent: 'thing',
      parentColumn: 'id',
      orphan: 'reject',
    },
  ]);
});
