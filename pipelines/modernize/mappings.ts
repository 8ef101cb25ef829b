import type { Mapping } from '../../public/index.ts';
import { assessments } from '../../transforms/modernize/assets/assessments.ts';
import { assetDependencies } from '../../transforms/modernize/assets/asset-dependencies.ts';
import { assets } from '../../transforms/modernize/assets/assets.ts';
import { migrationWaves } from '../../transforms/modernize/assets/migration-waves.ts';
import { crewaiFlowStateExtensions } from '../../transforms/modernize/flows/crewai-flow-state-extensions.ts';
import { discoveryFlows } from '../../transforms/modernize/flows/discovery-flows.ts';
import { v3DiscoveryFlows } from '../../transforms/modernize/flows/v3-discovery-flows.ts';
import { dataImports } from '../../transforms/modernize/imports/data-imports.ts';
import { importFieldMappings } from '../../transforms/modernize/imports/import-field-mappings.ts';
import { rawImportRecords } from '../../transforms/modernize/imports/raw-import-records.ts';
import { v3DataImports } from '../../transforms/modernize/imports/v3-data-imports.ts';
import { v3FieldMappings } from '../../transforms/modernize/imports/v3-field-mappings.ts';
import { v3RawImportRecords } from '../../transforms/modernize/imports/v3-raw-import-records.ts';
import { clientAccess } from '../../transforms/modernize/tenants/client-access.ts';
import { clientAccounts } from '../../transforms/modernize/tenants/client-accounts.ts';
import { engagementAccess } from '../../transforms/modernize/tenants/engagement-access.ts';
import { engagements } from '../../transforms/modernize/tenants/engagements.ts';
import { userAccountAssociations } from '../../transforms/modernize/tenants/user-account-associations.ts';
import { userProfiles } from '../../transforms/modernize/tenants/user-profiles.ts';
import { userRoles } from '../../transforms/modernize/tenants/user-roles.ts';
import { users } from '../../transforms/modernize/tenants/users.ts';

/** All mappings, parents before children where possible. Of mappings into one table, the winner comes first. */
export const mappings: readonly Mapping[] = [
  clientAccounts,
  users,
  engagements,
  userProfiles,
  userRoles,
  userAccountAssociations,
  clientAccess,
  engagementAccess,
  crewaiFlowStateExtensions,
  discoveryFlows,
  v3DiscoveryFlows,
  dataImports,
  v3DataImports,
  rawImportRecords,
  v3RawImportRecords,
  importFieldMappings,
  v3FieldMappings,
  assessments,
  assets,
  assetDependencies,
  migrationWaves,
];
