import { carry, derive, pointsAt, Rejected, ref, utc, uuid } from '../../../public/index.ts';
import { mapping, text } from '../mapping.ts';
import { people } from '../people.ts';

/** A key of a tenant without a user becomes a service key of the tenant's owner. Its permissions become scopes. */
export const apiToken = mapping({
  from: 'public.api_keys',
  to: 'api_token',
  columns: {
    id: uuid('id'),
    name: carry('name'),
    token_hash: carry('key_hash'),
    token_prefix: carry('key_prefix'),
    user_id: pointsAt(
      'user',
      derive(
        ['user_id', 'tenant_id'],
        text,
        (key, known) => key.user_id ?? known.facts(people).ownerOf(key.tenant_id) ?? new Rejected('no-owner'),
        { mayBeNull: false, surveys: [people] },
      ),
      'reject',
    ),
    tenant_id: ref('tenant', 'tenant_id', { orphan: 'reject' }),
    scopes: carry('scopes'),
    type: derive(['user_id'], text, ({ user_id }) => (user_id === null ? 'service' : 'personal'), { mayBeNull: false }),
    is_active: carry('is_active'),
    last_used_at: utc('last_used'),
    usage_count: carry('total_requests'),
    expires_at: utc('expires_at'),
    created_at: utc('created_at'),
    updated_at: utc('updated_at'),
  },
  drops: {
    permissions: 'the target grants by scopes alone; as scopes they could grant more than they did',
    api_key_metadata: 'the target has no column for it',
  },
});
