import { carry, id, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../../mapping.ts';

export const invoiceForms = mapping({
  from: 'c01.tbl_invoiceform',
  to: 'invoice_forms',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    name: text('Name'),
    report_file_name: text('ReportFileName'),
    margin_top: carry('MarginTop'),
    margin_left: carry('MarginLeft'),
    margin_bottom: carry('MarginBottom'),
    margin_right: carry('MarginRight'),
    special_coding: text('SpecialCoding'),
    ...lastUpdate,
  },
});
