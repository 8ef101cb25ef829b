import { id, text } from '../../../../public/index.ts';
import { mapping, sharedLastUpdate } from '../../mapping.ts';

export const insuranceCompanyGroups = mapping({
  from: 'dmeworks.tbl_insurancecompanygroup',
  to: 'insurance_company_groups',
  scope: 'shared',
  columns: {
    id: id('ID'),
    name: text('Name'),
    ...sharedLastUpdate,
  },
});
