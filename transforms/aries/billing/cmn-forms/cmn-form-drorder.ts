import { ref, text } from '../../../../public/index.ts';
import { mapping, required, tenant } from '../../mapping.ts';

export const cmnFormDrorder = mapping({
  from: 'c01.tbl_cmnform_drorder',
  to: 'cmn_form_drorder',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    prognosis: text('Prognosis'),
    medical_justification: text('MedicalJustification'),
  },
});
