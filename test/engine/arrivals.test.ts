import { expect, test } from 'vitest';
import { parsePostgresType } from '../../connectors/postgres/types.ts';
import { arrivingRows } from '../../core/mapping/arrivals.ts';
import { mappingsOf } from '../../core/mapping/mapping.ts';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { planPipeline } from '../../core/mapping/plan/plan.ts';
import { carry, derive, ref } from '../../core/mapping/rules.ts';
import { narrow, within } from '../../core/mapping/typed-rules.ts';
import { tablesOfContract } from '../../core/model/schema.ts';
import { gatherWinners } from '../../engine/gather-winners.ts';
import { GatheredFacts } from '../../engine/surveys.ts';

/** Tenants that count their servers, and servers whose names and measured values may not fit. */
const source = {
  s: {
    tenant: { key: ['id'], columns: { id: 'integer not null' } },
    server: {
      key: ['id'],
      columns: { id: 'integer not null', tenant: 'integer', name: 'text not null', latency: 'double precision' },
    },
  },
} as const;
const target = {
  tenant: { key: ['id'], columns: { id: 'integer not null', servers: 'text' } },
  server: {
    key: ['id'],
    columns: { id: 'integer not null', tenant: 'integer', name: 'character varying(5) not null', latency: 'real' },
  },
};
const mapping = mappingsOf<typeof source>();
const servers = arrivingRows('server', 'tenant');

const mappings = [
  mapping({
    from: 's.tenant',
    to: 'tenant',
    columns: {
      id: carry('id'),
      servers: derive(
        ['id'],
        { kind: 'text', native: 'text' },
        ({ id }, known) => String(known.facts(servers).get(id as string) ?? 0),
        { surveys: [servers] },
      ),
    },
  }),
  mapping({
    from: 's.server',
    to: 'server',
    columns: {
      id: carry('id'),
      tenant: ref('tenant', 'tenant', { orphan: 'reject' }),
      name: within('name'),
      latency: narrow('latency', { outOfRange: 'null' }),
    },
  }),
];

const rows: Readonly<Record<string, readonly (readonly (string | null)[])[]>> = {
  's.tenant': [['1'], ['2']],
  's.server': [
    ['1', '1', 'a', '0.5'],
    ['2', '1', 'too long', '0.5'],
    ['3', '1', 'c', '1e+300'],
    ['4', '9', 'd', null],
    ['5', null, 'e', null],
  ],
};

test('a figure of a parent counts the children that arrive: not those that a rule or a missing parent rejects', async () => {
  const pipeline = {
    ...{ name: 'p', title: '', relations: [], params: {}, tenantParam: null, seed: () => ({}), mappings },
    source: { dialect: 'postgres', contract: source },
    target: { schema: 'x', migrations: '', loadVersion: 1, finalVersion: 1, unmapped: {}, contract: target },
  } as Pipeline;
  const live = {
    inspector: { tables: async () => tablesOfContract('s', source.s, parsePostgresType) },
    parts: async () => [{ number: 1, after: null, upTo: null }],
    async *read({ name }: { name: string }) {
      yield rows[name] ?? [];
    },
  };
  const facts = new GatheredFacts();
  const plan = planPipeline(pipeline, {}, { source: parsePostgresType, target: parsePostgresType }, facts);
  expect(plan.problems).toEqual([]);
  await facts.gather(live as never, pipeline, { params: {}, readType: parsePostgresType });
  await gatherWinners(live as never, plan, facts);
  const mapper = plan.mappings[0]?.mapper();
  expect(rows['s.tenant']?.map((row) => mapper?.map(row).row)).toEqual([
    ['1', '2'],
    ['2', '0'],
  ]);
});
