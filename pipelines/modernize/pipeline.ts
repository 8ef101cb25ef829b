import type { PipelineModule } from '../../public/index.ts';
import { requirements } from '../../transforms/modernize/requirements.ts';
import { source } from '../../transforms/modernize/source/contract.ts';
import { mappings } from './mappings.ts';
import { objectDecisions } from './objects.ts';
import { relations } from './relations.ts';
import { target } from './target.ts';
import { tenantAgreement } from './tenant-agreement.ts';

/** The old application's schema, with mock rows among real ones and v3 tables beside the old ones, into one schema. */
const modernize: PipelineModule = {
  name: 'modernize',
  title: 'public (is_mock flags, v3_ tables) into the consolidated migration schema with tenants',
  source: { dialect: 'postgres', contract: source },
  target: {
    schema: 'migration',
    contract: target,
    migrations: 'pipelines/modernize/schema',
    loadVersion: 1,
    finalVersion: 4,
    unmapped: {},
  },
  mappings,
  relations,
  objects: objectDecisions,
  requirements,
  validators: [tenantAgreement],
  policies: {
    'mock-row': 'The row is mock data; it moves to the test tenant.',
    'mock-user': 'The row is mock data, so the system user did it.',
    'no-asset': 'The dependency belongs to no asset.',
    'no-created-at': 'The row does not say when it was created; it takes the moment of its asset.',
    'no-flow': 'The row belongs to no flow.',
    'no-match-type': 'The row does not say how it was matched; it becomes a direct match.',
    'no-name': 'The flow has no name; it gets a general one.',
    'no-progress': 'The flow does not say how far it is; it begins at 0.',
    'no-tenant': 'No tenant can be found for the row.',
    'tenant-of-parent': 'The row names no tenant; it takes the one of its parent.',
    'unit-conflict': 'The size in gigabytes and the size in megabytes differ; the gigabytes count.',
  },
  params: {
    mock: { default: 'test-tenants', describe: 'what becomes of mock rows: test-tenants or leave-out' },
    'system-user': {
      default: '00000000-0000-0000-0000-000000000000',
      describe: 'id of the user that did what nobody is named for; it must be in the source',
    },
  },
  tenantParam: null,
  seed: () => ({}),
  rowSecurity: {
    role: 'application_role',
    setting: 'app.client_id',
    tenantColumn: 'client_account_id',
    tenants: 'client_accounts',
    isForced: false,
    tables: {
      client_accounts: { column: 'id' },
      user_profiles: 'closed',
      engagements: 'open',
      raw_import_records: 'open',
      user_account_associations: 'open',
      client_access: 'open',
      asset_dependencies: 'open',
      migration_waves: 'open',
    },
  },
};

export default modernize;
