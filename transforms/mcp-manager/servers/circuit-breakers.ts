import { carry, ref, relabel, uuid } from '../../../public/index.ts';
import { mapping } from '../mapping.ts';

/** State of the circuit breaker of each server. */
export const circuitBreakers = mapping({
  from: 'public.circuit_breakers',
  to: 'circuit_breakers',
  columns: {
    id: uuid('id'),
    server_id: ref('mcp_server', 'server_id', { orphan: 'reject' }),
    service_name: carry('service_name'),
    state: relabel('state', { CLOSED: 'closed', OPEN: 'open', HALF_OPEN: 'half_open' }),
    failure_count: carry('failure_count'),
    success_count: carry('success_count'),
    failure_threshold: carry('failure_threshold'),
    success_threshold: carry('success_threshold'),
    timeout_ms: carry('timeout_ms'),
    last_failure_time: carry('last_failure_time'),
    last_success_time: carry('last_success_time'),
    last_state_change: carry('last_state_change'),
    total_requests: carry('total_requests'),
    total_failures: carry('total_failures'),
    total_timeouts: carry('total_timeouts'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
