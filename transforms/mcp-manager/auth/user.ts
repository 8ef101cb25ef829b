import { Adjusted, carry, derive, jsonWith, Rejected, ref, relabel, utc } from '../../../public/index.ts';
import { always, boolean, LEGACY, mapping, text } from '../mapping.ts';
import { emailOf, people } from '../people.ts';

/** Nobody gains access: no address becomes verified, and inactive users are also banned. */
export const user = mapping({
  from: 'public.users',
  to: 'user',
  columns: {
    id: carry('id'),
    name: derive(['full_name', 'username'], text, (u) => u.full_name ?? u.username, { mayBeNull: false }),
    email: derive(
      ['email', 'id'],
      text,
      ({ email, id }, known) => {
        if (!known.facts(people).hasEmail(id)) return new Rejected('duplicate-key');
        const lower = emailOf(email);
        return lower === email ? email : new Adjusted(lower, 'email-lower-cased');
      },
      { mayBeNull: false, surveys: [people] },
    ),
    email_verified: always(false),
    created_at: utc('created_at'),
    updated_at: utc('updated_at'),
    role: relabel('role', { ADMIN: 'admin', USER: 'user', SERVICE: 'service', READONLY: 'readonly' }),
    tenant_id: ref('tenant', 'tenant_id', { orphan: 'reject' }),
    is_active: carry('is_active'),
    banned: derive(['is_active'], boolean, ({ is_active }) => !is_active),
    ban_reason: derive(['is_active'], text, ({ is_active }) => (is_active ? null : 'inactive before the migration')),
    preferences: jsonWith('user_metadata', LEGACY, ['username']),
  },
});
