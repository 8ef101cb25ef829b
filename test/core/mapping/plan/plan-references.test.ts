import { describe, expect, test } from 'vitest';
import type { Mapping, Rule } from '../../../../core/mapping/mapping.ts';
import { constant, idOfRow, ref } from '../../../../core/mapping/rules.ts';
import { type Changes, clinicTarget, oneColumn, problemsOf, withColumns } from '../clinic.ts';

describe('what the plan refuses about identifiers', () => {
  test('one of more than 63 bytes, even with fewer characters', () => {
    const target = {
      doctors: withColumns(clinicTarget.doctors, { ['é'.repeat(32)]: 'text', ['e'.repeat(63)]: 'text' }),
    };
    expect(problemsOf({ target })).toEqual([`doctors.${'é'.repeat(32)}: The identifier is longer than 63 bytes.`]);
  });

  test('a table of more than 63 bytes', () => {
    const name = 't'.repeat(64);
    const target = { [name]: { key: [], columns: { id: 'uuid' } } };
    expect(problemsOf({ target, unmapped: { [name]: 'seeded' } })).toEqual([
      `${name}.${name}: The identifier is longer than 63 bytes.`,
    ]);
  });

  test('two columns, or two tables, that are one name when PostgreSQL has cut them', () => {
    const [one, other] = [`${'e'.repeat(63)}1`, `${'e'.repeat(63)}2`];
    const target = {
      doctors: withColumns(clinicTarget.doctors, { [one]: 'text', [other]: 'text' }),
      [one]: { key: [], columns: { id: 'uuid' } },
      [`${'é'.repeat(31)}éa`]: { key: [], columns: { id: 'uuid' } },
      [`${'é'.repeat(31)}b`]: { key: [], columns: { id: 'uuid' } },
      [other]: { key: [], columns: { id: 'uuid' } },
    };
    const unmapped = Object.fromEntries(Object.keys(target).map((name) => [name, 'seeded']));
    expect(problemsOf({ target, unmapped }).filter((problem) => problem.includes('collides'))).toEqual([
      `${other}: Its name collides with ${one}.`,
      `doctors.${other}: Its name collides with ${one}.`,
    ]);
  });
});

test('names that differ only in case are two names', () => {
  const target = {
    doctors: withColumns(clinicTarget.doctors, { Name: 'text' }),
    Doctors: { key: [], columns: { id: 'uuid' } },
  };
  expect(problemsOf({ target, unmapped: { Doctors: 'seeded' } })).toEqual([]);
});

describe('what the plan refuses about references', () => {
  const pointAt = (entity: string, more: Partial<Changes> = {}): string[] => {
    const changes = oneColumn('int', 'uuid', ref(entity, 'Value', { orphan: 'null' }));
    return problemsOf({
      source: { ...changes.source, ...more.source },
      target: { ...changes.target, ...more.target },
      mappings: [...(changes.mappings ?? []), ...(more.mappings ?? [])],
      unmapped: more.unmapped ?? {},
    });
  };

  test('an entity that no mapping feeds', () => {
    expect(pointAt('nurses')).toEqual(['c01.thing > things: A reference points at nurses, which no mapping feeds.']);
  });

  const node = { key: ['ID'], columns: { ID: 'int not null' } };
  const nodes = { key: ['id'], columns: { id: 'uuid not null' } };
  const keyed = (from: string, to: string, rule: Rule): Mapping => ({
    ...{ from, to, scope: 'tenant', columns: { id: rule }, drops: {} },
  });
  const child = (of: string): Rule => ref(of, 'ID', { orphan: 'reject' });
  const unkeyed =
    'c01.thing > things: A reference points at a_nodes, whose key is neither carried nor made by an id rule.';

  test('an entity whose key is a reference to an entity that no mapping feeds', () => {
    const mappings = [keyed('c01.a', 'a_nodes', child('ghosts'))];
    expect(pointAt('a_nodes', { source: { a: node }, target: { a_nodes: nodes }, mappings })).toEqual([
      unkeyed,
      'c01.a > a_nodes: A reference points at ghosts, which no mapping feeds.',
    ]);
  });

  test('entities whose keys are circular references', () => {
    const mappings = [keyed('c01.a', 'a_nodes', child('b_nodes')), keyed('c01.b', 'b_nodes', child('a_nodes'))];
    expect(
      pointAt('a_nodes', { source: { a: node, b: node }, target: { a_nodes: nodes, b_nodes: nodes }, mappings }),
    ).toEqual([
      unkeyed,
      'c01.a > a_nodes: A reference points at b_nodes, whose key is neither carried nor made by an id rule.',
      'c01.b > b_nodes: A reference points at a_nodes, whose key is neither carried nor made by an id rule.',
    ]);
  });

  test('an entity whose ids are made from whole rows, or by no id rule at all', () => {
    for (const rule of [idOfRow(['ID']), constant('constant', () => 'x')]) {
      const mappings = [{ ...keyed('c01.a', 'a_nodes', rule), drops: { ID: 'not needed' } }];
      expect(pointAt('a_nodes', { source: { a: node }, target: { a_nodes: nodes }, mappings })).toEqual([unkeyed]);
    }
  });

  test('not an entity whose key is a reference to an entity with its own id rule', () => {
    const mappings = [keyed('c01.a', 'a_nodes', child('doctors'))];
    expect(pointAt('a_nodes', { source: { a: node }, target: { a_nodes: nodes }, mappings })).toEqual([]);
  });
});
