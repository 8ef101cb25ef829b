import { carry, ref } from '../../../public/index.ts';
import { mapping, required } from '../mapping.ts';
import { author, unlessMock } from '../mock.ts';

/** The access of a user to an engagement. It is mock if either is. */
export const engagementAccess = mapping({
  from: 'public.engagement_access',
  to: 'engagement_access',
  scope: 'shared',
  joins: {
    user: { table: 'public.users', by: 'user_profile_id' },
    engagement: { table: 'public.engagements', by: 'engagement_id' },
    account: { table: 'public.client_accounts', by: 'engagement.client_account_id' },
    grantor: { table: 'public.users', by: 'granted_by' },
  },
  filter: unlessMock(['user.is_mock', 'engagement.is_mock', 'account.is_mock']),
  columns: {
    id: carry('id'),
    user_profile_id: ref('user_profiles', 'user_profile_id', required),
    engagement_id: ref('engagements', 'engagement_id', required),
    access_level: carry('access_level'),
    engagement_role: carry('engagement_role'),
    permissions: carry('permissions'),
    restricted_sessions: carry('restricted_sessions'),
    allowed_session_types: carry('allowed_session_types'),
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
