import { carry, ref, utc } from '../../../public/index.ts';
import { always, mapping } from '../mapping.ts';
import { people } from '../people.ts';

/**
 * Sessions that the login library accepts. It checks only the expiry. A session that was ended in the source, or that
 * belongs to an inactive user, must not be loaded, because it would become valid again.
 */
export const session = mapping({
  from: 'public.sessions',
  to: 'session',
  filter: {
    name: 'ended-session',
    reads: ['is_active', 'user_id'],
    drops: ([isActive, userId], known) => !isActive || !known?.facts(people).isActive(userId ?? null),
    surveys: [people],
  },
  columns: {
    id: carry('id'),
    expires_at: utc('expires_at'),
    token: carry('session_token'),
    created_at: utc('created_at'),
    updated_at: utc('updated_at'),
    ip_address: carry('ip_address'),
    user_agent: carry('user_agent'),
    user_id: ref('user', 'user_id', { orphan: 'reject' }),
    device_info: carry('session_data'),
    last_activity_at: utc('last_activity'),
    is_revoked: always(false),
  },
});
