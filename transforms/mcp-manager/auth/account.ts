import { carry, derive, Rejected, ref, utc } from '../../../public/index.ts';
import { mapping, text } from '../mapping.ts';
import { people } from '../people.ts';

/** The provider name that the login library uses for e-mail and password. The account id is then the user's id. */
const CREDENTIAL = 'credential';

/** One account for each user with a login provider, under the user's id. */
export const account = mapping({
  from: 'public.users',
  to: 'account',
  filter: {
    name: 'no-login-provider',
    reads: ['auth_provider', 'auth_provider_id'],
    drops: ([provider, providerId]) => provider === null && providerId === null,
  },
  columns: {
    id: carry('id'),
    account_id: derive(
      ['auth_provider_id', 'auth_provider', 'id'],
      text,
      ({ auth_provider_id, auth_provider, id }, known) => {
        if (!known.facts(people).hasLogin(id)) return new Rejected('duplicate-key');
        if (auth_provider_id !== null) return auth_provider_id;
        return auth_provider === 'local' ? id : new Rejected('provider-without-id');
      },
      { mayBeNull: false, surveys: [people] },
    ),
    provider_id: derive(
      ['auth_provider', 'auth_provider_id'],
      text,
      ({ auth_provider, auth_provider_id }) => {
        if (auth_provider === null) return new Rejected('id-without-provider');
        return auth_provider === 'local' && auth_provider_id === null ? CREDENTIAL : auth_provider;
      },
      { mayBeNull: false },
    ),
    user_id: ref('user', 'id', { orphan: 'reject' }),
    created_at: utc('created_at'),
    updated_at: utc('updated_at'),
  },
});
