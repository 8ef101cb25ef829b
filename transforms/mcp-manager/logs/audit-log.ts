import { carry, derive, jsonWith, utc, uuid } from '../../../public/index.ts';
import { always, LEGACY, mapping, text, unknown } from '../mapping.ts';

/** Audit events. The actor may have been deleted since, so no reference requires a parent. */
export const auditLog = mapping({
  from: 'public.audit_logs',
  to: 'audit_log',
  columns: {
    id: uuid('id'),
    event_type: derive(['resource_type', 'action'], text, (log) => `${log.resource_type}.${log.action}`, {
      mayBeNull: false,
    }),
    action: carry('action'),
    actor_type: derive(
      ['user_id', 'service_name'],
      text,
      ({ user_id, service_name }) => (user_id !== null ? 'user' : service_name !== null ? 'service' : 'system'),
      { mayBeNull: false },
    ),
    actor_id: carry('user_id'),
    actor_ip: carry('ip_address'),
    actor_user_agent: carry('user_agent'),
    resource_type: carry('resource_type'),
    resource_id: carry('resource_id'),
    tenant_id: carry('tenant_id'),
    request_id: carry('request_id'),
    description: derive(
      ['action', 'resource_type', 'resource_id'],
      text,
      (log) => [log.action, log.resource_type, log.resource_id].filter((word) => word !== null).join(' '),
      { mayBeNull: false },
    ),
    risk_level: always('low'),
    compliance_relevant: unknown(),
    metadata: jsonWith('details', LEGACY, ['service_name']),
    success: carry('success'),
    error_message: carry('error_message'),
    occurred_at: utc('timestamp'),
  },
  drops: {
    created_at: 'the time when the row was written; the time of the event is carried',
    updated_at: 'a log row never changes',
  },
});
