import { carry, label, ref } from '../../../../../public/index.ts';
import { mapping, required, tenant } from '../../../mapping.ts';

export const cmnForm0302 = mapping({
  from: 'c01.tbl_cmnform_0302',
  to: 'cmn_form_0302',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    answer12: carry('Answer12'),
    answer14: label('Answer14'),
  },
});
