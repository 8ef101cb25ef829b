import { id, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../../mapping.ts';

export const kits = mapping({
  from: 'c01.tbl_kit',
  to: 'kits',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    name: text('Name'),
    ...lastUpdate,
  },
});
