import { carry, label, ref, text } from '../../../../../public/index.ts';
import { mapping, required, tenant } from '../../../mapping.ts';

export const cmnForm1002b = mapping({
  from: 'c01.tbl_cmnform_1002b',
  to: 'cmn_form_1002b',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    answer7: label('Answer7'),
    answer8: label('Answer8'),
    answer10a: text('Answer10a'),
    answer10b: text('Answer10b'),
    answer11a: text('Answer11a'),
    answer11b: text('Answer11b'),
    answer12: carry('Answer12'),
    answer13: label('Answer13'),
    answer14: label('Answer14'),
    answer15: text('Answer15'),
  },
});
