import { carry, ref } from '../../../public/index.ts';
import { user } from '../joins.ts';
import { mapping, optional, required } from '../mapping.ts';
import { unlessMock } from '../mock.ts';

/** The approval of a user. It is mock if the user is. */
export const userProfiles = mapping({
  from: 'public.user_profiles',
  to: 'user_profiles',
  scope: 'shared',
  joins: { user },
  filter: unlessMock(['user.is_mock']),
  columns: {
    user_id: ref('users', 'user_id', required),
    status: carry('status'),
    approval_requested_at: carry('approval_requested_at'),
    approved_at: carry('approved_at'),
    approved_by: ref('users', 'approved_by', optional),
    registration_reason: carry('registration_reason'),
    organization: carry('organization'),
    role_description: carry('role_description'),
    requested_access_level: carry('requested_access_level'),
    phone_number: carry('phone_number'),
    manager_email: carry('manager_email'),
    linkedin_profile: carry('linkedin_profile'),
    last_login_at: carry('last_login_at'),
    login_count: carry('login_count'),
    failed_login_attempts: carry('failed_login_attempts'),
    last_failed_login: carry('last_failed_login'),
    notification_preferences: carry('notification_preferences'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
