import { id, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../../mapping.ts';

export const priceCodes = mapping({
  from: 'c01.tbl_pricecode',
  to: 'price_codes',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    name: text('Name'),
    ...lastUpdate,
  },
});
