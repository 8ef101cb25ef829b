import { label, ref, text } from '../../../../../public/index.ts';
import { mapping, required, tenant } from '../../../mapping.ts';

export const cmnForm0404c = mapping({
  from: 'c01.tbl_cmnform_0404c',
  to: 'cmn_form_0404c',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    answer6: label('Answer6'),
    answer7a: label('Answer7a'),
    answer7b: text('Answer7b'),
    answer8: label('Answer8'),
    answer9a: label('Answer9a'),
    answer9b: text('Answer9b'),
    answer10a: label('Answer10a'),
    answer10b: text('Answer10b'),
    answer10c: text('Answer10c'),
    answer11: label('Answer11'),
    answer12: label('Answer12'),
  },
});
