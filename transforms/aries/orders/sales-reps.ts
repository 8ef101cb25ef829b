import { id, label, text } from '../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../mapping.ts';

export const salesReps = mapping({
  from: 'c01.tbl_salesrep',
  to: 'sales_reps',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    address1: text('Address1'),
    address2: text('Address2'),
    city: text('City'),
    courtesy: label('Courtesy'),
    first_name: text('FirstName'),
    home_phone: text('HomePhone'),
    last_name: text('LastName'),
    middle_name: text('MiddleName'),
    mobile: text('Mobile'),
    pager: text('Pager'),
    state: text('State'),
    suffix: text('Suffix'),
    zip: text('Zip'),
    ...lastUpdate,
  },
});
