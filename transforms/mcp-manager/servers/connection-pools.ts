import { carry, ref, relabel, uuid } from '../../../public/index.ts';
import { mapping, statistic, transportTypes } from '../mapping.ts';

/** Connection pools of the servers. */
export const connectionPools = mapping({
  from: 'public.connection_pools',
  to: 'connection_pools',
  columns: {
    id: uuid('id'),
    server_id: ref('mcp_server', 'server_id', { orphan: 'reject' }),
    pool_name: carry('pool_name'),
    transport_type: relabel('transport_type', transportTypes),
    max_size: carry('max_size'),
    min_size: carry('min_size'),
    timeout_ms: carry('timeout_ms'),
    idle_timeout_ms: carry('idle_timeout_ms'),
    active_connections: carry('active_connections'),
    idle_connections: carry('idle_connections'),
    pending_requests: carry('pending_requests'),
    is_healthy: carry('is_healthy'),
    last_health_check: carry('last_health_check'),
    total_connections_created: carry('total_connections_created'),
    total_connections_closed: carry('total_connections_closed'),
    connection_errors: carry('connection_errors'),
    avg_connection_time_ms: statistic('avg_connection_time_ms'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
