import { date, id, ref, text } from '../../../../public/index.ts';
import { mapping, required, tenant } from '../../mapping.ts';

export const userNotifications = mapping({
  from: 'c01.tbl_user_notifications',
  to: 'user_notifications',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    type: text('Type'),
    arguments: text('Args'),
    user_id: ref('users', 'UserID', required),
    notified_at: date('Datetime'),
  },
});
