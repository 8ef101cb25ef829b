import { carry, date, label, ref, text } from '../../../../../public/index.ts';
import { mapping, required, tenant } from '../../../mapping.ts';

export const cmnForm48403 = mapping({
  from: 'c01.tbl_cmnform_48403',
  to: 'cmn_form_48403',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    answer1a: carry('Answer1a'),
    answer1b: carry('Answer1b'),
    answer1c: date('Answer1c'),
    answer2: label('Answer2'),
    answer3: label('Answer3'),
    answer4: label('Answer4'),
    answer5: text('Answer5'),
    answer6a: carry('Answer6a'),
    answer6b: carry('Answer6b'),
    answer6c: date('Answer6c'),
    answer7: label('Answer7'),
    answer8: label('Answer8'),
    answer9: label('Answer9'),
  },
});
