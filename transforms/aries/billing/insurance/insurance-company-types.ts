import { id, text } from '../../../../public/index.ts';
import { mapping } from '../../mapping.ts';

export const insuranceCompanyTypes = mapping({
  from: 'dmeworks.tbl_insurancecompanytype',
  to: 'insurance_company_types',
  scope: 'shared',
  columns: {
    id: id('ID'),
    name: text('Name'),
  },
});
