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
