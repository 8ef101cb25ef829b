import { id, label, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../../mapping.ts';

export const legalRepresentatives = mapping({
  from: 'c01.tbl_legalrep',
  to: 'legal_representatives',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    address1: text('Address1'),
    address2: text('Address2'),
    city: text('City'),
    courtesy: label('Courtesy'),
    first_name: text('FirstName'),
    office_phone: text('OfficePhone'),
    last_name: text('LastName'),
    middle_name: text('MiddleName'),
    mobile: text('Mobile'),
    pager: text('Pager'),
    state: text('State'),
    suffix: text('Suffix'),
    zip: text('Zip'),
    firm_name: text('FirmName'),
    ...lastUpdate,
  },
});
