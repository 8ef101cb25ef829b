import { label, ref } from '../../../../../public/index.ts';
import { mapping, required, tenant } from '../../../mapping.ts';

export const cmnForm0703a = mapping({
  from: 'c01.tbl_cmnform_0703a',
  to: 'cmn_form_0703a',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    answer1: label('Answer1'),
    answer2: label('Answer2'),
    answer3: label('Answer3'),
    answer4: label('Answer4'),
    answer5: label('Answer5'),
  },
});
