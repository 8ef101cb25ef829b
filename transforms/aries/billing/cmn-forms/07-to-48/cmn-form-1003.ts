import { carry, label, ref, text } from '../../../../../public/index.ts';
import { mapping, required, tenant } from '../../../mapping.ts';

export const cmnForm1003 = mapping({
  from: 'c01.tbl_cmnform_1003',
  to: 'cmn_form_1003',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    answer1: label('Answer1'),
    answer2: label('Answer2'),
    answer3a: text('Answer3a'),
    answer3b: text('Answer3b'),
    answer4a: carry('Answer4a'),
    answer4b: carry('Answer4b'),
    answer5: label('Answer5'),
    answer6: carry('Answer6'),
    answer7: label('Answer7'),
    answer8a: carry('Answer8a'),
    answer8b: carry('Answer8b'),
    answer8c: carry('Answer8c'),
    answer8d: carry('Answer8d'),
    answer8e: carry('Answer8e'),
    answer8f: carry('Answer8f'),
    answer8g: carry('Answer8g'),
    answer8h: carry('Answer8h'),
    answer9: label('Answer9'),
  },
});
