import { id, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../../mapping.ts';

/** Keyed by code. */
export const denialCodes = mapping({
  from: 'c01.tbl_denial',
  to: 'denial_codes',
  columns: {
    tenant_id: tenant(),
    id: id('Code', 'text'),
    code: text('Code'),
    description: text('Description'),
    ...lastUpdate,
  },
});
