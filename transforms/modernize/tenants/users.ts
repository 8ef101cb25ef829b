import { carry } from '../../../public/index.ts';
import { mapping } from '../mapping.ts';
import { optionalTenant, unlessMock } from '../mock.ts';

/** Users belong to no tenant. The default account of a mock user is a test tenant. */
export const users = mapping({
  from: 'public.users',
  to: 'users',
  scope: 'shared',
  joins: { account: { table: 'public.client_accounts', by: 'default_client_id' } },
  filter: unlessMock(['is_mock']),
  columns: {
    id: carry('id'),
    email: carry('email'),
    password_hash: carry('password_hash'),
    first_name: carry('first_name'),
    last_name: carry('last_name'),
    is_active: carry('is_active'),
    is_verified: carry('is_verified'),
    default_client_id: optionalTenant('default_client_id', ['is_mock', 'account.is_mock']),
    default_engagement_id: carry('default_engagement_id'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
    last_login: carry('last_login'),
  },
});
