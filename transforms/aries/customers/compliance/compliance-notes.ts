import { bool, date, id, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, optional, owned, tenant } from '../../mapping.ts';

/** Date is 0000-00-00 unless it was set. */
export const complianceNotes = mapping({
  from: 'c01.tbl_compliance_notes',
  to: 'compliance_notes',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    compliance_plan_id: ref('compliance_plans', 'ComplianceID', owned),
    note_date: date('Date'),
    is_done: bool('Done'),
    notes: text('Notes'),
    created_by_user_id: ref('users', 'CreatedByUserID', optional),
    assigned_to_user_id: ref('users', 'AssignedToUserID', optional),
    ...lastUpdate,
  },
});
