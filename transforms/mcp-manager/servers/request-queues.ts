import { carry, ref, uuid } from '../../../public/index.ts';
import { mapping, statistic } from '../mapping.ts';

/** Request queues of the servers. */
export const requestQueues = mapping({
  from: 'public.request_queues',
  to: 'request_queues',
  columns: {
    id: uuid('id'),
    server_id: ref('mcp_server', 'server_id', { orphan: 'reject' }),
    queue_name: carry('queue_name'),
    max_size: carry('max_size'),
    processing_timeout_ms: carry('processing_timeout_ms'),
    priority_levels: carry('priority_levels'),
    current_size: carry('current_size'),
    processing_count: carry('processing_count'),
    is_accepting_requests: carry('is_accepting_requests'),
    last_processed: carry('last_processed'),
    total_enqueued: carry('total_enqueued'),
    total_processed: carry('total_processed'),
    total_timeouts: carry('total_timeouts'),
    total_errors: carry('total_errors'),
    avg_processing_time_ms: statistic('avg_processing_time_ms'),
    avg_wait_time_ms: statistic('avg_wait_time_ms'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
