import { describe, expect, test } from 'vitest';
import { parsePostgresType } from '../../../connectors/postgres/types.ts';
import { entityIds } from '../../../core/mapping/ids/entity-ids.ts';
import type { MappedRow } from '../../../core/mapping/mapper.ts';
import type { Rule } from '../../../core/mapping/mapping.ts';
import { type Plan, planPipeline } from '../../../core/mapping/plan/plan.ts';
import { carry, ref } from '../../../core/mapping/rules.ts';
import { jsonWith, narrow, pointsAt, relabel, utc, uuid } from '../../../core/mapping/typed-rules.ts';
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

const row: Row = ['main', 'main', '2024-03-31 02:30:00', '12.3456', 'ON', '{"a": 1.0}', null, null];

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
    const from = [...row.slice(0, 6), 'a "b"', '1e-07'];
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
