import type { PipelineModule } from '../../public/index.ts';
import { source } from '../../transforms/mcp-manager/source/contract.ts';
import { authentication } from './authentication.ts';
import { derivedCounts } from './derived-counts.ts';
import { mappings } from './mappings.ts';
import { objectDecisions } from './objects.ts';
import { relations } from './relations.ts';
import { target } from './target.ts';

const unused = 'new in the target: the source has nothing like it';

/** The backend's SQLModel tables into the Drizzle schema, whose logins are Better-Auth's. */
const mcpManager: PipelineModule = {
  name: 'mcp-manager',
  title: 'MCP Manager: SQLModel (PostgreSQL) into the Drizzle schema with the Better-Auth tables',
  source: { dialect: 'postgres', contract: source },
  target: {
    schema: 'mcp_manager',
    contract: target,
    migrations: 'pipelines/mcp-manager/schema',
    loadVersion: 1,
    finalVersion: 3,
    unmapped: {
      announcement_acknowledgment: unused,
      apiKey: 'the keys are in api_token; a key in two tables would grant access twice',
      api_usage: unused,
      api_usage_stats: unused,
      error_log: unused,
      feature_flag: unused,
      feature_flag_evaluation: unused,
      maintenance_window: unused,
      mcp_prompt: unused,
      mcp_server_dependency: unused,
      mcp_server_health_check: 'the source keeps only the last check, in the server',
      rate_limit_config: unused,
      rate_limit_violation: unused,
      security_event: unused,
      system_announcement: unused,
      system_event: unused,
      tenant_invitation: unused,
      tenant_member: 'membership is user.tenant_id, with one role per user',
      tenant_usage: unused,
      two_factor_auth: unused,
      user_permission: 'the source grants permissions only by role',
      verification: 'filled by the login library',
    },
  },
  mappings,
  relations,
  objects: objectDecisions,
  policies: {
    'email-lower-cased': 'Logins compare addresses in lower case, so the address is written so.',
    'id-without-provider': 'The account has an id of a login provider, but the provider is not named.',
    'no-owner': 'No user can own the row.',
    'provider-without-id': 'The account names a login provider, but has no id there.',
  },
  params: {
    owner: {
      default: '',
      describe: 'id of the user who owns tenants and servers without an administrator; empty: the oldest global one',
    },
  },
  tenantParam: null,
  seed: () => ({}),
  validators: [authentication, derivedCounts],
};

export default mcpManager;
