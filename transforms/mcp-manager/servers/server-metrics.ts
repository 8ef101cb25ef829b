import { carry, ref, uuid } from '../../../public/index.ts';
import { mapping, statistic } from '../mapping.ts';

/** Metrics of the servers. */
export const serverMetrics = mapping({
  from: 'public.server_metrics',
  to: 'server_metrics',
  columns: {
    id: uuid('id'),
    server_id: ref('mcp_server', 'server_id', { orphan: 'reject' }),
    timestamp: carry('timestamp'),
    response_time_ms: statistic('response_time_ms'),
    requests_per_second: statistic('requests_per_second'),
    error_rate: statistic('error_rate'),
    cpu_usage: statistic('cpu_usage'),
    memory_usage_mb: statistic('memory_usage_mb'),
    active_connections: carry('active_connections'),
    connection_pool_size: carry('connection_pool_size'),
    custom_metrics: carry('custom_metrics'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
