import { id, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../../mapping.ts';

export const referralTypes = mapping({
  from: 'c01.tbl_referraltype',
  to: 'referral_types',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    name: text('Name'),
    ...lastUpdate,
  },
});
