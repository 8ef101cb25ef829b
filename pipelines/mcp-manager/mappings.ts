import type { Mapping } from '../../public/index.ts';
import { account } from '../../transforms/mcp-manager/auth/account.ts';
import { apiToken } from '../../transforms/mcp-manager/auth/api-token.ts';
import { enhancedApiKeys } from '../../transforms/mcp-manager/auth/enhanced-api-keys.ts';
import { session } from '../../transforms/mcp-manager/auth/session.ts';
import { sessions } from '../../transforms/mcp-manager/auth/sessions.ts';
import { user } from '../../transforms/mcp-manager/auth/user.ts';
import { auditLog } from '../../transforms/mcp-manager/logs/audit-log.ts';
import { fastmcpAuditLog } from '../../transforms/mcp-manager/logs/fastmcp-audit-log.ts';
import { performanceAlerts } from '../../transforms/mcp-manager/logs/performance-alerts.ts';
import { requestLogs } from '../../transforms/mcp-manager/logs/request-logs.ts';
import { circuitBreakers } from '../../transforms/mcp-manager/servers/circuit-breakers.ts';
import { connectionPools } from '../../transforms/mcp-manager/servers/connection-pools.ts';
import { legacyRoutingRule } from '../../transforms/mcp-manager/servers/legacy-routing-rule.ts';
import { mcpResource } from '../../transforms/mcp-manager/servers/mcp-resource.ts';
import { mcpServer } from '../../transforms/mcp-manager/servers/mcp-server.ts';
import { mcpTool } from '../../transforms/mcp-manager/servers/mcp-tool.ts';
import { requestQueues } from '../../transforms/mcp-manager/servers/request-queues.ts';
import { serverAccessControl } from '../../transforms/mcp-manager/servers/server-access-control.ts';
import { serverMetrics } from '../../transforms/mcp-manager/servers/server-metrics.ts';
import { dataRetentionPolicies } from '../../transforms/mcp-manager/system/data-retention-policies.ts';
import { materializedViews } from '../../transforms/mcp-manager/system/materialized-views.ts';
import { systemConfig } from '../../transforms/mcp-manager/system/system-config.ts';
import { tenant } from '../../transforms/mcp-manager/tenants/tenant.ts';

/** All mappings, parents first. */
export const mappings: readonly Mapping[] = [
  tenant,
  user,
  account,
  session,
  sessions,
  apiToken,
  enhancedApiKeys,
  mcpServer,
  mcpTool,
  mcpResource,
  serverMetrics,
  serverAccessControl,
  circuitBreakers,
  connectionPools,
  requestQueues,
  legacyRoutingRule,
  auditLog,
  requestLogs,
  fastmcpAuditLog,
  performanceAlerts,
  systemConfig,
  dataRetentionPolicies,
  materializedViews,
];
