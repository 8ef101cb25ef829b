import { ref, text } from '../../public/index.ts';
import { optionalCode } from './mapping.ts';

/**
 * Diagnoses of customers, orders and invoices: the code as typed, and a reference to the shared code table, compared as
 * the legacy collation does. Invoicing writes '' for "none". Other programs leave NULL.
 */
export const icd9Codes = {
  icd9_code_1: text('ICD9_1'),
  icd9_1_id: ref('icd9_codes', 'ICD9_1', optionalCode),
  icd9_code_2: text('ICD9_2'),
  icd9_2_id: ref('icd9_codes', 'ICD9_2', optionalCode),
  icd9_code_3: text('ICD9_3'),
  icd9_3_id: ref('icd9_codes', 'ICD9_3', optionalCode),
  icd9_code_4: text('ICD9_4'),
  icd9_4_id: ref('icd9_codes', 'ICD9_4', optionalCode),
};

/** Like `icd9Codes`, but twelve codes instead of four. */
export const icd10Codes = {
  icd10_code_01: text('ICD10_01'),
  icd10_01_id: ref('icd10_codes', 'ICD10_01', optionalCode),
  icd10_code_02: text('ICD10_02'),
  icd10_02_id: ref('icd10_codes', 'ICD10_02', optionalCode),
  icd10_code_03: text('ICD10_03'),
  icd10_03_id: ref('icd10_codes', 'ICD10_03', optionalCode),
  icd10_code_04: text('ICD10_04'),
  icd10_04_id: ref('icd10_codes', 'ICD10_04', optionalCode),
  icd10_code_05: text('ICD10_05'),
  icd10_05_id: ref('icd10_codes', 'ICD10_05', optionalCode),
  icd10_code_06: text('ICD10_06'),
  icd10_06_id: ref('icd10_codes', 'ICD10_06', optionalCode),
  icd10_code_07: text('ICD10_07'),
  icd10_07_id: ref('icd10_codes', 'ICD10_07', optionalCode),
  icd10_code_08: text('ICD10_08'),
  icd10_08_id: ref('icd10_codes', 'ICD10_08', optionalCode),
  icd10_code_09: text('ICD10_09'),
  icd10_09_id: ref('icd10_codes', 'ICD10_09', optionalCode),
  icd10_code_10: text('ICD10_10'),
  icd10_10_id: ref('icd10_codes', 'ICD10_10', optionalCode),
  icd10_code_11: text('ICD10_11'),
  icd10_11_id: ref('icd10_codes', 'ICD10_11', optionalCode),
  icd10_code_12: text('ICD10_12'),
  icd10_12_id: ref('icd10_codes', 'ICD10_12', optionalCode),
};
