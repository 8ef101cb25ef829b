import { bool, carry, date, id, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, optional, owned, required, tenant } from '../../mapping.ts';

/**
 * Extra is XML and stays text. The legacy insert trigger changes tbl_invoicedetails; it is not migrated, so nothing is
 * applied twice.
 */
export const invoiceTransactions = mapping({
  from: 'c01.tbl_invoice_transaction',
  to: 'invoice_transactions',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    invoice_item_id: ref('invoice_items', 'InvoiceDetailsID', required),
    invoice_id: ref('invoices', 'InvoiceID', required),
    customer_id: ref('customers', 'CustomerID', owned),
    insurance_company_id: ref('insurance_companies', 'InsuranceCompanyID', optional),
    customer_insurance_id: ref('customer_insurances', 'CustomerInsuranceID', optional),
    transaction_type_id: ref('invoice_transaction_types', 'TransactionTypeID', optional),
    transaction_date: date('TransactionDate'),
    amount: carry('Amount'),
    quantity: carry('Quantity'),
    tax_amount: carry('Taxes'),
    batch_number: text('BatchNumber'),
    comments: text('Comments'),
    extra: text('Extra'),
    is_approved: bool('Approved'),
    deductible_amount: carry('Deductible'),
    ...lastUpdate,
  },
});
