import { bool, date, id, label, members, ref, text } from '../../../../public/index.ts';
import { mapping, optional, sharedLastUpdate } from '../../mapping.ts';

/**
 * Shared by all companies. LastUpdateUserID refers to a user of the company that wrote last, so it stays the legacy
 * number.
 */
export const doctors = mapping({
  from: 'dmeworks.tbl_doctor',
  to: 'doctors',
  scope: 'shared',
  columns: {
    id: id('ID'),
    address1: text('Address1'),
    address2: text('Address2'),
    city: text('City'),
    contact_name: text('Contact'),
    courtesy: label('Courtesy'),
    fax: text('Fax'),
    first_name: text('FirstName'),
    last_name: text('LastName'),
    license_number: text('LicenseNumber'),
    license_expiry_date: date('LicenseExpired'),
    medicaid_number: text('MedicaidNumber'),
    middle_name: text('MiddleName'),
    other_id: text('OtherID'),
    federal_tax_id: text('FEDTaxID'),
    dea_number: text('DEANumber'),
    phone: text('Phone'),
    phone2: text('Phone2'),
    state: text('State'),
    suffix: text('Suffix'),
    title: text('Title'),
    doctor_type_id: ref('doctor_types', 'TypeID', optional),
    upin_number: text('UPINNumber'),
    zip: text('Zip'),
    missing_information: members('MIR'),
    npi: text('NPI'),
    pecos_enrolled: bool('PecosEnrolled'),
    ...sharedLastUpdate,
  },
});
