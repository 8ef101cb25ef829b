import { carry, ref, uuid } from '../../../public/index.ts';
import { mapping } from '../mapping.ts';

/** All sessions, for the backend. `session` has only those that the login library may accept. */
export const sessions = mapping({
  from: 'public.sessions',
  to: 'sessions',
  columns: {
    id: uuid('id'),
    user_id: ref('user', 'user_id', { orphan: 'reject' }),
    session_token: carry('session_token'),
    ip_address: carry('ip_address'),
    user_agent: carry('user_agent'),
    expires_at: carry('expires_at'),
    session_data: carry('session_data'),
    is_active: carry('is_active'),
    last_activity: carry('last_activity'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
