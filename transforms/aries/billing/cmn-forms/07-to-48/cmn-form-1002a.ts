import { carry, label, ref } from '../../../../../public/index.ts';
import { mapping, required, tenant } from '../../../mapping.ts';

export const cmnForm1002a = mapping({
  from: 'c01.tbl_cmnform_1002a',
  to: 'cmn_form_1002a',
  columns: {
    tenant_id: tenant(),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', required),
    answer1: label('Answer1'),
    answer3: carry('Answer3'),
    concentration_amino_acid: carry('Concentration_AminoAcid'),
    concentration_dextrose: carry('Concentration_Dextrose'),
    concentration_lipids: carry('Concentration_Lipids'),
    dose_amino_acid: carry('Dose_AminoAcid'),
    dose_dextrose: carry('Dose_Dextrose'),
    dose_lipids: carry('Dose_Lipids'),
    days_per_week_lipids: carry('DaysPerWeek_Lipids'),
    grams_per_day_amino_acid: carry('GmsPerDay_AminoAcid'),
    answer5: label('Answer5'),
  },
});
