import { id, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../../mapping.ts';

/** Keyed by code. */
export const providerNumberTypes = mapping({
  from: 'c01.tbl_providernumbertype',
  to: 'provider_number_types',
  columns: {
    tenant_id: tenant(),
    id: id('Code', 'text'),
    code: text('Code'),
    description: text('Description'),
    ...lastUpdate,
  },
});
