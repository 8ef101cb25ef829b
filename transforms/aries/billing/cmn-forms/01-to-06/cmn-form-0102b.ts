import { carry, label, ref, text } from '../../../../../public/index.ts';
import { mapping, required, tenant } from '../../../mapping.ts';

export const cmnForm0102b = mapping({
  from: 'c01.tbl_cmnform_0102b',
  to: 'cmn_form_0102b',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    answer12: label('Answer12'),
    answer13: label('Answer13'),
    answer14: label('Answer14'),
    answer15: label('Answer15'),
    answer16: label('Answer16'),
    answer19: label('Answer19'),
    answer20: label('Answer20'),
    answer21_ulcer1_stage: text('Answer21_Ulcer1_Stage'),
    answer21_ulcer1_max_length: carry('Answer21_Ulcer1_MaxLength'),
    answer21_ulcer1_max_width: carry('Answer21_Ulcer1_MaxWidth'),
    answer21_ulcer2_stage: text('Answer21_Ulcer2_Stage'),
    answer21_ulcer2_max_length: carry('Answer21_Ulcer2_MaxLength'),
    answer21_ulcer2_max_width: carry('Answer21_Ulcer2_MaxWidth'),
    answer21_ulcer3_stage: text('Answer21_Ulcer3_Stage'),
    answer21_ulcer3_max_length: carry('Answer21_Ulcer3_MaxLength'),
    answer21_ulcer3_max_width: carry('Answer21_Ulcer3_MaxWidth'),
    answer22: label('Answer22'),
  },
});
