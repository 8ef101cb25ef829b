import { carry, ref, uuid } from '../../../public/index.ts';
import { mapping } from '../mapping.ts';

/** Access rules of servers. An orphan is rejected, because a rule without a subject would apply to everybody. */
export const serverAccessControl = mapping({
  from: 'public.server_access_control',
  to: 'server_access_control',
  columns: {
    id: uuid('id'),
    server_id: ref('mcp_server', 'server_id', { orphan: 'reject' }),
    user_id: ref('user', 'user_id', { orphan: 'reject' }),
    tenant_id: ref('tenant', 'tenant_id', { orphan: 'reject' }),
    api_key_id: ref('enhanced_api_keys', 'api_key_id', { orphan: 'reject' }),
    can_read: carry('can_read'),
    can_write: carry('can_write'),
    can_admin: carry('can_admin'),
    can_proxy: carry('can_proxy'),
    allowed_methods: carry('allowed_methods'),
    denied_methods: carry('denied_methods'),
    access_start_time: carry('access_start_time'),
    access_end_time: carry('access_end_time'),
    allowed_days: carry('allowed_days'),
    allowed_hours: carry('allowed_hours'),
    is_active: carry('is_active'),
    last_access: carry('last_access'),
    access_count: carry('access_count'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
