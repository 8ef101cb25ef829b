import { id, text } from '../../../public/index.ts';
import { mapping, tenant } from '../mapping.ts';

/** Keyed by name. */
export const companyVariables = mapping({
  from: 'c01.tbl_variables',
  to: 'company_variables',
  columns: {
    tenant_id: tenant(),
    id: id('Name', 'text'),
    name: text('Name'),
    value: text('Value'),
  },
});
