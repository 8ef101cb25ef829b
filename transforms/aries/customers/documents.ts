import { carry, id, ref, text } from '../../../public/index.ts';
import { lastUpdate, mapping, optional, tenant } from '../mapping.ts';

/** Scanned documents; the full images live outside the database, only the thumbnail is here. */
export const documents = mapping({
  from: 'c01.tbl_image',
  to: 'documents',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    name: text('Name'),
    type: text('Type'),
    description: text('Description'),
    customer_id: ref('customers', 'CustomerID', optional),
    order_id: ref('orders', 'OrderID', optional),
    invoice_id: ref('invoices', 'InvoiceID', optional),
    doctor_id: ref('doctors', 'DoctorID', optional),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', optional),
    thumbnail: carry('Thumbnail'),
    ...lastUpdate,
  },
});
