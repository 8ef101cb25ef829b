import { label, ref } from '../../../../../public/index.ts';
import { mapping, required, tenant } from '../../../mapping.ts';

export const cmnForm0702b = mapping({
  from: 'c01.tbl_cmnform_0702b',
  to: 'cmn_form_0702b',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    answer6: label('Answer6'),
    answer7: label('Answer7'),
    answer8: label('Answer8'),
    answer12: label('Answer12'),
    answer13: label('Answer13'),
    answer14: label('Answer14'),
  },
});
