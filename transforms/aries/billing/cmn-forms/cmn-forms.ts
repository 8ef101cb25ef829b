import { bool, carry, date, id, label, members, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, optional, optionalCode, tenant } from '../../mapping.ts';

const usingIcd9 = { ...optionalCode, when: { column: 'Customer_UsingICD10', equals: ['0'] } } as const;
const usingIcd10 = { ...optionalCode, when: { column: 'Customer_UsingICD10', equals: ['1'] } } as const;

/**
 * Certificates of medical necessity. Customer_ICD9_n holds an ICD-9 code if Customer_UsingICD10 is 0, and an ICD-10 code
 * if it is 1. The text is carried unchanged, and one of two references points at the right parent.
 */
export const cmnForms = mapping({
  from: 'c01.tbl_cmnform',
  to: 'cmn_forms',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    form_type: label('CMNType'),
    initial_date: date('InitialDate'),
    revised_date: date('RevisedDate'),
    recertification_date: date('RecertificationDate'),
    customer_id: ref('customers', 'CustomerID', optional),
    customer_uses_icd10: bool('Customer_UsingICD10'),
    customer_icd_code_1: text('Customer_ICD9_1'),
    customer_icd9_1_id: ref('icd9_codes', 'Customer_ICD9_1', usingIcd9),
    customer_icd10_1_id: ref('icd10_codes', 'Customer_ICD9_1', usingIcd10),
    customer_icd_code_2: text('Customer_ICD9_2'),
    customer_icd9_2_id: ref('icd9_codes', 'Customer_ICD9_2', usingIcd9),
    customer_icd10_2_id: ref('icd10_codes', 'Customer_ICD9_2', usingIcd10),
    customer_icd_code_3: text('Customer_ICD9_3'),
    customer_icd9_3_id: ref('icd9_codes', 'Customer_ICD9_3', usingIcd9),
    customer_icd10_3_id: ref('icd10_codes', 'Customer_ICD9_3', usingIcd10),
    customer_icd_code_4: text('Customer_ICD9_4'),
    customer_icd9_4_id: ref('icd9_codes', 'Customer_ICD9_4', usingIcd9),
    customer_icd10_4_id: ref('icd10_codes', 'Customer_ICD9_4', usingIcd10),
    doctor_id: ref('doctors', 'DoctorID', optional),
    pos_type_id: ref('pos_types', 'POSTypeID', optional),
    facility_id: ref('facilities', 'FacilityID', optional),
    answering_name: text('AnsweringName'),
    answering_title: text('AnsweringTitle'),
    answering_employer: text('AnsweringEmployer'),
    estimated_length_of_need: carry('EstimatedLengthOfNeed'),
    signature_name: text('Signature_Name'),
    signature_date: date('Signature_Date'),
    is_on_file: bool('OnFile'),
    order_id: ref('orders', 'OrderID', optional),
    missing_information: members('MIR'),
    ...lastUpdate,
  },
});
