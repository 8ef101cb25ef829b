import { carry, ref, uuid } from '../../../public/index.ts';
import { mapping } from '../mapping.ts';

/** API keys with limits. Hash, salt, expiry and locks are carried. A key whose user or tenant is missing is rejected. */
export const enhancedApiKeys = mapping({
  from: 'public.enhanced_api_keys',
  to: 'enhanced_api_keys',
  columns: {
    id: uuid('id'),
    name: carry('name'),
    description: carry('description'),
    key_hash: carry('key_hash'),
    key_prefix: carry('key_prefix'),
    salt: carry('salt'),
    user_id: ref('user', 'user_id', { orphan: 'reject' }),
    tenant_id: ref('tenant', 'tenant_id', { orphan: 'reject' }),
    scopes: carry('scopes'),
    allowed_servers: carry('allowed_servers'),
    allowed_methods: carry('allowed_methods'),
    ip_whitelist: carry('ip_whitelist'),
    rate_limit_per_hour: carry('rate_limit_per_hour'),
    rate_limit_per_day: carry('rate_limit_per_day'),
    is_active: carry('is_active'),
    expires_at: carry('expires_at'),
    last_used: carry('last_used'),
    total_requests: carry('total_requests'),
    total_errors: carry('total_errors'),
    last_success: carry('last_success'),
    last_error: carry('last_error'),
    failed_attempts: carry('failed_attempts'),
    last_failed_attempt: carry('last_failed_attempt'),
    is_locked: carry('is_locked'),
    locked_until: carry('locked_until'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
