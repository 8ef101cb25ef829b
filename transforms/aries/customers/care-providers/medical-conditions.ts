import { id, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../../mapping.ts';

/** Keyed by code. */
export const medicalConditions = mapping({
  from: 'c01.tbl_medicalconditions',
  to: 'medical_conditions',
  columns: {
    tenant_id: tenant(),
    id: id('Code', 'text'),
    code: text('Code'),
    description: text('Description'),
    ...lastUpdate,
  },
});
