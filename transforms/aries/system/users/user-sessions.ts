import { date, id, ref } from '../../../../public/index.ts';
import { mapping, required, tenant } from '../../mapping.ts';

export const userSessions = mapping({
  from: 'c01.tbl_sessions',
  to: 'user_sessions',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    user_id: ref('users', 'UserID', required),
    logged_in_at: date('LoginTime'),
    last_updated_at: date('LastUpdateTime'),
  },
});
