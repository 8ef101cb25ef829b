import { ref, text } from '../../../../public/index.ts';
import { mapping, required, tenant } from '../../mapping.ts';

export const cmnFormUro = mapping({
  from: 'c01.tbl_cmnform_uro',
  to: 'cmn_form_uro',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    prognosis: text('Prognosis'),
  },
});
