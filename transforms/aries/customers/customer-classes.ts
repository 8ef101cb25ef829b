import { id, text } from '../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../mapping.ts';

/** Keyed by a code of two characters. */
export const customerClasses = mapping({
  from: 'c01.tbl_customerclass',
  to: 'customer_classes',
  columns: {
    tenant_id: tenant(),
    id: id('Code', 'text'),
    code: text('Code'),
    description: text('Description'),
    ...lastUpdate,
  },
});
