import { carry, ref } from '../../../public/index.ts';
import { account, user } from '../joins.ts';
import { mapping, optional, required } from '../mapping.ts';
import { tenant, unlessMock } from '../mock.ts';

/** Unique by user and account. If two mock associations move to the same test tenant, the second is refused. */
export const userAccountAssociations = mapping({
  from: 'public.user_account_associations',
  to: 'user_account_associations',
  joins: { account, user },
  filter: unlessMock(['is_mock', 'account.is_mock', 'user.is_mock']),
  columns: {
    id: carry('id'),
    user_id: ref('users', 'user_id', required),
    client_account_id: tenant('client_account_id', ['is_mock', 'account.is_mock', 'user.is_mock']),
    role: carry('role'),
    created_at: carry('created_at'),
    created_by: ref('users', 'created_by', optional),
  },
  drops: {
    updated_at: 'the target has no such column',
  },
});
