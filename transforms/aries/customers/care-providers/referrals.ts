import { date, id, label, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, optional, tenant } from '../../mapping.ts';

export const referrals = mapping({
  from: 'c01.tbl_referral',
  to: 'referrals',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    address1: text('Address1'),
    address2: text('Address2'),
    city: text('City'),
    courtesy: label('Courtesy'),
    employer: text('Employer'),
    fax: text('Fax'),
    first_name: text('FirstName'),
    home_phone: text('HomePhone'),
    last_name: text('LastName'),
    middle_name: text('MiddleName'),
    mobile: text('Mobile'),
    referral_type_id: ref('referral_types', 'ReferralTypeID', optional),
    state: text('State'),
    suffix: text('Suffix'),
    work_phone: text('WorkPhone'),
    zip: text('Zip'),
    last_contacted_on: date('LastContacted'),
    ...lastUpdate,
  },
});
