import { bool, date, id, ref, text } from '../../../public/index.ts';
import { lastUpdate, mapping, optional, required, tenant } from '../mapping.ts';

/** Operator is a user's name typed as text, CreatedBy the user. */
export const customerNotes = mapping({
  from: 'c01.tbl_customer_notes',
  to: 'customer_notes',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    customer_id: ref('customers', 'CustomerID', required),
    notes: text('Notes'),
    is_active: bool('Active'),
    operator_name: text('Operator'),
    callback_at: date('CallbackDate'),
    created_by_user_id: ref('users', 'CreatedBy', optional),
    created_at: date('CreatedAt'),
    ...lastUpdate,
  },
});
