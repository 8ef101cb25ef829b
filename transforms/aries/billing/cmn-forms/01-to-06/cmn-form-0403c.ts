import { carry, label, ref } from '../../../../../public/index.ts';
import { mapping, required, tenant } from '../../../mapping.ts';

export const cmnForm0403c = mapping({
  from: 'c01.tbl_cmnform_0403c',
  to: 'cmn_form_0403c',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    answer6a: label('Answer6a'),
    answer6b: carry('Answer6b'),
    answer7a: label('Answer7a'),
    answer7b: carry('Answer7b'),
    answer8: label('Answer8'),
    answer9a: label('Answer9a'),
    answer9b: carry('Answer9b'),
    answer10a: label('Answer10a'),
    answer10b: carry('Answer10b'),
    answer10c: carry('Answer10c'),
    answer11a: label('Answer11a'),
    answer11b: carry('Answer11b'),
  },
});
