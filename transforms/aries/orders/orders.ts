import { amount, bool, date, id, label, members, ref, text } from '../../../public/index.ts';
import { icd9Codes, icd10Codes } from '../diagnosis-codes.ts';
import { lastUpdate, mapping, optional, owned, tenant } from '../mapping.ts';

/**
 * State is the order's status, not an address. CustomerInsuranceN_ID of old rows may hold an insurance company's id
 * (fixOrderPolicies repairs it); such a value is an orphan. TakenBy is a user's name typed as text.
 */
export const orders = mapping({
  from: 'c01.tbl_order',
  to: 'orders',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    customer_id: ref('customers', 'CustomerID', owned),
    is_approved: bool('Approved'),
    is_retail_sale: bool('RetailSales'),
    order_date: date('OrderDate'),
    delivery_date: date('DeliveryDate'),
    bill_date: date('BillDate'),
    end_date: date('EndDate'),
    shipping_method_id: ref('shipping_methods', 'ShippingMethodID', optional),
    special_instructions: text('SpecialInstructions'),
    ticket_message: text('TicketMesage'),
    customer_insurance1_id: ref('customer_insurances', 'CustomerInsurance1_ID', optional),
    customer_insurance2_id: ref('customer_insurances', 'CustomerInsurance2_ID', optional),
    customer_insurance3_id: ref('customer_insurances', 'CustomerInsurance3_ID', optional),
    customer_insurance4_id: ref('customer_insurances', 'CustomerInsurance4_ID', optional),
    doctor_id: ref('doctors', 'DoctorID', optional),
    pos_type_id: ref('pos_types', 'POSTypeID', optional),
    taken_by: text('TakenBy'),
    discount_amount: amount('Discount'),
    sale_type: label('SaleType'),
    status: label('State'),
    missing_information: members('MIR'),
    accepts_assignment: bool('AcceptAssignment'),
    claim_note: text('ClaimNote'),
    facility_id: ref('facilities', 'FacilityID', optional),
    referral_id: ref('referrals', 'ReferralID', optional),
    sales_rep_id: ref('sales_reps', 'SalesrepID', optional),
    location_id: ref('locations', 'LocationID', optional),
    is_archived: bool('Archived'),
    taken_at: date('TakenAt'),
    user_field1: text('UserField1'),
    user_field2: text('UserField2'),
    ...icd9Codes,
    ...icd10Codes,
    ...lastUpdate,
  },
});
