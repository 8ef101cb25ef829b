import { carry, ref } from '../../../public/index.ts';
import { account } from '../joins.ts';
import { mapping, required } from '../mapping.ts';
import { author, tenant, unlessMock } from '../mock.ts';

/** The access of a user to an account. It is mock if either is. */
export const clientAccess = mapping({
  from: 'public.client_access',
  to: 'client_access',
  joins: {
    account,
    user: { table: 'public.users', by: 'user_profile_id' },
    grantor: { table: 'public.users', by: 'granted_by' },
  },
  filter: unlessMock(['account.is_mock', 'user.is_mock']),
  columns: {
    id: carry('id'),
    user_profile_id: ref('user_profiles', 'user_profile_id', required),
    client_account_id: tenant('client_account_id', ['account.is_mock', 'user.is_mock']),
    access_level: carry('access_level'),
    permissions: carry('permissions'),
    restricted_environments: carry('restricted_environments'),
    restricted_data_types: carry('restricted_data_types'),
    granted_at: carry('granted_at'),
    granted_by: author('granted_by', 'grantor.is_mock'),
    expires_at: carry('expires_at'),
    is_active: carry('is_active'),
    last_accessed_at: carry('last_accessed_at'),
    access_count: carry('access_count'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
