import { label, ref, text } from '../../../../../public/index.ts';
import { mapping, required, tenant } from '../../../mapping.ts';

export const cmnForm0903 = mapping({
  from: 'c01.tbl_cmnform_0903',
  to: 'cmn_form_0903',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    answer1a: text('Answer1a'),
    answer1b: text('Answer1b'),
    answer1c: text('Answer1c'),
    answer2a: text('Answer2a'),
    answer2b: text('Answer2b'),
    answer2c: text('Answer2c'),
    answer3: label('Answer3'),
    answer4: label('Answer4'),
  },
});
