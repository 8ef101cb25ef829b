import { carry, narrow, ref, uuid } from '../../../public/index.ts';
import { mapping } from '../mapping.ts';

/** Alerts on a metric of one server or of all. An orphan would apply to all servers, so it is rejected. */
export const performanceAlerts = mapping({
  from: 'public.performance_alerts',
  to: 'performance_alerts',
  columns: {
    id: uuid('id'),
    name: carry('name'),
    description: carry('description'),
    server_id: ref('mcp_server', 'server_id', { orphan: 'reject' }),
    metric_name: carry('metric_name'),
    threshold_value: narrow('threshold_value'),
    comparison_operator: carry('comparison_operator'),
    duration_minutes: carry('duration_minutes'),
    is_active: carry('is_active'),
    is_triggered: carry('is_triggered'),
    first_triggered: carry('first_triggered'),
    last_triggered: carry('last_triggered'),
    trigger_count: carry('trigger_count'),
    notification_channels: carry('notification_channels'),
    cooldown_minutes: carry('cooldown_minutes'),
    last_notification: carry('last_notification'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
