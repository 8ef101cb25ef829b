import { carry, ref } from '../../../core/mapping/rules.ts';
import { mapping, optional, required, user } from '../mapping.ts';
import { optionalTenant, unlessMock } from '../mock.ts';

/** A role with an optional scope. It is mock if the user or the account is. */
export const userRoles = mapping({
  from: 'public.user_roles',
  to: 'user_roles',
  scope: 'shared',
  joins: { user, account: { table: 'public.client_accounts', by: 'scope_client_id' } },
  filter: unlessMock(['user.is_mock', 'account.is_mock']),
  columns: {
    id: carry('id'),
    user_id: ref('users', 'user_id', required),
    role_type: carry('role_type'),
    role_name: carry('role_name'),
    description: carry('description'),
    permissions: carry('permissions'),
    scope_type: carry('scope_type'),
    scope_client_id: optionalTenant('scope_client_id', ['user.is_mock', 'account.is_mock']),
    scope_engagement_id: ref('engagements', 'scope_engagement_id', optional),
    is_active: carry('is_active'),
    assigned_at: carry('assigned_at'),
    assigned_by: ref('users', 'assigned_by', optional),
    expires_at: carry('expires_at'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
