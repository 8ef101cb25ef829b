import { bool, carry, date, id, label, members, ref, text } from '../../../public/index.ts';
import { lastUpdate, mapping, optional, optionalCode, owned, tenant } from '../mapping.ts';

/**
 * The policies of a customer. InsuranceCompanyID 0 is a separate state: it is one of the missing-information flags.
 */
export const customerInsurances = mapping({
  from: 'c01.tbl_customer_insurance',
  to: 'customer_insurances',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    address1: text('Address1'),
    address2: text('Address2'),
    city: text('City'),
    state: text('State'),
    zip: text('Zip'),
    basis: label('Basis'),
    customer_id: ref('customers', 'CustomerID', owned),
    date_of_birth: date('DateofBirth'),
    gender: label('Gender'),
    group_number: text('GroupNumber'),
    inactive_date: date('InactiveDate'),
    insurance_company_id: ref('insurance_companies', 'InsuranceCompanyID', optional),
    insurance_type_code: text('InsuranceType'),
    insurance_type_id: ref('insurance_types', 'InsuranceType', optionalCode),
    first_name: text('FirstName'),
    last_name: text('LastName'),
    middle_name: text('MiddleName'),
    employer: text('Employer'),
    mobile: text('Mobile'),
    payment_percent: carry('PaymentPercent'),
    phone: text('Phone'),
    policy_number: text('PolicyNumber'),
    priority: carry('Rank'),
    relationship_code: text('RelationshipCode'),
    relationship_id: ref('relationships', 'RelationshipCode', optionalCode),
    request_eligibility: bool('RequestEligibility'),
    request_eligibility_on: date('RequestEligibilityOn'),
    missing_information: members('MIR'),
    suffix: text('Suffix'),
    ...lastUpdate,
  },
});
