import { id, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../../mapping.ts';

export const manufacturers = mapping({
  from: 'c01.tbl_manufacturer',
  to: 'manufacturers',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    account_number: text('AccountNumber'),
    address1: text('Address1'),
    address2: text('Address2'),
    city: text('City'),
    contact_name: text('Contact'),
    fax: text('Fax'),
    name: text('Name'),
    phone: text('Phone'),
    phone2: text('Phone2'),
    state: text('State'),
    zip: text('Zip'),
    ...lastUpdate,
  },
});
