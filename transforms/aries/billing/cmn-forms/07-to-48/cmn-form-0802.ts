import { carry, date, label, ref, text } from '../../../../../public/index.ts';
import { mapping, required, tenant } from '../../../mapping.ts';

export const cmnForm0802 = mapping({
  from: 'c01.tbl_cmnform_0802',
  to: 'cmn_form_0802',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    answer1_hcpcs: text('Answer1_HCPCS'),
    answer1_mg: carry('Answer1_MG'),
    answer1_times: carry('Answer1_Times'),
    answer2_hcpcs: text('Answer2_HCPCS'),
    answer2_mg: carry('Answer2_MG'),
    answer2_times: carry('Answer2_Times'),
    answer3_hcpcs: text('Answer3_HCPCS'),
    answer3_mg: carry('Answer3_MG'),
    answer3_times: carry('Answer3_Times'),
    answer4: label('Answer4'),
    answer5_1: label('Answer5_1'),
    answer5_2: label('Answer5_2'),
    answer5_3: label('Answer5_3'),
    answer8: text('Answer8'),
    answer9: text('Answer9'),
    answer10: text('Answer10'),
    answer11: date('Answer11'),
    answer12: label('Answer12'),
  },
});
