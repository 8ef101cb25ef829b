import { type PipelineModule, tenantId } from '../../public/index.ts';
import { source } from '../../transforms/aries/source/contract.ts';
import { mappings } from './mappings.ts';
import { objectDecisions } from './objects.ts';
import { relations } from './relations.ts';
import { target } from './target.ts';

/** The DMEWorks databases of one company, with the data that all companies share, into one multi-tenant schema. */
const aries: PipelineModule = {
  name: 'aries',
  title: 'DMEWorks (c01, dmeworks, repository) into one multi-tenant PostgreSQL schema',
  source: { dialect: 'mysql', contract: source, tenantSchema: 'c01' },
  target: {
    schema: 'aries',
    contract: target,
    migrations: 'pipelines/aries/schema',
    loadVersion: 1,
    finalVersion: 4,
    unmapped: { tenants: 'seeded: one row for the company that is being migrated' },
  },
  mappings,
  relations,
  objects: objectDecisions,
  params: {
    tenant: { default: 'c01', describe: 'name of the company; its rows and ids belong to this tenant' },
  },
  tenantParam: 'tenant',
  seed: (params) => ({ tenants: [{ id: tenantId(params.tenant as string), name: params.tenant as string }] }),
  rowSecurity: { role: 'aries_app', setting: 'app.tenant_id', tenantColumn: 'tenant_id' },
};

export default aries;
