import { id, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../../mapping.ts';

export const billingTypes = mapping({
  from: 'c01.tbl_billingtype',
  to: 'billing_types',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    name: text('Name'),
    ...lastUpdate,
  },
});
