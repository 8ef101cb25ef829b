import { id, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../../mapping.ts';

/** Login is unique without regard to case. Passwords are clear text and never carried. */
export const users = mapping({
  from: 'c01.tbl_user',
  to: 'users',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    login: text('Login'),
    email: text('Email'),
    ...lastUpdate,
  },
  drops: {
    Password: 'a clear-text password is never carried; a new one is issued after the cutover',
  },
});
