import { id, text } from '../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../mapping.ts';

export const shippingMethods = mapping({
  from: 'c01.tbl_shippingmethod',
  to: 'shipping_methods',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    name: text('Name'),
    type: text('Type'),
    ...lastUpdate,
  },
});
