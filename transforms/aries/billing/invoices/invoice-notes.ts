import { bool, date, id, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, owned, tenant } from '../../mapping.ts';

export const invoiceNotes = mapping({
  from: 'c01.tbl_invoicenotes',
  to: 'invoice_notes',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    invoice_item_id: ref('invoice_items', 'InvoiceDetailsID', owned),
    invoice_id: ref('invoices', 'InvoiceID', owned),
    customer_id: ref('customers', 'CustomerID', owned),
    callback_date: date('CallbackDate'),
    is_done: bool('Done'),
    notes: text('Notes'),
    ...lastUpdate,
  },
});
