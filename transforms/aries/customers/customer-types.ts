import { id, text } from '../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../mapping.ts';

export const customerTypes = mapping({
  from: 'c01.tbl_customertype',
  to: 'customer_types',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    name: text('Name'),
    ...lastUpdate,
  },
});
