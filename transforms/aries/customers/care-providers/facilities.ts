import { id, label, members, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, optional, tenant } from '../../mapping.ts';

export const facilities = mapping({
  from: 'c01.tbl_facility',
  to: 'facilities',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    address1: text('Address1'),
    address2: text('Address2'),
    city: text('City'),
    contact_name: text('Contact'),
    default_delivery_week: label('DefaultDeliveryWeek'),
    directions: text('Directions'),
    fax: text('Fax'),
    medicaid_id: text('MedicaidID'),
    medicare_id: text('MedicareID'),
    name: text('Name'),
    phone: text('Phone'),
    phone2: text('Phone2'),
    pos_type_id: ref('pos_types', 'POSTypeID', optional),
    state: text('State'),
    zip: text('Zip'),
    npi: text('NPI'),
    missing_information: members('MIR'),
    ...lastUpdate,
  },
});
