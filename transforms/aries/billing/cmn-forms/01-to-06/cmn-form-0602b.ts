import { carry, date, label, ref } from '../../../../../public/index.ts';
import { mapping, required, tenant } from '../../../mapping.ts';

export const cmnForm0602b = mapping({
  from: 'c01.tbl_cmnform_0602b',
  to: 'cmn_form_0602b',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    answer1: label('Answer1'),
    answer2: date('Answer2'),
    answer3: label('Answer3'),
    answer4: carry('Answer4'),
    answer5: label('Answer5'),
    answer6: label('Answer6'),
    answer7: label('Answer7'),
    answer8_begun_on: date('Answer8_begun'),
    answer8_ended_on: date('Answer8_ended'),
    answer9: date('Answer9'),
    answer10: label('Answer10'),
    answer11: label('Answer11'),
    answer12: label('Answer12'),
  },
});
