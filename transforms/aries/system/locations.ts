import { bool, id, label, ref, text } from '../../../public/index.ts';
import { lastUpdate, mapping, optional, tenant } from '../mapping.ts';

/** The three print settings and ParticipatingProvider have three states: null is kept. */
export const locations = mapping({
  from: 'c01.tbl_location',
  to: 'locations',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    contact_name: text('Contact'),
    name: text('Name'),
    code: text('Code'),
    city: text('City'),
    address1: text('Address1'),
    address2: text('Address2'),
    state: text('State'),
    zip: text('Zip'),
    fax: text('Fax'),
    federal_tax_id: text('FEDTaxID'),
    tax_id_type: label('TaxIDType'),
    phone: text('Phone'),
    phone2: text('Phone2'),
    print_info_on_delivery_pickup_ticket: bool('PrintInfoOnDelPupTicket'),
    print_info_on_invoice_account_statements: bool('PrintInfoOnInvoiceAcctStatements'),
    print_info_on_participating_provider: bool('PrintInfoOnPartProvider'),
    npi: text('NPI'),
    invoice_form_id: ref('invoice_forms', 'InvoiceFormID', optional),
    price_code_id: ref('price_codes', 'PriceCodeID', optional),
    is_participating_provider: bool('ParticipatingProvider'),
    email: text('Email'),
    warehouse_id: ref('warehouses', 'WarehouseID', optional),
    pos_type_id: ref('pos_types', 'POSTypeID', optional),
    tax_rate_id: ref('tax_rates', 'TaxRateID', optional),
    ...lastUpdate,
  },
});
