import { carry, ref } from '../../../public/index.ts';
import { user } from '../joins.ts';
import { mapping, optional, required } from '../mapping.ts';
import { optionalTenant, unlessMock } from '../mock.ts';

const mockFlags = ['user.is_mock', 'account.is_mock', 'engagement.is_mock', 'owner.is_mock'] as const;

/** A role with an optional scope. It is mock if the user, the account or the engagement is. */
export const userRoles = mapping({
  from: 'public.user_roles',
  to: 'user_roles',
  scope: 'shared',
  joins: {
    user,
    account: { table: 'public.client_accounts', by: 'scope_client_id' },
    engagement: { table: 'public.engagements', by: 'scope_engagement_id' },
    owner: { table: 'public.client_accounts', by: 'engagement.client_account_id' },
  },
  filter: unlessMock(mockFlags),
  columns: {
    id: carry('id'),
    user_id: ref('users', 'user_id', required),
    role_type: carry('role_type'),
    role_name: carry('role_name'),
    description: carry('description'),
    permissions: carry('permissions'),
    scope_type: carry('scope_type'),
    scope_client_id: optionalTenant('scope_client_id', mockFlags),
    scope_engagement_id: ref('engagements', 'scope_engagement_id', optional),
    is_active: carry('is_active'),
    assigned_at: carry('assigned_at'),
    assigned_by: ref('users', 'assigned_by', optional),
    expires_at: carry('expires_at'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
