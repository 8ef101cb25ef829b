import { carry, ref, uuid } from '../../../public/index.ts';
import { mapping, statistic } from '../mapping.ts';

/** Served requests. A log row outlives the rows that it refers to. */
export const requestLogs = mapping({
  from: 'public.request_logs',
  to: 'request_logs',
  columns: {
    id: uuid('id'),
    request_id: carry('request_id'),
    user_id: ref('user', 'user_id', { orphan: 'null' }),
    tenant_id: ref('tenant', 'tenant_id', { orphan: 'null' }),
    ip_address: carry('ip_address'),
    method: carry('method'),
    path: carry('path'),
    query_params: carry('query_params'),
    headers: carry('headers'),
    target_server_id: ref('mcp_server', 'target_server_id', { orphan: 'null' }),
    request_time: carry('request_time'),
    response_time: carry('response_time'),
    duration_ms: statistic('duration_ms'),
    status_code: carry('status_code'),
    response_size_bytes: carry('response_size_bytes'),
    error_type: carry('error_type'),
    error_message: carry('error_message'),
    request_metadata: carry('request_metadata'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
