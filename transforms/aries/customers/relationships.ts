import { id, text } from '../../../public/index.ts';
import { mapping, tenant } from '../mapping.ts';

/** Keyed by code; the code '' is a legal key. */
export const relationships = mapping({
  from: 'c01.tbl_relationship',
  to: 'relationships',
  columns: {
    tenant_id: tenant(),
    id: id('Code', 'text'),
    code: text('Code'),
    description: text('Description'),
  },
});
