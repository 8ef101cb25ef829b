import { bool, carry, id, label, members, ref, text } from '../../../../public/index.ts';
import { mapping, optional, sharedLastUpdate } from '../../mapping.ts';

/**
 * Shared by all companies, yet PriceCodeID, InvoiceFormID and LastUpdateUserID point into one company's schema, and
 * nothing shows which: they stay legacy numbers.
 */
export const insuranceCompanies = mapping({
  from: 'dmeworks.tbl_insurancecompany',
  to: 'insurance_companies',
  scope: 'shared',
  columns: {
    id: id('ID'),
    address1: text('Address1'),
    address2: text('Address2'),
    basis: label('Basis'),
    city: text('City'),
    contact_name: text('Contact'),
    ecs_format: label('ECSFormat'),
    expected_percent: carry('ExpectedPercent'),
    fax: text('Fax'),
    name: text('Name'),
    phone: text('Phone'),
    phone2: text('Phone2'),
    price_code_legacy_id: carry('PriceCodeID'),
    print_hao_on_invoice: bool('PrintHAOOnInvoice'),
    print_inv_on_invoice: bool('PrintInvOnInvoice'),
    state: text('State'),
    contact_title: text('Title'),
    insurance_company_type_id: ref('insurance_company_types', 'Type', optional),
    zip: text('Zip'),
    medicare_number: text('MedicareNumber'),
    office_ally_number: text('OfficeAllyNumber'),
    zirmed_number: text('ZirmedNumber'),
    invoice_form_legacy_id: carry('InvoiceFormID'),
    medicaid_number: text('MedicaidNumber'),
    missing_information: members('MIR'),
    group_id: ref('insurance_company_groups', 'GroupID', optional),
    availity_number: text('AvailityNumber'),
    ability_number: text('AbilityNumber'),
    eligibility_payer_id: ref('eligibility_payers', 'AbilityEligibilityPayerId', optional),
    ...sharedLastUpdate,
  },
});
