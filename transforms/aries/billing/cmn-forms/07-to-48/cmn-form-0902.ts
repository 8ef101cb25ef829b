import { carry, label, ref, text } from '../../../../../public/index.ts';
import { mapping, required, tenant } from '../../../mapping.ts';

export const cmnForm0902 = mapping({
  from: 'c01.tbl_cmnform_0902',
  to: 'cmn_form_0902',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    answer1: label('Answer1'),
    answer2: text('Answer2'),
    answer3: text('Answer3'),
    answer4: label('Answer4'),
    answer5: label('Answer5'),
    answer6: carry('Answer6'),
    answer7: label('Answer7'),
  },
});
