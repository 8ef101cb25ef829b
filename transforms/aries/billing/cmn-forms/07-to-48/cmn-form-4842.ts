import { carry, date, label, ref, text } from '../../../../../public/index.ts';
import { mapping, required, tenant } from '../../../mapping.ts';

export const cmnForm4842 = mapping({
  from: 'c01.tbl_cmnform_4842',
  to: 'cmn_form_4842',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    answer1a: carry('Answer1a'),
    answer1b: carry('Answer1b'),
    answer1c: date('Answer1c'),
    answer2: label('Answer2'),
    answer3: label('Answer3'),
    physician_address: text('PhysicianAddress'),
    physician_city: text('PhysicianCity'),
    physician_state: text('PhysicianState'),
    physician_zip: text('PhysicianZip'),
    physician_name: text('PhysicianName'),
    answer5: label('Answer5'),
    answer6: text('Answer6'),
    answer7a: carry('Answer7a'),
    answer7b: carry('Answer7b'),
    answer7c: date('Answer7c'),
    answer8: label('Answer8'),
    answer9: label('Answer9'),
    answer10: label('Answer10'),
  },
});
