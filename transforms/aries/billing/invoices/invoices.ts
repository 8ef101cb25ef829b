import { amount, bool, carry, date, id, label, ref, text } from '../../../../public/index.ts';
import { icd9Codes, icd10Codes } from '../../diagnosis-codes.ts';
import { lastUpdate, mapping, optional, owned, tenant } from '../../mapping.ts';

/**
 * CustomerInsuranceN_ID of old rows may hold an insurance company's id (fixInvoicePolicies repairs it); such a value is
 * an orphan. Discount is money in a DOUBLE; SubmittedBy is a user's name typed as text.
 */
export const invoices = mapping({
  from: 'c01.tbl_invoice',
  to: 'invoices',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    customer_id: ref('customers', 'CustomerID', owned),
    order_id: ref('orders', 'OrderID', optional),
    is_approved: bool('Approved'),
    invoice_date: date('InvoiceDate'),
    invoice_balance: carry('InvoiceBalance'),
    submitted_to: label('SubmittedTo'),
    submitted_by: text('SubmittedBy'),
    submitted_date: date('SubmittedDate'),
    submitted_batch: text('SubmittedBatch'),
    customer_insurance1_id: ref('customer_insurances', 'CustomerInsurance1_ID', optional),
    customer_insurance2_id: ref('customer_insurances', 'CustomerInsurance2_ID', optional),
    customer_insurance3_id: ref('customer_insurances', 'CustomerInsurance3_ID', optional),
    customer_insurance4_id: ref('customer_insurances', 'CustomerInsurance4_ID', optional),
    doctor_id: ref('doctors', 'DoctorID', optional),
    pos_type_id: ref('pos_types', 'POSTypeID', optional),
    tax_rate_id: ref('tax_rates', 'TaxRateID', optional),
    tax_rate_percent: carry('TaxRatePercent'),
    discount_amount: amount('Discount'),
    accepts_assignment: bool('AcceptAssignment'),
    claim_note: text('ClaimNote'),
    facility_id: ref('facilities', 'FacilityID', optional),
    referral_id: ref('referrals', 'ReferralID', optional),
    sales_rep_id: ref('sales_reps', 'SalesrepID', optional),
    is_archived: bool('Archived'),
    ...icd9Codes,
    ...icd10Codes,
    ...lastUpdate,
  },
});
