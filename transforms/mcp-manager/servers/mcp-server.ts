import { carry, derive, jsonWith, pointsAt, ref, relabel, utc } from '../../../public/index.ts';
import { always, LEGACY, mapping, statistic, text, transportTypes, unknown } from '../mapping.ts';
import { ownerOf } from '../owner.ts';

/** The success rate is not an uptime, so it is kept separately. */
export const mcpServer = mapping({
  from: 'public.mcp_servers',
  to: 'mcp_server',
  columns: {
    id: carry('id'),
    name: carry('name'),
    description: carry('description'),
    version: carry('version'),
    endpoint_url: carry('endpoint_url'),
    transport_type: relabel('transport_type', transportTypes),
    auth_type: always('none'),
    status: derive(
      ['health_status'],
      text,
      ({ health_status }) => (health_status === 'HEALTHY' || health_status === 'DEGRADED' ? 'active' : 'inactive'),
      { mayBeNull: false },
    ),
    health_status: relabel('health_status', {
      HEALTHY: 'healthy',
      UNHEALTHY: 'unhealthy',
      DEGRADED: 'degraded',
      UNKNOWN: 'unknown',
      MAINTENANCE: 'maintenance',
    }),
    last_health_check: utc('last_health_check'),
    capabilities: carry('capabilities'),
    tags: carry('tags'),
    tenant_id: ref('tenant', 'tenant_id', { orphan: 'reject' }),
    owner_id: pointsAt('user', ownerOf('tenant_id'), 'reject'),
    is_public: always(false),
    request_count: unknown(),
    error_count: unknown(),
    avg_response_time: statistic('avg_response_time'),
    uptime: unknown(),
    settings: jsonWith(null, LEGACY, ['health_metadata', 'success_rate', 'active_connections']),
    created_at: utc('created_at'),
    updated_at: utc('updated_at'),
  },
});
