import { carry, ref } from '../../../core/mapping/rules.ts';
import { narrow, uuid } from '../../../core/mapping/typed-rules.ts';
import { mapping } from '../mapping.ts';

/** Metrics of the servers. */
export const serverMetrics = mapping({
  from: 'public.server_metrics',
  to: 'server_metrics',
  columns: {
    id: uuid('id'),
    server_id: ref('mcp_server', 'server_id', { orphan: 'reject' }),
    timestamp: carry('timestamp'),
    response_time_ms: narrow('response_time_ms'),
    requests_per_second: narrow('requests_per_second'),
    error_rate: narrow('error_rate'),
    cpu_usage: narrow('cpu_usage'),
    memory_usage_mb: narrow('memory_usage_mb'),
    active_connections: carry('active_connections'),
    connection_pool_size: carry('connection_pool_size'),
    custom_metrics: carry('custom_metrics'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
