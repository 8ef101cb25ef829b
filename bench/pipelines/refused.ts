import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { carry } from '../../core/mapping/rules.ts';

const columns = {
  id: 'integer not null',
  payer: 'text not null',
  amount: 'numeric(12,2) not null',
  paid_at: 'timestamp not null',
  level: 'integer not null',
};
const contract = { payments: { key: ['id'], columns } };

/** The pipeline whose target refuses every row of level 100. */
const refused: Pipeline = {
  name: 'refused',
  title: 'Payments that a check of the target refuses',
  source: { dialect: 'postgres', contract: { public: contract } },
  mappings: [
    {
      from: 'public.payments',
      to: 'payments',
      scope: 'shared',
      columns: Object.fromEntries(Object.keys(columns).map((name) => [name, carry(name)])),
      drops: {},
    },
  ],
  target: {
    schema: 'refused',
    contract,
    migrations: 'bench/pipelines/refused-schema',
    loadVersion: 1,
    finalVersion: 1,
    unmapped: {},
  },
  relations: [],
  params: {},
  tenantParam: null,
  seed: () => ({}),
};

export default refused;
