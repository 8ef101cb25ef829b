import { describe, expect, test } from 'vitest';
import { parsePostgresType } from '../../../connectors/postgres/types.ts';
import { surveysOver } from '../../../core/mapping/mapping.ts';
import type { Pipeline } from '../../../core/mapping/pipeline.ts';
import { planPipeline } from '../../../core/mapping/plan/plan.ts';
import { carry, derive } from '../../../core/mapping/rules.ts';
import { firstOfEach, type Survey } from '../../../core/mapping/survey.ts';
import { firstOf } from '../../../core/mapping/typed-rules.ts';
import { tablesOfContract } from '../../../core/model/schema.ts';
import type { Row } from '../../../core/model/value.ts';
import type { Part, Source } from '../../../core/ports/source.ts';
import { GatheredFacts } from '../../../engine/surveys.ts';

const contract = {
  s: {
    tools: { key: ['id'], columns: { id: 'text not null', name: 'text', made: 'text not null' } },
    people: { key: ['id'], columns: { id: 'text not null', boss: 'text' } },
  },
} as const;
const survey = surveysOver<typeof contract>();

/** The oldest tool of each name. The id orders tools of the same age. */
const names = survey({
  name: 'names',
  from: 's.tools',
  ...firstOfEach({ reads: ['name', 'made', 'id'], key: ({ name }) => name as string | null, order: ['made', 'id'] }),
});

/** A source of rows in memory, in parts of two, that records what was read. */
function sourceOf(rows: Readonly<Record<string, readonly Row[]>>): Source & { readonly reads: string[] } {
  const reads: string[] = [];
  const all = tablesOfContract('s', contract.s, parsePostgresType);
  const unasked = () => Promise.reject(new Error('nobody asks this'));
  return {
    ...{ label: 'memory', snapshot: { isConsistent: true, note: '' }, reads, close: async () => undefined },
    inspector: {
      tables: async () => all.filter(({ name }) => Object.hasOwn(rows, name)),
      ...{
        server: unasked,
        count: unasked,
        aggregates: unasked,
        orphans: unasked,
        spellings: unasked,
        duplicates: unasked,
        sequences: unasked,
        structure: unasked,
      },
    },
    parts: async ({ name }) =>
      [...(rows[name] ?? []).keys()]
        .filter((i) => i % 2 === 0)
        .map((i): Part => ({ number: i / 2 + 1, after: null, upTo: null })),
    async *read({ name }, { number }) {
      reads.push(`${name} ${number}`);
      yield (rows[name] ?? []).slice(number * 2 - 2, number * 2);
    },
  };
}

function pipelineOf(counted: Survey<number>): Pipeline {
  const text = { kind: 'text', native: 'text' } as const;
  return {
    ...{ name: 'p', title: 'p', relations: [], params: {}, tenantParam: null, seed: () => ({}) },
    source: { dialect: 'postgres', contract },
    target: {
      ...{ schema: 'p', migrations: '', loadVersion: 1, finalVersion: 1 },
      contract: { tool: { key: ['id'], columns: { id: 'text not null', name: 'text', people: 'text' } } },
      unmapped: {},
    },
    mappings: [
      {
        ...{ from: 's.tools', to: 'tool', scope: 'shared', drops: { made: 'not wanted' } },
        filter: {
          name: 'alone',
          reads: ['id'],
          surveys: [counted],
          drops: ([id], known) => id === 'x' && known?.facts(counted) === 1,
        },
        columns: {
          id: carry('id'),
          name: firstOf(names, carry('name')),
          people: derive([], text, (_, known) => String(known.facts(counted)), { surveys: [counted] }),
        },
      },
    ],
  };
}

const people = survey({
  name: 'people',
  from: 's.people',
  reads: ['id'],
  begin: () => {
    let count = 0;
    return { add: () => void count++, facts: () => count };
  },
});

const types = { source: parsePostgresType, target: parsePostgresType };
const gathering = { params: {}, readType: parsePostgresType };

describe('a survey', () => {
  const tools: Row[] = [
    ['a', 'hammer', '2024-02'],
    ['b', 'hammer', '2024-01'],
    ['c', 'saw', '2024-03'],
    ['d', null, '2024-01'],
    ['e', null, '2024-01'],
    ['f', 'saw', '2024-03'],
  ];

  test('accepts the first row of each key, across parts, and rejects the others', async () => {
    const facts = new GatheredFacts();
    const pipeline = pipelineOf(people);
    await facts.gather(sourceOf({ 's.tools': tools, 's.people': [['p', null]] }), pipeline, gathering);
    const mapper = planPipeline(pipeline, {}, types, facts).mappings[0]?.mapper();
    const outcomes = tools.map((row) => mapper?.map(row).reject?.rule ?? 'in');
    expect(outcomes).toEqual(['duplicate-key', 'in', 'in', 'in', 'in', 'duplicate-key']);
  });

  test('gives the same facts whatever the order of the rows', async () => {
    for (const rows of [tools, tools.toReversed()]) {
      const { add, facts } = names.begin({});
      for (const [id, name, made] of rows) add({ id: id ?? null, name: name ?? null, made: made ?? null });
      const isFirst = facts();
      const first = rows.filter(([id, name, made]) =>
        isFirst({ id: id ?? null, name: name ?? null, made: made ?? null }),
      );
      expect(first.map(([id]) => id).sort()).toEqual(['b', 'c', 'd', 'e']);
    }
  });

  test('is made once for all rules that name it, and its table is read once per run', async () => {
    const facts = new GatheredFacts();
    const pipeline = pipelineOf(people);
    const source = sourceOf({ 's.tools': tools, 's.people': [['p', null]] });
    await facts.gather(source, pipeline, gathering);
    await facts.gather(source, pipeline, gathering);
    expect(source.reads).toEqual(['s.tools 1', 's.tools 2', 's.tools 3', 's.people 1']);
  });

  test('is available to filters and derived columns', async () => {
    const facts = new GatheredFacts();
    const pipeline = pipelineOf(people);
    await facts.gather(sourceOf({ 's.tools': tools, 's.people': [['p', null]] }), pipeline, gathering);
    const mapper = planPipeline(pipeline, {}, types, facts).mappings[0]?.mapper();
    expect(mapper?.map(['x', null, '']).filter).toBe('alone');
    expect(mapper?.map(['d', null, '2024-01']).row).toEqual(['d', null, '1']);
  });

  test('of a table that the source lacks is not made, and a rule that needs it stops the run', async () => {
    const facts = new GatheredFacts();
    const pipeline = pipelineOf(people);
    await facts.gather(sourceOf({ 's.tools': tools }), pipeline, gathering);
    const plan = planPipeline(pipeline, {}, types, facts);
    expect(plan.problems).toEqual([{ subject: 's.people', message: 'No mapping reads this source table.' }]);
    expect(() => plan.mappings[0]?.mapper().map(['d', null, '2024-01'])).toThrow(
      'A rule needs all rows of s.people, which was not read.',
    );
  });
});
